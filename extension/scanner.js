/**
 * Finds where lenders' names may stand in a page and keeps up with its changes. What is
 * needed beyond that is asked for at the first such place: most pages have none.
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
  const { findUnits, isOffLimits, blockAround } = ZhiquanBlocks;

  /** Resolves when the page has had its turn. */
  function yieldToPage() {
    if ("scheduler" in globalThis && scheduler.postTask) {
      // Not "background": a page that never rests would keep us from ever starting.
      return scheduler.postTask(() => undefined, { priority: "user-visible" });
    }
    return new Promise((resolve) => setTimeout(resolve, 4));
  }

  /** @type {typeof ZhiquanScanner.create} */
  function create({ placesIn, loadHits, onChange }) {
    /** @type {Zhiquan.Hits | null} */
    let hits = null;
    /** Whether they could not be had; tried again with the next change of the page. */
    let missing = false;
    /** @type {Set<Element | ShadowRoot>} */
    const queue = new Set();
    /** @type {WeakSet<ShadowRoot>} */
    const watched = new WeakSet();
    let title = "";
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
      if (type === "characterData" || removedNodes.length > 0) prune ||= countHits() > 0;
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

    const countHits = () => hits?.size() ?? 0;

    async function openHits() {
      const loaded = await loadHits();
      if (stopped) loaded?.stop();
      else hits = loaded;
      missing = hits === null;
    }

    /** Empties the queue slice by slice, then rests. */
    async function work() {
      const before = countHits();
      missing = false;
      let spent = 0;
      const steps = takeSteps();
      while (!stopped) {
        const start = performance.now();
        let finished = false;
        /** @type {Promise<void> | undefined} */
        let loading;
        title = document.title;
        while (!finished && !loading && performance.now() - start < SLICE) {
          // Steps are small: looking at the clock costs as much as some of them.
          for (let step = 0; step < STEPS && !finished && !loading; step++) {
            const { done: isLast, value } = steps.next();
            finished = isLast === true;
            loading = value ?? undefined;
          }
        }
        spent += performance.now() - start;
        if (finished) break;
        await (loading ?? yieldToPage());
      }
      if (stopped) return;
      const wasDone = done;
      done = true;
      if (!wasDone || countHits() !== before) onChange();
      const rest = wasDone ? Math.min(spent * REST, LONGEST_REST) : 0;
      setTimeout(() => {
        working = false;
        if (queue.size > 0 || prune) wake(0);
      }, rest);
    }

    /**
     * One small piece of work per step, until nothing is queued; a promise is to be waited for.
     * @returns {Generator<Promise<void> | undefined, void, void>}
     */
    function* takeSteps() {
      while (queue.size > 0 || prune) {
        if (prune) {
          prune = false;
          if (hits) yield* hits.dropStale();
        }
        for (const root of queue) {
          queue.delete(root);
          if (root.isConnected) yield* scan(root);
        }
        if (hits) yield* hits.judgeAgain(title);
      }
    }

    /** @param {Element | ShadowRoot} root @returns {Generator<Promise<void> | undefined, void, void>} */
    function* scan(root) {
      if (isOffLimits(root)) return;
      yield* watchShadows(root);
      for (const unit of findUnits(root, placesIn)) {
        if (!unit) {
          yield;
          continue;
        }
        if (!hits && !missing) yield openHits();
        // While it waited the page may have moved the text: it is queued again then.
        if (!hits || !isInPlace(unit)) continue;
        yield* hits.read(unit, title);
        yield;
      }
    }

    /** @param {Zhiquan.Unit} unit */
    const isInPlace = ({ container, first, last }) =>
      first.parentNode === container && last.parentNode === container;

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

    /** @param {Node} root */
    function observe(root) {
      observer.observe(root, { childList: true, characterData: true, subtree: true });
    }

    observe(document);
    if (document.body) queue.add(document.body);
    wake(0);

    return {
      hits: () => hits?.list() ?? [],
      isDone: () => done,
      stop() {
        stopped = true;
        observer.disconnect();
        hits?.stop();
        queue.clear();
      },
    };
  }

  return { create };
})();
