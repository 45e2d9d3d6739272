/**
 * Which children of a node hold given places of its text, with as few of them read as possible.
 */
globalThis.ZhiquanChildren = (() => {
  /** Shorter texts stand in too many places to tell where a child begins. */
  const TELLING = 4;
  /** So much of a child's text is looked for: more takes long where a text repeats itself. */
  const HEAD = 64;

  /** @param {Node} node @returns {node is Element} */
  const isElement = (node) => node.nodeType === 1;
  /** @param {Node} node @returns {node is Text} */
  const isText = (node) => node.nodeType === 3;

  /**
   * The children that hold the places in the parent's text, in order, with what was read of
   * them. As few as possible are read: where a child's text stands in its parent's is known
   * without its elder siblings when it stands there only once.
   * @param {Node} parent
   * @param {string} text  Of the parent.
   * @param {number[]} places  Ascending, at least one.
   * @returns {Zhiquan.Child[]}
   */
  function childrenAt(parent, text, places) {
    const { childNodes } = parent;
    const { length } = childNodes;
    /** @type {Zhiquan.Child[]} */
    const known = [];
    let low = 0; // a child whose start is known, at or before the next place
    let start = 0;
    for (let next = 0; next < places.length && low < length; ) {
      let high = length; // past the children in question; where it starts, known too
      let end = text.length;
      const place = places[next];
      let node = /** @type {Node | undefined} */ (undefined);
      while (high - low > 1) {
        const share = (place - start) / (end - start);
        let at = Math.min(high - 1, low + Math.floor(share * (high - low)));
        let tried = childNodes[at]; // looked up as seldom as possible
        let own = textOf(tried);
        if (own.length < TELLING && at + 1 < high) {
          tried = childNodes[++at];
          own = textOf(tried);
        }
        let from = startOf(own, at === low, at === high - 1, text, start, end);
        if (from < 0) {
          at = low; // said twice: step by step
          tried = childNodes[at];
          own = textOf(tried);
          from = start;
        }
        const past = from + own.length;
        if (place < from) {
          high = at;
          end = from;
        } else if (place >= past) {
          low = at + 1;
          start = past;
        } else {
          node = tried;
          low = at;
          high = at + 1;
          start = from;
          end = past;
        }
      }
      /** @type {number[]} */
      const inside = [];
      for (; places[next] < end; next++) inside.push(places[next] - start);
      known.push({ node: node ?? childNodes[low], text: text.slice(start, end), places: inside });
      low += 1;
      start = end;
    }
    return known;
  }

  /**
   * Where a child's text starts in its parent's, or -1 when that cannot be told.
   * @param {string} own
   * @param {boolean} isFirst  Of the children between `start` and `end`.
   * @param {boolean} isLast
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  function startOf(own, isFirst, isLast, text, start, end) {
    if (isFirst) return start;
    if (isLast) return end - own.length;
    if (own.length < TELLING) return -1;
    const head = own.slice(0, HEAD);
    const at = text.indexOf(head, start);
    const again = text.indexOf(head, at + 1);
    return again < 0 || again > end - own.length ? at : -1;
  }

  /** What a node adds to its parent's textContent. @param {Node} node */
  const textOf = (node) =>
    isText(node) ? node.data : isElement(node) ? (node.textContent ?? "") : "";

  return { childrenAt, isElement, isText, textOf };
})();
