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

  /**
   * Names are watched by groups, since each watched box is measured anew whenever the page's
   * layout changes: by an ancestor so many levels up at most, of so few children each.
   */
  const LEVELS = 3;
  const FEW = 16;
  /** A group taller than this many screens would keep names drawn that are far away. */
  const TALL = 2;

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

  /** The ancestor by which an element's names are watched, or the element. @param {Element} element */
  function groupOf(element) {
    let group = element;
    for (let level = 0; level < LEVELS; level++) {
      const up = group.parentElement;
      if (!up || up.childElementCount > FEW || up === document.body) break;
      group = up;
    }
    return group;
  }

  /** Whether a box shows where the element is (not for floats, scrollers, boxes without a size). */
  /** @param {DOMRectReadOnly} box @param {Element} element */
  function isInside({ left, right, top, bottom }, element) {
    const inner = element.getBoundingClientRect();
    return inner.left >= left && inner.right <= right && inner.top >= top && inner.bottom <= bottom;
  }

  /** @returns {Zhiquan.Painter} */
  function create() {
    const names = [randomName(), randomName()];
    const marks = new Highlight();
    const current = new Highlight();
    current.priority = 1;
    /** @type {Map<Element, Set<Zhiquan.Hit>>} */
    const boxes = new Map();
    /** @type {Map<Zhiquan.Hit, Element>} */
    const boxOf = new Map();
    /** Groups that have not yet been seen to hold their names' boxes. */
    /** @type {Set<Element>} */
    const unproven = new Set();
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
          if (unproven.delete(target)) prove(target);
          if (isIntersecting && boxes.has(target)) nearBoxes.add(target);
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
      const parent = hit.startNode.parentElement;
      if (!parent) return;
      if (boxes.size === 0) {
        CSS.highlights.set(names[0], marks);
        CSS.highlights.set(names[1], current);
      }
      const group = groupOf(parent);
      // Told about again, so that it is proven for this name too.
      if (group !== parent && boxes.has(group) && !unproven.has(group)) observer.unobserve(group);
      if (group !== parent) unproven.add(group);
      watch(hit, group);
    }

    /** @param {Zhiquan.Hit} hit @param {Element} box */
    function watch(hit, box) {
      const hits = boxes.get(box);
      if (hits) hits.add(hit);
      else boxes.set(box, new Set([hit]));
      boxOf.set(hit, box);
      observer.observe(box); // nothing where it is watched already
      if (nearBoxes.has(box)) draw(hit);
    }

    /** Names that a group's box says nothing about are watched by their own. */
    /** @param {Element} group */
    function prove(group) {
      // Not the box as it was reported: the page may have scrolled since.
      const rect = group.getBoundingClientRect();
      const isUseless = rect.width * rect.height === 0 || rect.height > TALL * innerHeight;
      for (const hit of [...(boxes.get(group) ?? [])]) {
        const parent = hit.startNode.parentElement;
        if (!parent || parent === group || (!isUseless && isInside(rect, parent))) continue;
        remove(hit);
        watch(hit, parent);
      }
    }

    /** @param {Zhiquan.Hit} hit */
    function remove(hit) {
      undraw(hit);
      const box = boxOf.get(hit);
      const hits = box && boxes.get(box);
      boxOf.delete(hit);
      if (!box || !hits?.delete(hit) || hits.size > 0) return;
      boxes.delete(box);
      nearBoxes.delete(box);
      unproven.delete(box);
      observer.unobserve(box);
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
        boxOf.clear();
        unproven.clear();
        nearBoxes.clear();
      },
    };
  }

  return { create };
})();
