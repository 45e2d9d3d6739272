/**
 * One frame's part of the extension: starts the scanner, answers clicks on marked names,
 * opens the card, and reports counts. Nothing of the page leaves this file but ids of
 * lenders and numbers.
 */
(() => {
  /** A pointer that moved less than this many pixels between press and release was a click. */
  const STILL = 4;

  // After an update of the extension the old script's globals are still here.
  globalThis.zhiquan?.stop();
  const controller = new AbortController();
  const { signal } = controller;

  /** @type {Zhiquan.Scanner | null} */
  let scanner = null;
  /** @type {Zhiquan.Painter | null} */
  let painter = null;
  /** Marks that are no lender's name; only where the person wants them. */
  /** @type {Zhiquan.Notes | null} */
  let notes = null;
  /** @type {Zhiquan.OpenCard | null} */
  let card = null;
  /** @type {Zhiquan.Hit | null} */
  let current = null;
  /** @type {Zhiquan.Settings | null} */
  let settings = null;
  /** @type {Map<string, string>} */
  let names = new Map();
  let quiet = false;
  let excluded = false;
  let reported = 0;
  /** How often it was started. */
  let turn = 0;

  /**
   * @template {Zhiquan.MessageName} N
   * @param {N} type
   * @param {Zhiquan.Messages[N]["send"]} payload
   * @returns {Promise<Zhiquan.Messages[N]["reply"] | null>}
   */
  async function send(type, payload) {
    try {
      return await chrome.runtime.sendMessage({ type, ...payload });
    } catch {
      // The extension was updated or removed: this frame's copy has nobody to talk to.
      if (!chrome.runtime?.id) stop();
      return null;
    }
  }

  /** @param {string} host @param {string[]} domains */
  function isUnder(host, domains) {
    return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  }

  async function start() {
    const mine = ++turn;
    const stored = await chrome.storage.local.get(["settings", "lexicon"]);
    // Settings that changed meanwhile have started it anew: the page would be marked twice.
    if (signal.aborted || mine !== turn) return;
    settings = /** @type {Zhiquan.Settings | undefined} */ (stored.settings) ?? null;
    const lexicon = /** @type {Zhiquan.StoredLexicon | undefined} */ (stored.lexicon);
    if (!lexicon || !settings) return;
    const host = location.hostname;
    excluded = isUnder(host, settings.excluded);
    if (excluded) return;
    const { data } = lexicon;
    names = new Map(data.lenders.map(({ id, name }) => [id, name]));
    // A page can list CSS.highlights: on a lender's own site nothing is drawn.
    quiet = data.lenders.some(({ domains }) => domains && isUnder(host, domains));
    painter = quiet || !("highlights" in CSS) ? null : ZhiquanPainter.create();
    const matcher = ZhiquanMatcher.create(data);
    scanner = ZhiquanScanner.create({ matcher, painter, onChange: reportCount });
    if (painter && (settings.markOutdated || settings.markNumbers)) await startNotes(matcher);
  }

  /** @param {Zhiquan.Matcher} lenders */
  async function startNotes(lenders) {
    const [mine, wanted] = [scanner, settings];
    const data = await send("load-notes", {});
    if (!data || !wanted || scanner !== mine || !globalThis.ZhiquanNotes) return;
    notes = ZhiquanNotes.start({
      data,
      lenders,
      outdated: wanted.markOutdated,
      numbers: wanted.markNumbers,
      onFound: (highlights) => void send("notes-found", { highlights }),
    });
  }

  /** Tells the background how many names there are: for the badge, and for the style sheet. */
  function reportCount() {
    const count = scanner?.hits().length ?? 0;
    if (count === reported) return;
    reported = count;
    void send("page-found", { highlights: painter?.names ?? [], count, quiet });
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
  function visibleHits(all = scanner?.hits() ?? []) {
    const hits = all.filter((hit) =>
      hit.startNode.parentElement?.checkVisibility({
        visibilityProperty: true,
        opacityProperty: true,
      }),
    );
    return hits.sort((a, b) => {
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
    const hits = visibleHits([...(scanner?.hits() ?? []), ...(notes?.hits() ?? [])]);
    if (hits.length === 0) return;
    const at = current ? hits.findIndex((hit) => isSame(hit, current)) : -1;
    const next = at < 0 ? (direction > 0 ? 0 : hits.length - 1) : at + direction;
    show(hits[(next + hits.length) % hits.length]);
  }

  /** @param {Zhiquan.Hit} a @param {Zhiquan.Hit | null} b */
  function isSame(a, b) {
    return a.startNode === b?.startNode && a.startOffset === b.startOffset;
  }

  /** Shows the lender's next mention; false when there is none. */
  /** @param {string} lender */
  function jumpTo(lender) {
    const hits = visibleHits().filter((hit) => hit.lender === lender);
    if (hits.length === 0) return false;
    const at = hits.findIndex((hit) => isSame(hit, current));
    show(hits[(at + 1) % hits.length]);
    return true;
  }

  /** @returns {Zhiquan.PageReport} */
  function report() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { lender } of visibleHits()) counts.set(lender, (counts.get(lender) ?? 0) + 1);
    const lenders = [...counts].map(([lender, count]) => ({
      lender,
      name: names.get(lender) ?? lender,
      count,
    }));
    return { lenders, quiet, excluded, done: excluded || (scanner?.isDone() ?? false) };
  }

  function stop() {
    controller.abort();
    card?.close();
    scanner?.stop();
    notes?.stop();
    scanner = null;
    notes = null;
    painter = null;
  }

  /**
   * After an update of the extension this copy has nobody to talk to, and the new one, in a
   * world of its own, cannot reach it: it goes at the person's next sign of life.
   */
  function stopIfLeft() {
    if (!chrome.runtime?.id) stop();
  }

  function listen() {
    let [x, y] = [0, 0];
    let hover = 0;
    const options = { signal, capture: true, passive: true };
    for (const type of ["pointermove", "pointerdown", "keydown", "scroll", "focus"])
      addEventListener(type, stopIfLeft, options);
    addEventListener("pointerdown", (event) => ([x, y] = [event.clientX, event.clientY]), options);
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
        const delay = settings?.hoverDelay ?? 0;
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
    chrome.runtime.onMessage.addListener(receive);
    signal.addEventListener("abort", () => {
      clearTimeout(hover);
      chrome.runtime?.onMessage?.removeListener(receive);
    });
  }

  /** @param {Zhiquan.TabMessage} message */
  function receive(message) {
    if (message.type === "jump") jump(message.direction);
    else if (message.type === "jump-to") jumpTo(message.lender);
    else if (message.type === "settings-changed") restart();
  }

  function restart() {
    if (turn === 0) return; // nobody has looked at the page yet: it will start with these
    card?.close();
    scanner?.stop();
    notes?.stop();
    scanner = null;
    notes = null;
    painter = null;
    if (reported > 0) void send("page-found", { highlights: [], count: 0, quiet: false });
    reported = 0;
    void start();
  }

  globalThis.zhiquan = { report, jump, jumpTo, stop };
  listen();
  if (document.visibilityState === "visible") void start();
  else document.addEventListener("visibilitychange", () => void start(), { once: true, signal });
})();
