/**
 * Finds lenders' names in a page and keeps up with its changes.
 *
 * The mutation observer only queues; the work runs in slices, and after a burst of changes
 * it rests nine times as long as it worked, so that a page in a loop keeps nine tenths of
 * the main thread.
 */
globalThis.ZhiquanScanner = (() => {
  /** Milliseconds of work at a time; with one unit's overrun it stays under 8. */
  const SLICE = 4;
  /** So many steps are taken between two looks at the clock. */
  const STEPS = 4;
  /** Resting after a batch of changes, as a multiple of the work, and its bound in ms. */
  const REST = 9;
  const LONGEST_REST = 3000;
  /** Changes are collected this many milliseconds before they are looked at. */
  const SETTLE = 50;
  /** So many queued places are one: the whole page is read again instead. */
  const QUEUE = 3000;
  /** So many elements are looked at for a shadow root before the next look at the clock. */
  const AT_ONCE = 2000;
  /** Text is searched in pieces of this size with this overlap (UTF-16 units). */
  const PIECE = 20_000;
  const OVERLAP = 200;
  /** More hits than a reader could ever use are not kept. */
  const MOST_HITS = 20_000;

  const { findUnits, readLine, placeOf, findBreaks, isOffLimits, isEditable, blockAround } =
    ZhiquanBlocks;

  /** Resolves when the page has had its turn. */
  function yieldToPage() {
    if ("scheduler" in globalThis && scheduler.postTask) {
      // Not "background": a page that never rests would keep us from ever starting.
      return scheduler.postTask(() => undefined, { priority: "user-visible" });
    }
    return new Promise((resolve) => setTimeout(resolve, 4));
  }

  /** @param {{ matcher: Zhiquan.Matcher; painter: Zhiquan.Painter | null; onChange(): void }} options */
  function create({ matcher, painter, onChange }) {
    const memory = matcher.remember();
    const placesIn =
      matcher.placesIn ?? ((/** @type {string} */ text) => (matcher.mayContain(text) ? null : []));
    /** @type {Map<Text, Zhiquan.Hit[]>} */
    const hits = new Map();
    /** @type {Set<Element | ShadowRoot>} */
    const queue = new Set();
    /** @type {WeakSet<ShadowRoot>} */
    const watched = new WeakSet();
    /** @type {{ unit: Zhiquan.Unit; known: number }[]} */
    let doubtful = [];
    let title = "";
    let size = 0;
    let done = false;
    let stopped = false;
    let working = false;
    let prune = false;

    const observer = new MutationObserver((records) => {
      for (const record of records) noteChange(record);
      if (queue.size > 0 || prune) wake(SETTLE);
    });

    /** @param {MutationRecord} record */
    function noteChange({ type, target, addedNodes, removedNodes }) {
      if (type === "characterData" || removedNodes.length > 0) prune ||= hits.size > 0;
      if (type === "characterData") return enqueue(target);
      for (const node of addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE || node.nodeType === Node.TEXT_NODE) enqueue(node);
      }
      // Text around a removed inline element has become one.
      if (removedNodes.length > 0 && addedNodes.length === 0) enqueue(target, true);
    }

    /** @param {Node} node @param {boolean} [inlineOnly] */
    function enqueue(node, inlineOnly = false) {
      const root = blockAround(node);
      if (!root || (inlineOnly && root instanceof Element && root.childElementCount > 50)) return;
      if (queue.size < QUEUE) queue.add(root);
      else {
        queue.clear();
        if (document.body) queue.add(document.body);
      }
    }

    /** @param {number} delay */
    function wake(delay) {
      if (working || stopped) return;
      working = true;
      setTimeout(() => void work(), delay);
    }

    /** Empties the queue slice by slice, then rests. */
    async function work() {
      const before = size;
      let spent = 0;
      const steps = takeSteps();
      while (!stopped) {
        const start = performance.now();
        let finished = false;
        title = document.title;
        while (!finished && performance.now() - start < SLICE) {
          // Steps are small: looking at the clock costs as much as some of them.
          for (let step = 0; step < STEPS && !finished; step++) {
            finished = steps.next().done === true;
          }
        }
        spent += performance.now() - start;
        if (finished) break;
        await yieldToPage();
      }
      if (stopped) return;
      const wasDone = done;
      done = true;
      if (!wasDone || size !== before) onChange();
      const rest = wasDone ? Math.min(spent * REST, LONGEST_REST) : 0;
      setTimeout(() => {
        working = false;
        if (queue.size > 0 || prune) wake(0);
      }, rest);
    }

    /** One small piece of work per step, until nothing is queued. */
    function* takeSteps() {
      while (queue.size > 0 || prune) {
        if (prune) {
          prune = false;
          yield* dropStale();
        }
        for (const root of queue) {
          queue.delete(root);
          if (root.isConnected) yield* scan(root);
        }
        yield* judgeAgain();
      }
    }

    /** Forgets hits whose text the page has changed or removed. */
    function* dropStale() {
      let seen = 0;
      for (const [node, list] of hits) {
        if (!node.isConnected || list.some((hit) => !isIntact(hit))) forget(node);
        if (++seen % 200 === 0) yield;
      }
    }

    /** @param {Zhiquan.Hit} hit */
    function isIntact({ startNode, startOffset, endNode, endOffset, head, tail }) {
      return (
        endNode.isConnected &&
        startNode.data.startsWith(head, startOffset) &&
        endNode.data.slice(0, endOffset).endsWith(tail)
      );
    }

    /** @param {Text} node */
    function forget(node) {
      for (const hit of hits.get(node) ?? []) {
        painter?.remove(hit);
        size -= 1;
      }
      hits.delete(node);
    }

    /** @param {Element | ShadowRoot} root */
    function* scan(root) {
      if (isOffLimits(root)) return;
      yield* watchShadows(root);
      for (const unit of findUnits(root, placesIn)) {
        const { undecided } = memory;
        yield* addHits(unit);
        if (memory.undecided > undecided) doubtful.push({ unit, known: known() });
      }
    }

    /** How much the page has taught: names found further down help to judge earlier ones. */
    const known = () => memory.names.size + memory.lenders.size;

    /** Looks again at what was judged before the page had taught all it has. */
    function* judgeAgain() {
      for (const { unit, known: then } of doubtful) {
        if (then < known() && unit.container.isConnected) yield* addHits(unit);
        yield;
      }
      doubtful = [];
    }

    /** Queues the open shadow roots under `root`; those inside them follow in their turn. */
    /** @param {Element | ShadowRoot} root */
    function* watchShadows(root) {
      if (root instanceof Element) watchShadow(root);
      // The list is the browser's; an element costs something only when it is looked at. A
      // selector for those that can have a shadow root costs more than looking at all.
      const elements = root.querySelectorAll("*");
      for (let at = 0; at < elements.length; at++) {
        if (at % AT_ONCE === AT_ONCE - 1) yield;
        watchShadow(elements[at]);
      }
    }

    /** @param {Element} element */
    function watchShadow({ shadowRoot }) {
      if (!shadowRoot || watched.has(shadowRoot)) return;
      watched.add(shadowRoot);
      observe(shadowRoot);
      queue.add(shadowRoot);
    }

    /**
     * The spans in a text, piece by piece, at least one piece.
     * @param {string} text
     */
    function* findSpans(text) {
      for (let at = 0; at < text.length; at += PIECE) {
        const from = Math.max(0, at - OVERLAP);
        const limit = Math.min(at + PIECE, text.length);
        yield matcher
          .find(text.slice(from, at + PIECE + OVERLAP), title, memory)
          .map((span) => ({ ...span, start: span.start + from, end: span.end + from }))
          .filter(({ start }) => start >= at && start < limit);
      }
    }

    /** Replaces the hits of one unit. */
    /** @param {Zhiquan.Unit} unit */
    function* addHits(unit) {
      /** @type {Set<Text>} */
      const breaks = new Set();
      // A name over several nodes counts only when they stand on one line. Each turn adds a
      // break, so there are at most as many turns as nodes; more than a few mean no page.
      for (let turn = 0; turn < 8; turn++) {
        const line = readLine(unit, breaks);
        /** @type {Zhiquan.Hit[]} */
        const found = [];
        for (const spans of findSpans(line.text)) {
          for (const { lender, start, end } of spans) {
            found.push(makeHit(lender, line, start, end));
          }
          yield;
        }
        const broken = found.flatMap((hit) => findBreaks(line, hit));
        if (broken.length > 0) {
          for (const node of broken) breaks.add(node);
          continue;
        }
        if (hits.size > 0) for (const node of line.nodes) forget(node);
        // What is off limits above it was looked at when its root was.
        if (found.length === 0 || isEditable(unit.container)) return;
        for (const hit of found) keep(hit);
        return;
      }
    }

    /** @param {string} lender @param {Zhiquan.Line} line @param {number} start @param {number} end */
    function makeHit(lender, line, start, end) {
      const place = placeOf(line, start, end);
      const { startNode, startOffset, endNode, endOffset } = place;
      const isOne = startNode === endNode;
      const head = startNode.data.slice(startOffset, isOne ? endOffset : undefined);
      const tail = isOne ? head : endNode.data.slice(0, endOffset);
      return { lender, surface: line.text.slice(start, end), head, tail, range: null, ...place };
    }

    /** @param {Zhiquan.Hit} hit */
    function keep(hit) {
      if (size >= MOST_HITS) return;
      const list = hits.get(hit.startNode);
      if (list) list.push(hit);
      else hits.set(hit.startNode, [hit]);
      size += 1;
      painter?.add(hit);
    }

    /** @param {Node} root */
    function observe(root) {
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    }

    observe(document);
    if (document.body) queue.add(document.body);
    wake(0);

    return {
      hits: () => [...hits.values()].flat(),
      isDone: () => done,
      stop() {
        stopped = true;
        observer.disconnect();
        painter?.stop();
        hits.clear();
        queue.clear();
      },
    };
  }

  return { create };
})();
