/**
 * Draws hits with the CSS Custom Highlight API: no element is added or changed.
 *
 * Every registered range costs each frame a little, so only hits near the viewport are
 * registered. Static ranges are used because live ones slow each change of the page down.
 * The highlights' names are random, since the page can list them.
 */
globalThis.ZhiquanPainter = (() => {
  /** How far beyond the viewport hits stay drawn: one screen, so that scrolling shows none late. */
  const MARGIN = "100%";
  /** Milliseconds between two looks at what is near. Each look costs about a microsecond for
   * each hit, and drawing anew more; nobody scrolls a whole screen in a tenth of a second. */
  const PAUSE = 100;

  function randomName() {
    const letters = crypto.getRandomValues(new Uint8Array(8));
    return `x${Array.from(letters, (byte) => byte.toString(36)).join("")}`;
  }

  /** @param {Zhiquan.Hit} hit */
  function rangeOf(hit) {
    return new StaticRange({
      startContainer: hit.startNode,
      startOffset: hit.startOffset,
      endContainer: hit.endNode,
      endOffset: hit.endOffset,
    });
  }

  /** @returns {Zhiquan.Painter} */
  function create() {
    const names = [randomName(), randomName()];
    const marks = new Highlight();
    const current = new Highlight();
    current.priority = 1;
    /** @type {Map<Element, Set<Zhiquan.Hit>>} */
    const boxes = new Map();
    /** @type {Set<Element>} */
    const nearBoxes = new Set();

    /** @param {Zhiquan.Hit} hit */
    function draw(hit) {
      if (hit.range) return;
      hit.range = rangeOf(hit);
      marks.add(hit.range);
    }

    /** @param {Zhiquan.Hit} hit */
    function undraw(hit) {
      if (hit.range) marks.delete(hit.range);
      hit.range = null;
    }

    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) nearBoxes.add(target);
          else nearBoxes.delete(target);
          for (const hit of boxes.get(target) ?? []) (isIntersecting ? draw : undraw)(hit);
        }
      },
      // scrollMargin does for inner scrollers what rootMargin does for the window.
      /** @type {IntersectionObserverInit} */ ({
        rootMargin: MARGIN,
        scrollMargin: MARGIN,
        delay: PAUSE,
      }),
    );

    /** @param {Zhiquan.Hit} hit */
    function add(hit) {
      const box = hit.startNode.parentElement;
      if (!box) return;
      if (boxes.size === 0) {
        CSS.highlights.set(names[0], marks);
        CSS.highlights.set(names[1], current);
      }
      const hits = boxes.get(box);
      if (hits) hits.add(hit);
      else {
        boxes.set(box, new Set([hit]));
        observer.observe(box);
      }
      if (nearBoxes.has(box)) draw(hit);
    }

    /** @param {Zhiquan.Hit} hit */
    function remove(hit) {
      undraw(hit);
      for (const [box, hits] of boxesOf(hit)) {
        hits.delete(hit);
        if (hits.size > 0) continue;
        boxes.delete(box);
        nearBoxes.delete(box);
        observer.unobserve(box);
      }
    }

    /**
     * The box a hit was added under: its parent, unless the page has moved the text since.
     * @param {Zhiquan.Hit} hit
     * @returns {[Element, Set<Zhiquan.Hit>][]}
     */
    function boxesOf(hit) {
      const parent = hit.startNode.parentElement;
      const hits = parent && boxes.get(parent);
      if (parent && hits?.has(hit)) return [[parent, hits]];
      return [...boxes].filter(([, others]) => others.has(hit));
    }

    return {
      names,
      add,
      remove,
      near: () => [...nearBoxes].flatMap((box) => [...(boxes.get(box) ?? [])]),
      setCurrent(hit) {
        current.clear();
        if (hit) current.add(rangeOf(hit));
      },
      stop() {
        observer.disconnect();
        CSS.highlights.delete(names[0]);
        CSS.highlights.delete(names[1]);
        boxes.clear();
        nearBoxes.clear();
      },
    };
  }

  return { create };
})();
