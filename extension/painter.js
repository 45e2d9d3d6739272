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
  /** Milliseconds in which new names are gathered: for each box newly watched the browser
   * prepares another frame. */
  const GATHER = 50;
  /** So many are taken at a time. */
  const AT_ONCE = 1000;

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

  /** Elements with more children than a group has; to count them takes long where there are many. */
  /** @type {WeakSet<Element>} */
  const crowds = new WeakSet();

  /** The ancestor by which an element's names are watched, or the element. @param {Element} element */
  function groupOf(element) {
    let group = element;
    for (let level = 0; level < LEVELS; level++) {
      const up = group.parentElement;
      if (!up || up === document.body || crowds.has(up)) break;
      if (up.childElementCount > FEW) {
        crowds.add(up);
        break;
      }
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
    /** Names that are still to be watched. */
    /** @type {Zhiquan.Hit[]} */
    let waiting = [];
    let timer = 0;
    /** Names of which the browser has not yet told whether they are near. */
    /** @type {Set<Zhiquan.Hit>} */
    const fresh = new Set();
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
        const [{ target: first, boundingClientRect: box }] = entries;
        const isMoved = first.getBoundingClientRect().top !== box.top; // the page has scrolled since
        for (const entry of entries) {
          const { target, isIntersecting } = entry;
          if (unproven.delete(target))
            prove(target, isMoved ? target.getBoundingClientRect() : entry.boundingClientRect);
          if (isIntersecting && boxes.has(target)) nearBoxes.add(target);
          else nearBoxes.delete(target);
          for (const hit of boxes.get(target) ?? []) {
            fresh.delete(hit);
            if (isIntersecting) draw(hit);
            else undraw(hit);
          }
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
      waiting.push(hit);
      fresh.add(hit);
      timer ||= window.setTimeout(watchWaiting, boxes.size > 0 ? GATHER : 0);
    }

    function watchWaiting() {
      // Each time anew would have the browser paint all of them again.
      if (!CSS.highlights.has(names[0])) CSS.highlights.set(names[0], marks);
      if (!CSS.highlights.has(names[1])) CSS.highlights.set(names[1], current);
      for (const hit of waiting.slice(0, AT_ONCE)) if (fresh.has(hit)) watchGroup(hit);
      waiting = waiting.slice(AT_ONCE);
      timer = waiting.length > 0 ? window.setTimeout(watchWaiting, GATHER) : 0;
    }

    /** @param {Zhiquan.Hit} hit */
    function watchGroup(hit) {
      const parent = hit.startNode.parentElement;
      if (!parent) return;
      const group = groupOf(parent);
      if (group !== parent && !unproven.has(group)) {
        unproven.add(group);
        if (boxes.has(group)) {
          // Told about again, so that it is proven for this name too.
          observer.unobserve(group);
          observer.observe(group);
        }
      }
      watch(hit, group);
    }

    /** @param {Zhiquan.Hit} hit @param {Element} box */
    function watch(hit, box) {
      const hits = boxes.get(box);
      if (hits) hits.add(hit);
      else {
        boxes.set(box, new Set([hit]));
        observer.observe(box);
      }
      boxOf.set(hit, box);
      if (!nearBoxes.has(box)) return;
      fresh.delete(hit);
      draw(hit);
    }

    /** Names that a group's box says nothing about are watched by their own. */
    /** @param {Element} group @param {DOMRectReadOnly} rect  Where it is now. */
    function prove(group, rect) {
      const isUseless = rect.width * rect.height === 0 || rect.height > TALL * innerHeight;
      for (const hit of boxes.get(group) ?? []) {
        const parent = hit.startNode.parentElement;
        if (!parent || parent === group || (!isUseless && isInside(rect, parent))) continue;
        remove(hit);
        watch(hit, parent);
      }
    }

    /** @param {Zhiquan.Hit} hit */
    function remove(hit) {
      undraw(hit);
      fresh.delete(hit);
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
      near: () => [...fresh, ...[...nearBoxes].flatMap((box) => [...(boxes.get(box) ?? [])])],
      setCurrent(hit) {
        current.clear();
        if (hit) current.add(rangeOf(hit));
      },
      stop() {
        observer.disconnect();
        clearTimeout(timer);
        waiting = [];
        fresh.clear();
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
