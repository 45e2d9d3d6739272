/**
 * A page's text in units that read as one line, found without touching the page.
 *
 * A unit is a run of sibling nodes without a block element among them: names may be split
 * over inline elements inside a unit and never continue from one unit to the next. The
 * browser's own textContent rules whole subtrees out before any text node is visited.
 */
globalThis.ZhiquanBlocks = (() => {
  const BLOCK =
    "address,article,aside,blockquote,body,button,caption,center,dd,details,dialog,div,dl,dt," +
    "fieldset,figcaption,figure,footer,form,h1,h2,h3,h4,h5,h6,header,hgroup,legend,li,main," +
    "menu,nav,ol,optgroup,p,search,section,summary,table,tbody,td,tfoot,th,thead,tr,ul";
  const BLOCK_TAGS = new Set(BLOCK.split(","));
  const SKIPPED =
    "script,style,noscript,template,textarea,input,select,code,pre,kbd,samp,rt,rp,svg,math," +
    "canvas,iframe,object,audio,video";
  const SKIPPED_TAGS = new Set(SKIPPED.split(","));
  const EDITABLE = "[contenteditable]:not([contenteditable=false])";

  /**
   * Below this depth textContent would be read over and over for the same text; text nodes
   * are then visited one by one. Real pages stay under 100; only hostile ones get here.
   */
  const DEEP = 250;
  /** A parent of more elements than this is taken apart unread; measured on 50,000 nodes. */
  const CROWD = 24;
  /** A run is cut after this many characters, so that one slice never reads a whole book. */
  const RUN = 20_000;

  /** @param {Node} node @returns {node is Element} */
  const isElement = (node) => node.nodeType === 1;
  /** @param {Node} node @returns {node is Text} */
  const isText = (node) => node.nodeType === 3;

  const TEXT_AND_ELEMENTS = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;

  /** Whether nothing in the element is marked. Asked often, so without a selector. */
  /** @param {Element} element */
  function isSkipped(element) {
    if (SKIPPED_TAGS.has(element.localName)) return true;
    const editable = element.getAttribute("contenteditable");
    return editable !== null && editable !== "false";
  }

  /** @param {Node} node */
  const rejectSkipped = (node) =>
    isElement(node) && isSkipped(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;

  /** Whether something in the element stands on lines of its own. */
  /** @param {Element} element */
  function hasBlock(element) {
    const first = element.firstElementChild;
    if (!first) return false;
    if (BLOCK_TAGS.has(first.localName)) return true;
    const isOnly = !first.firstElementChild && !first.nextElementSibling;
    return !isOnly && element.querySelector(BLOCK) !== null;
  }

  /** Whether the node stands on lines of its own, or holds something that does. */
  /** @param {Node} node @returns {node is Element} */
  const isBlock = (node) => isElement(node) && (BLOCK_TAGS.has(node.localName) || hasBlock(node));

  /**
   * The units under `root` in document order in which a name may stand.
   * @param {Element | ShadowRoot} root
   * @param {(text: string) => number[] | null} placesIn  Where names may stand in a text; null
   *   is somewhere.
   * @returns {Generator<Zhiquan.Unit, void, void>}
   */
  function* findUnits(root, placesIn) {
    /** @type {Entry[]} */
    const stack = [{ node: root, depth: 0 }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      if ("first" in top) {
        if (placesIn(top.text)?.length !== 0) yield top;
        continue;
      }
      const { node, depth } = top;
      const { firstChild: first, lastChild: last } = node;
      if (!first || !last || (isElement(node) && isSkipped(node))) continue;
      if (depth > DEEP) {
        yield* findTexts(node, placesIn);
        continue;
      }
      /** @type {Iterable<Node>} */
      let children = node.childNodes;
      /** @type {Known | undefined} */
      let known;
      // An only child has its parent's text, and a crowd of children some name or other:
      // the text of either is not worth reading before that of its parts.
      if (node.childElementCount <= CROWD && (first !== last || !isElement(first))) {
        const { text = node.textContent ?? "", places = placesIn(text) } = top;
        if (places?.length === 0) continue;
        if (text.length <= RUN && !(isElement(node) ? hasBlock(node) : hasBlockIn(node))) {
          yield { container: node, first, last, text };
          continue;
        }
        if (places) {
          known = childrenAt(node, text.length, places);
          children = known.keys();
        }
      }
      const entries = entriesOf(node, children, depth + 1, known);
      for (let at = entries.length - 1; at >= 0; at--) stack.push(entries[at]);
    }
  }

  /** @param {ShadowRoot} root */
  const hasBlockIn = (root) => root.querySelector(BLOCK) !== null;

  /**
   * @typedef {{ text?: string; places?: number[] }} Reading  A node's text, when it is known.
   * @typedef {Map<Node, Reading>} Known
   * @typedef {{ node: Element | ShadowRoot; depth: number } & Reading | Zhiquan.Unit} Entry
   */

  /**
   * The children that hold the places in the parent's text, in order, with what was read of
   * them. They are looked for from both ends, so that few children are read besides.
   * @param {Node} parent
   * @param {number} size  Of the parent's text.
   * @param {number[]} places  Ascending, at least one.
   */
  function childrenAt(parent, size, places) {
    /** @type {[Node, Reading][]} */
    const front = [];
    /** @type {[Node, Reading][]} */
    const back = [];
    let next = 0;
    let last = places.length - 1;
    let end = 0;
    for (let child = parent.firstChild; child && places[next] < size / 2; ) {
      const text = textOf(child);
      const start = end;
      const first = next;
      end += text.length;
      while (places[next] < end) next++;
      if (next > first) front.push([child, readingOf(text, places, first, next, start)]);
      child = child.nextSibling;
    }
    let start = size;
    for (let child = parent.lastChild; child && next <= last; ) {
      const text = textOf(child);
      const past = last + 1;
      start -= text.length;
      while (last >= next && places[last] >= start) last--;
      if (last + 1 < past) back.push([child, readingOf(text, places, last + 1, past, start)]);
      child = child.previousSibling;
    }
    return new Map([...front, ...back.reverse()]);
  }

  /** What a node adds to its parent's textContent. @param {Node} node */
  const textOf = (node) =>
    isText(node) ? node.data : isElement(node) ? (node.textContent ?? "") : "";

  /** @param {string} text @param {number[]} places @param {number} from @param {number} to @param {number} shift */
  function readingOf(text, places, from, to, shift) {
    /** @type {number[]} */
    const own = [];
    for (let at = from; at < to; at++) own.push(places[at] - shift);
    return { text, places: own };
  }

  /**
   * What the children of a node come to: blocks, and the runs that the others are in.
   * @param {Element | ShadowRoot} container
   * @param {Iterable<Node>} children  In order.
   * @param {number} depth
   * @param {Known} [known]
   */
  function entriesOf(container, children, depth, known) {
    /** @type {Entry[]} */
    const entries = [];
    /** @type {Set<Node>} */
    const done = new Set();
    for (const child of children) {
      if (isBlock(child)) entries.push({ node: child, depth, ...known?.get(child) });
      else if (!done.has(child)) addRun(container, child, entries, done);
    }
    return entries;
  }

  /**
   * Adds the run of inline siblings around a child, cut where it grows too long.
   * @param {Element | ShadowRoot} container
   * @param {Node} child
   * @param {Entry[]} entries
   * @param {Set<Node>} done  Gets the nodes of the run.
   */
  function addRun(container, child, entries, done) {
    let first = child;
    for (let left = child.previousSibling; left && !done.has(left) && !isBlock(left); ) {
      first = left;
      left = left.previousSibling;
    }
    let text = "";
    for (let node = /** @type {Node | null} */ (first); node; node = node.nextSibling) {
      done.add(node);
      text += textOf(node);
      const next = node.nextSibling;
      const isEnd = !next || isBlock(next);
      if (!isEnd && text.length <= RUN) continue;
      if (/\S/.test(text)) entries.push({ container, first, last: node, text });
      if (isEnd) return;
      first = next;
      text = "";
    }
  }

  /**
   * Every text node under a too deep node, each a unit of its own.
   * @param {Element | ShadowRoot} root
   * @param {(text: string) => number[] | null} placesIn
   * @returns {Generator<Zhiquan.Unit, void, void>}
   */
  function* findTexts(root, placesIn) {
    // A walker that steps over skipped elements: asking each text for its ancestors would
    // take the square of the depth.
    const walker = document.createTreeWalker(root, TEXT_AND_ELEMENTS, rejectSkipped);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const container = node.parentElement;
      if (!isText(node) || !container || placesIn(node.data)?.length === 0) continue;
      yield { container, first: node, last: node, text: node.data };
    }
  }

  /** Whether names are not to be marked at this node: in an editor, code, a form field. */
  /** @param {Node} node */
  function isOffLimits(node) {
    const element = isElement(node) ? node : node.parentElement;
    if (!element) return false;
    return element.closest(`${SKIPPED},${EDITABLE}`) !== null || isEditable(element);
  }

  /** Whether a person can type there, by the page's own rules too. @param {Node} node */
  const isEditable = (node) => /** @type {HTMLElement} */ (node).isContentEditable === true;

  /** The nearest block around a node: the smallest root whose lines a change there can alter. */
  /** @param {Node} node @returns {Element | ShadowRoot | null} */
  function blockAround(node) {
    let up = /** @type {Node | null} */ (node);
    while (up && !(isElement(up) && BLOCK_TAGS.has(up.localName))) {
      if (up instanceof ShadowRoot) return up;
      up = up.parentNode;
    }
    return up;
  }

  return {
    findUnits,
    isSkipped,
    isText,
    isElement,
    rejectSkipped,
    isOffLimits,
    isEditable,
    blockAround,
  };
})();
