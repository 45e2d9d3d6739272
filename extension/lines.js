/**
 * A unit's text as a reader sees it, and the way back from it to the page's text nodes. Only
 * a page in which a name may stand loads this.
 */
globalThis.ZhiquanLines = (() => {
  const LINE_DISPLAYS = new Set(["inline", "contents", "ruby", "ruby-base", "ruby-text"]);
  const TEXT_AND_ELEMENTS = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;

  const SOURCE_BREAK = /[\n\r]/;
  /** A line break in the source is a space on the page. @param {string} text */
  const spaced = (text) => text.replace(/[\n\r]/g, " ");

  const { isElement, isText, isSkipped, rejectSkipped } = ZhiquanBlocks;

  /**
   * The unit's text as a reader sees it, and the text nodes it came from. A line break
   * stands for each <br> and before each node of `breaks`.
   * @param {Zhiquan.Unit} unit
   * @param {Set<Text>} [breaks]
   * @returns {Zhiquan.Line}
   */
  function readLine(unit, breaks) {
    return (breaks?.size ? null : readWhole(unit)) ?? readParts(unit, breaks);
  }

  /**
   * The line of a unit whose text was read before and is all seen; null for any other. Only
   * the nodes' lengths are asked for: a text costs more.
   * @param {Zhiquan.Unit} unit
   * @returns {Zhiquan.Line | null}
   */
  function readWhole({ first, last, text, places }) {
    /** @type {Text[]} */
    const nodes = [];
    /** @type {number[]} */
    const starts = [];
    let size = 0;
    for (let node = /** @type {Node | null} */ (first); node; node = node.nextSibling) {
      const seen = isElement(node) ? onlyText(node) : node;
      if (!seen) return null;
      if (isText(seen)) {
        nodes.push(seen);
        starts.push(size);
        size += seen.length;
      }
      if (node === last) break;
    }
    if (size !== text.length) return null;
    return { text: SOURCE_BREAK.test(text) ? spaced(text) : text, nodes, starts, places };
  }

  /** The one text in an element that is marked and has nothing else in it, or null. @param {Element} element */
  function onlyText(element) {
    const only = element.firstChild;
    return only && isText(only) && !only.nextSibling && !isSkipped(element) ? only : null;
  }

  /** @param {Zhiquan.Unit} unit @param {Set<Text>} [breaks] @returns {Zhiquan.Line} */
  function readParts(unit, breaks) {
    /** @type {Zhiquan.Line} */
    const line = { text: "", nodes: [], starts: [], places: null };
    for (let node = /** @type {Node | null} */ (unit.first); node; node = node.nextSibling) {
      if (isText(node)) append(line, node, breaks);
      else if (isElement(node) && node.localName === "br") line.text += "\n";
      else if (isElement(node) && !isSkipped(node)) appendInner(line, node, breaks);
      if (node === unit.last) break;
    }
    return line;
  }

  /** @param {Zhiquan.Line} line @param {Element} element @param {Set<Text>} [breaks] */
  function appendInner(line, element, breaks) {
    const walker = document.createTreeWalker(element, TEXT_AND_ELEMENTS, rejectSkipped);
    while (walker.nextNode()) {
      const inner = walker.currentNode;
      if (isText(inner)) append(line, inner, breaks);
      else if (/** @type {Element} */ (inner).localName === "br") line.text += "\n";
    }
  }

  /** @param {Zhiquan.Line} line @param {Text} node @param {Set<Text>} [breaks] */
  function append(line, node, breaks) {
    if (breaks?.has(node)) line.text += "\n";
    const { data } = node;
    line.nodes.push(node);
    line.starts.push(line.text.length);
    line.text += SOURCE_BREAK.test(data) ? spaced(data) : data;
  }

  /**
   * The text nodes and offsets of a half-open span of the line.
   * @param {Zhiquan.Line} line
   * @param {number} start
   * @param {number} end
   * @returns {Zhiquan.Place}
   */
  function placeOf(line, start, end) {
    const from = indexAt(line.starts, start);
    const next = line.starts[from + 1] ?? end;
    const to = next >= end ? from : indexAt(line.starts, end - 1);
    return {
      startNode: line.nodes[from],
      startOffset: start - line.starts[from],
      endNode: line.nodes[to],
      endOffset: end - line.starts[to],
    };
  }

  /** The last index whose value is at most `position`. */
  /** @param {number[]} starts @param {number} position */
  function indexAt(starts, position) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The text nodes inside the place before which the layout breaks the line (an inline tag
   * that is styled as a block); none when the whole name is drawn as one.
   * @param {Zhiquan.Line} line
   * @param {Zhiquan.Place} place
   */
  function findBreaks(line, place) {
    /** @type {Text[]} */
    const found = [];
    if (place.startNode === place.endNode) return found;
    let at = line.nodes.indexOf(place.startNode);
    while (line.nodes[at] !== place.endNode) {
      const [left, right] = [line.nodes[at], line.nodes[at + 1]];
      if (!isInlineBetween(left, right) || !isInlineBetween(right, left)) found.push(right);
      at += 1;
    }
    return found;
  }

  /** @param {Text} from @param {Text} to */
  function isInlineBetween(from, to) {
    for (let up = from.parentElement; up && !up.contains(to); up = up.parentElement) {
      if (!LINE_DISPLAYS.has(getComputedStyle(up).display)) return false;
    }
    return true;
  }

  return { readLine, placeOf, findBreaks };
})();
