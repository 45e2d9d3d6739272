/**
 * What a frame needs once a name may stand in it: exact matching, drawing, clicks on marked
 * names, the card, and the way from mention to mention. Nothing of the page leaves this file
 * but ids of lenders and numbers.
 */
globalThis.ZhiquanMarks = (() => {
  /** A pointer that moved less than this many pixels between press and release was a click. */
  const STILL = 4;

  /** @type {typeof ZhiquanMarks.start} */
  function start({ match, anchors, names, quiet, settings, send }) {
    const controller = new AbortController();
    const { signal } = controller;
    // A page can list CSS.highlights: on a lender's own site nothing is drawn.
    const painter = quiet || !("highlights" in CSS) ? null : ZhiquanPainter.create();
    const matcher = ZhiquanMatcher.create({ match }, anchors);
    const hits = ZhiquanHits.create({ matcher, painter });
    /** Marks that are no lender's name; only where the person wants them. */
    /** @type {Zhiquan.Notes | null} */
    let notes = null;
    /** @type {Zhiquan.OpenCard | null} */
    let card = null;
    /** @type {Zhiquan.Hit | null} */
    let current = null;

    async function startNotes() {
      const data = await send("load-notes", {});
      if (!data || signal.aborted || !globalThis.ZhiquanNotes) return;
      notes = ZhiquanNotes.start({
        data,
        lenders: matcher,
        outdated: settings.markOutdated,
        numbers: settings.markNumbers,
        onFound: (highlights) => void send("notes-found", { highlights }),
      });
    }

    /** @param {Zhiquan.Hit} hit */
    function rangeOf({ startNode, startOffset, endNode, endOffset }) {
      const range = document.createRange();
      try {
        range.setStart(startNode, startOffset);
        range.setEnd(endNode, endOffset);
      } catch {
        range.collapse(); // the page has cut the text since: an empty range has no place
      }
      return range;
    }

    /**
     * The hit drawn under a point, or null. Only hits near the viewport are looked at, and only
     * where the event's target really shows the text (not under a dialog that covers it).
     * @param {MouseEvent} event
     * @param {EventTarget | undefined} target known only while the event is on its way
     */
    function hitAt(event, target) {
      if (!painter || !(target instanceof Node)) return null;
      for (const hit of [...painter.near(), ...(notes?.near() ?? [])]) {
        if (!target.contains(hit.startNode) && !target.contains(hit.endNode)) continue;
        for (const { left, right, top, bottom } of rangeOf(hit).getClientRects()) {
          const { clientX: x, clientY: y } = event;
          if (x >= left && x <= right && y >= top && y <= bottom) return hit;
        }
      }
      return null;
    }

    /** Whether the event belongs to something the page does when clicked. */
    /** @param {MouseEvent} event */
    function isOnControl(event) {
      return event
        .composedPath()
        .some(
          (node) =>
            node instanceof Element &&
            node.matches("a[href],button,summary,label,[onclick],[role=button],[role=link]"),
        );
    }

    /** @param {Zhiquan.Hit} hit @param {boolean} takeFocus */
    async function openCard(hit, takeFocus) {
      card?.close();
      setCurrent(hit);
      const note = notes?.hits().includes(hit) ? notes.describe(hit) : null;
      const [, data] = await Promise.all([
        globalThis.ZhiquanCard ? null : send("load-card", {}),
        note ? null : send("describe-lender", { lender: hit.lender }),
      ]);
      if (signal.aborted || current !== hit || !globalThis.ZhiquanCard) return;
      card = ZhiquanCard.open({
        hit,
        data,
        note,
        takeFocus,
        onClose() {
          card = null;
          painter?.setCurrent(null);
          notes?.setCurrent(null);
        },
      });
    }

    /** @param {Zhiquan.Hit | null} hit */
    function setCurrent(hit) {
      current = hit;
      const isNote = hit !== null && (notes?.hits().includes(hit) ?? false);
      painter?.setCurrent(isNote ? null : hit);
      notes?.setCurrent(isNote ? hit : null);
    }

    /** The hits a person can see, in reading order. */
    /** @param {Zhiquan.Hit[]} [all] */
    function visibleHits(all = hits.list()) {
      const visible = all.filter((hit) =>
        hit.startNode.parentElement?.checkVisibility({
          visibilityProperty: true,
          opacityProperty: true,
        }),
      );
      return visible.sort((a, b) => {
        if (a.startNode === b.startNode) return a.startOffset - b.startOffset;
        const order = a.startNode.compareDocumentPosition(b.startNode);
        return order & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
      });
    }

    /** @param {Zhiquan.Hit} hit */
    function show(hit) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      hit.startNode.parentElement?.scrollIntoView({
        block: "center",
        behavior: calm ? "instant" : "auto",
      });
      void openCard(hit, true);
    }

    /** @param {1 | -1} direction */
    function jump(direction) {
      const visible = visibleHits([...hits.list(), ...(notes?.hits() ?? [])]);
      if (visible.length === 0) return;
      const at = current ? visible.findIndex((hit) => isSame(hit, current)) : -1;
      const next = at < 0 ? (direction > 0 ? 0 : visible.length - 1) : at + direction;
      show(visible[(next + visible.length) % visible.length]);
    }

    /** @param {Zhiquan.Hit} a @param {Zhiquan.Hit | null} b */
    function isSame(a, b) {
      return a.startNode === b?.startNode && a.startOffset === b.startOffset;
    }

    /** Shows the lender's next mention; false when there is none. */
    /** @param {string} lender */
    function jumpTo(lender) {
      const visible = visibleHits().filter((hit) => hit.lender === lender);
      if (visible.length === 0) return false;
      const at = visible.findIndex((hit) => isSame(hit, current));
      show(visible[(at + 1) % visible.length]);
      return true;
    }

    /** The lenders a person can see on the page, with how often. */
    function counts() {
      /** @type {Map<string, number>} */
      const found = new Map();
      for (const { lender } of visibleHits()) found.set(lender, (found.get(lender) ?? 0) + 1);
      return [...found].map(([lender, count]) => ({
        lender,
        name: names.get(lender) ?? lender,
        count,
      }));
    }

    function listen() {
      let [x, y] = [0, 0];
      let hover = 0;
      const options = { signal, capture: true, passive: true };
      addEventListener(
        "pointerdown",
        (event) => ([x, y] = [event.clientX, event.clientY]),
        options,
      );
      addEventListener(
        "click",
        (event) => {
          if (!event.isTrusted || event.button !== 0 || event.detail !== 1 || isOnControl(event))
            return;
          if (Math.hypot(event.clientX - x, event.clientY - y) > STILL) return;
          const hit = hitAt(event, event.composedPath()[0]);
          if (hit) void openCard(hit, true);
        },
        options,
      );
      addEventListener(
        "pointermove",
        (event) => {
          clearTimeout(hover);
          const delay = settings.hoverDelay;
          if (!event.isTrusted || delay === 0 || event.buttons !== 0 || card) return;
          if (!painter || event.pointerType !== "mouse") return;
          const [target] = event.composedPath();
          hover = window.setTimeout(() => {
            const hit = hitAt(event, target);
            if (hit && !signal.aborted) void openCard(hit, false);
          }, delay);
        },
        options,
      );
      signal.addEventListener("abort", () => clearTimeout(hover));
    }

    listen();
    return {
      hits,
      highlights: painter?.names ?? [],
      startNotes,
      counts,
      jump,
      jumpTo,
      stop() {
        controller.abort();
        card?.close();
        notes?.stop();
        hits.stop();
      },
    };
  }

  return { start };
})();
