/**
 * A page's text in units that read as one line, found without touching the page.
 *
 * A unit is a run of sibling nodes without a block element among them: names may be split
 * over inline elements inside a unit and never continue from one unit to the next. The
 * browser's own textContent rules whole subtrees out before any text node is visited.
 */
globalThis.ZhiquanBlocks = (() => {
  const { childrenAt, isElement, isText, textOf } = ZhiquanChildren;

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
  /** A turn ends after this much work, in characters read: a quarter of a millisecond. */
  const TURN = 20_000;
  /** What an entry of the stack costs beside its text, in characters. */
  const ENTRY_COST = 100;
  /** So many children of a crowd are taken at a time. */
  const BATCH = 100;
  /** A run is cut after this many nodes too. */
  const LONG = 2000;

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
   * The units under `root` in document order in which a name may stand; null after each piece
   * of work that found none, so that whoever asks can look at the clock.
   * @param {Element | ShadowRoot} root
   * @param {(text: string) => number[] | null} placesIn  Where names may stand in a text; null
   *   is somewhere.
   * @returns {Generator<Zhiquan.Unit | null, void, void>}
   */
  function* findUnits(root, placesIn) {
    /** @type {Entry[]} */
    const stack = [{ node: root, depth: 0 }];
    let work = 0;
    for (let top = stack.pop(); top; top = stack.pop()) {
      work += ENTRY_COST;
      if (work > TURN) {
        work = 0;
        yield null;
      }
      if ("next" in top) {
        takeChildren(top, stack);
        continue;
      }
      if ("first" in top) {
        const places = placesIn(top.text);
        work += top.text.length;
        if (places?.length !== 0) yield { ...top, places };
        continue;
      }
      const { node, depth } = top;
      const { firstChild: first, lastChild: last } = node;
      if (!first || !last || (isElement(node) && isSkipped(node))) continue;
      if (depth > DEEP) {
        yield* findTexts(node, placesIn);
        continue;
      }
      // An only child has its parent's text, and a crowd of children some name or other:
      // the text of either is not worth reading before that of its parts.
      if (node.childElementCount <= CROWD && (first !== last || !isElement(first))) {
        const { text = node.textContent ?? "", places = placesIn(text) } = top;
        work += text.length;
        if (places?.length === 0) continue;
        if (text.length <= RUN && !(isElement(node) ? hasBlock(node) : hasBlockIn(node))) {
          yield { container: node, first, last, text, places };
          continue;
        }
        if (places) {
          addKnown(node, childrenAt(node, text, places), depth + 1, stack);
          continue;
        }
      }
      stack.push({ node, next: first, depth: depth + 1 });
    }
  }

  /** @param {ShadowRoot} root */
  const hasBlockIn = (root) => root.querySelector(BLOCK) !== null;

  /**
   * @typedef {{ text?: string; places?: number[] }} Known  A node's text, when it is.
   * @typedef {{ node: Element | ShadowRoot; next: Node; depth: number; text?: undefined }} Rest
   *   The children of a node from one on.
   * @typedef {{ node: Element | ShadowRoot; depth: number } & Known | Zhiquan.Unit | Rest} Entry
   */

  /**
   * Puts on the stack what the children that were read come to: blocks, and the runs that the
   * others are in.
   * @param {Element | ShadowRoot} container
   * @param {Zhiquan.Child[]} known  In order.
   * @param {number} depth
   * @param {Entry[]} stack
   */
  function addKnown(container, known, depth, stack) {
    /** @type {Entry[]} */
    const entries = [];
    /** @type {Set<Node>} */
    const done = new Set();
    for (const { node: child, text, places } of known) {
      if (isBlock(child)) entries.push({ node: child, depth, text, places });
      else if (!done.has(child)) {
        let first = child;
        for (let left = child.previousSibling; left && !done.has(left) && !isBlock(left); ) {
          first = left;
          left = left.previousSibling;
        }
        while (!done.has(child))
          first = addRun(container, first, entries, done).nextSibling ?? child;
      }
    }
    while (entries.length > 0) stack.push(/** @type {Entry} */ (entries.pop()));
  }

  /**
   * Puts the next children of a node on the stack, and what follows them below.
   * @param {Rest} rest
   * @param {Entry[]} stack
   */
  function takeChildren({ node, next, depth }, stack) {
    /** @type {Entry[]} */
    const entries = [];
    let child = /** @type {Node | null} */ (next);
    let left = BATCH;
    if (next.parentNode !== node) {
      // The page has taken it away since, and with it the way to the others: all at once.
      child = node.firstChild;
      left = Number.POSITIVE_INFINITY;
    }
    for (; child && left > 0; left--) {
      if (isBlock(child)) entries.push({ node: child, depth });
      else child = addRun(node, child, entries);
      child = child.nextSibling;
    }
    if (child) stack.push({ node, next: child, depth });
    while (entries.length > 0) stack.push(/** @type {Entry} */ (entries.pop()));
  }

  /**
   * Adds the run of inline siblings from its first node on, or as much of it as one unit takes.
   * @param {Element | ShadowRoot} container
   * @param {Node} first
   * @param {Entry[]} entries
   * @param {Set<Node>} [done]  Gets the nodes of the run.
   * @returns {Node} The last node.
   */
  function addRun(container, first, entries, done) {
    let text = textOf(first);
    let last = first;
    done?.add(first);
    for (let size = 1; size < LONG && text.length <= RUN; size++) {
      const next = last.nextSibling;
      if (!next || isBlock(next)) break;
      last = next;
      text += textOf(last);
      done?.add(last);
    }
    if (/\S/.test(text)) entries.push({ container, first, last, text, places: null });
    return last;
  }

  /**
   * Every text node under a too deep node, each a unit of its own.
   * @param {Element | ShadowRoot} root
   * @param {(text: string) => number[] | null} placesIn
   * @returns {Generator<Zhiquan.Unit | null, void, void>}
   */
  function* findTexts(root, placesIn) {
    // A walker that steps over skipped elements: asking each text for its ancestors would
    // take the square of the depth.
    const walker = document.createTreeWalker(root, TEXT_AND_ELEMENTS, rejectSkipped);
    for (let seen = 1; walker.nextNode(); seen++) {
      if (seen % BATCH === 0) yield null;
      const node = walker.currentNode;
      const container = node.parentElement;
      if (!isText(node) || !container) continue;
      const { data } = node;
      const places = placesIn(data);
      if (places?.length !== 0) yield { container, first: node, last: node, text: data, places };
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
