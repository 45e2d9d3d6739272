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
  const BLOCK_TAGS = new Set(BLOCK.toUpperCase().split(","));
  const SKIPPED =
    "script,style,noscript,template,textarea,input,select,code,pre,kbd,samp,rt,rp,svg,math," +
    "canvas,iframe,object,audio,video,[contenteditable]:not([contenteditable=false])";
  const HOSTS =
    ":not(a,b,i,em,strong,u,s,small,sub,sup,font,mark,code,pre,li,ul,ol,dl,dt,dd,td,th,tr," +
    "tbody,thead,tfoot,table,img,br,hr,input,button,select,option,textarea,label,form," +
    "script,style,link,meta,svg,path,source,picture,video,audio,iframe,canvas)";
  const LINE_DISPLAYS = new Set(["inline", "contents", "ruby", "ruby-base", "ruby-text"]);

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
  /** @param {Node} node */
  const rejectSkipped = (node) =>
    isElement(node) && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;

  /** Whether the element stands on lines of its own, or holds something that does. */
  /** @param {Element} element */
  function isBlock(element) {
    if (BLOCK_TAGS.has(element.tagName)) return true;
    return element.firstElementChild !== null && element.querySelector(BLOCK) !== null;
  }

  /**
   * The units under `root` in document order that `isNamed` does not rule out.
   * @param {Element | ShadowRoot} root
   * @param {(text: string) => boolean} isNamed
   * @returns {Generator<Zhiquan.Unit, void, void>}
   */
  function* findUnits(root, isNamed) {
    // A line break in the source is a space on the page, and may stand inside a name.
    /** @param {string} text */
    const mayContain = (text) => isNamed(text.includes("\n") ? text.replaceAll("\n", " ") : text);
    /** @type {Entry[]} */
    const stack = [{ node: root, depth: 0 }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      if ("text" in top) {
        if (mayContain(top.text)) yield top;
        continue;
      }
      const { node, depth } = top;
      const { firstChild: first, lastChild: last } = node;
      if (!first || !last) continue;
      if (depth > DEEP) {
        yield* findTexts(node, mayContain);
        continue;
      }
      // An only child has its parent's text, and a crowd of children some name or other:
      // the text of either is not worth reading before that of its parts.
      const isCrowd = node.childElementCount > CROWD;
      if (!isCrowd && (first !== last || !isElement(first))) {
        const text = node.textContent ?? "";
        if (!mayContain(text)) continue;
        const isLeaf = node.firstElementChild === null || node.querySelector(BLOCK) === null;
        if (isLeaf && text.length <= RUN) {
          yield { container: node, first, last, text };
          continue;
        }
      }
      if (isElement(node) && node.matches(SKIPPED)) continue;
      const entries = splitChildren(node, depth);
      for (let at = entries.length - 1; at >= 0; at--) stack.push(entries[at]);
    }
  }

  /**
   * @typedef {{ node: Element | ShadowRoot; depth: number } | Zhiquan.Unit} Entry
   */

  /**
   * The block children, and the runs of inline nodes between them, in order.
   * @param {Element | ShadowRoot} node
   * @param {number} depth
   */
  function splitChildren(node, depth) {
    /** @type {Entry[]} */
    const entries = [];
    /** @type {Node | null} */
    let first = null;
    let text = "";
    /** @param {Node | null} last */
    const endRun = (last) => {
      if (first && last && /\S/.test(text)) entries.push({ container: node, first, last, text });
      first = null;
      text = "";
    };
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (isElement(child) && isBlock(child)) {
        endRun(child.previousSibling);
        entries.push({ node: child, depth: depth + 1 });
        continue;
      }
      first ??= child;
      if (isText(child)) text += child.data;
      else if (isElement(child)) text += child.textContent;
      if (text.length > RUN) endRun(child);
    }
    endRun(node.lastChild);
    return entries;
  }

  /**
   * Every text node under a too deep node, each a unit of its own.
   * @param {Element | ShadowRoot} root
   * @param {(text: string) => boolean} mayContain
   * @returns {Generator<Zhiquan.Unit, void, void>}
   */
  function* findTexts(root, mayContain) {
    // A walker that steps over skipped elements: asking each text for its ancestors would
    // take the square of the depth.
    const walker = document.createTreeWalker(root, TEXT_AND_ELEMENTS, rejectSkipped);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const container = node.parentElement;
      if (!isText(node) || !container || !mayContain(node.data)) continue;
      yield { container, first: node, last: node, text: node.data };
    }
  }

  /**
   * The unit's text as a reader sees it, and the text nodes it came from. A line break
   * stands for each <br> and before each node of `breaks`.
   * @param {Zhiquan.Unit} unit
   * @param {Set<Text>} [breaks]
   * @returns {Zhiquan.Line}
   */
  function readLine(unit, breaks) {
    /** @type {Zhiquan.Line} */
    const line = { text: "", nodes: [], starts: [] };
    for (let node = /** @type {Node | null} */ (unit.first); node; node = node.nextSibling) {
      if (isText(node)) append(line, node, breaks);
      else if (isElement(node) && node.tagName === "BR") line.text += "\n";
      else if (isElement(node) && rejectSkipped(node) === NodeFilter.FILTER_ACCEPT) {
        const only = node.firstChild;
        if (only && only === node.lastChild && isText(only)) append(line, only, breaks);
        else if (only) appendInner(line, node, breaks);
      }
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
      else if (/** @type {Element} */ (inner).tagName === "BR") line.text += "\n";
    }
  }

  /** @param {Zhiquan.Line} line @param {Text} node @param {Set<Text>} [breaks] */
  function append(line, node, breaks) {
    if (breaks?.has(node)) line.text += "\n";
    line.nodes.push(node);
    line.starts.push(line.text.length);
    // A line break in the source is a space on the page.
    line.text += node.data.replace(/[\n\r]/g, " ");
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
    const to = indexAt(line.starts, end - 1);
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

  /** Whether names are not to be marked at this node: in an editor, code, a form field. */
  /** @param {Node} node */
  function isOffLimits(node) {
    const element = isElement(node) ? node : node.parentElement;
    if (!element) return false;
    return (
      element.closest(SKIPPED) !== null || /** @type {HTMLElement} */ (element).isContentEditable
    );
  }

  /** The elements under `root`, and it, that can have a shadow root. */
  /** @param {Element | ShadowRoot} root @returns {Element[]} */
  function findHosts(root) {
    const found = [...root.querySelectorAll(HOSTS)];
    return isElement(root) ? [root, ...found] : found;
  }

  /** The nearest block around a node: the smallest root whose lines a change there can alter. */
  /** @param {Node} node @returns {Element | ShadowRoot | null} */
  function blockAround(node) {
    let up = /** @type {Node | null} */ (node);
    while (up && !(isElement(up) && BLOCK_TAGS.has(up.tagName))) {
      if (up instanceof ShadowRoot) return up;
      up = up.parentNode;
    }
    return up;
  }

  return { findUnits, readLine, placeOf, findBreaks, isOffLimits, findHosts, blockAround };
})();
