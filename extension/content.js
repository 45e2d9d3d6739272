/**
 * One frame's part of the extension: reads the settings, starts the scanner, asks for the rest
 * when a name may stand in the page, and reports counts.
 */
(() => {
  /** So often the rest is asked for: the service worker may be killed at any moment. */
  const TRIES = 3;

  // After an update of the extension the old script's globals are still here.
  globalThis.zhiquan?.stop();
  const controller = new AbortController();
  const { signal } = controller;

  /** @type {Zhiquan.Scanner | null} */
  let scanner = null;
  /** @type {Zhiquan.Marks | null} */
  let marks = null;
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
    const settings = /** @type {Zhiquan.Settings | undefined} */ (stored.settings);
    const lexicon = /** @type {Zhiquan.StoredLexicon | undefined} */ (stored.lexicon);
    if (!lexicon || !settings) return;
    const host = location.hostname;
    excluded = isUnder(host, settings.excluded);
    if (excluded) return;
    const { lenders } = lexicon.data;
    const match = /** @type {Zhiquan.MatchData} */ (lexicon.data.match);
    quiet = lenders.some(({ domains }) => domains && isUnder(host, domains));
    const names = new Map(lenders.map(({ id, name }) => [id, name]));
    const anchors = ZhiquanAnchors.create(match);
    const open = () => openMarks(mine, { match, anchors, names, quiet, settings, send });
    scanner = ZhiquanScanner.create({
      placesIn: anchors.placesIn,
      loadHits: async () => (await open())?.hits ?? null,
      onChange: reportCount,
    });
    const isNoting = settings.markOutdated || settings.markNumbers;
    if (isNoting && !quiet && "highlights" in CSS) await (await open())?.startNotes();
  }

  /**
   * The marks of this start, or null when they cannot be had or another start has begun.
   * @param {number} mine
   * @param {Zhiquan.MarksOptions} options
   */
  async function openMarks(mine, options) {
    for (let at = 0; at < TRIES && !globalThis.ZhiquanMarks && !signal.aborted; at++)
      await send("load-marks", {});
    if (signal.aborted || mine !== turn || !globalThis.ZhiquanMarks) return null;
    marks ??= ZhiquanMarks.start(options);
    return marks;
  }

  /** Tells the background how many names there are: for the badge, and for the style sheet. */
  function reportCount() {
    const count = marks?.hits.size() ?? 0;
    if (count === reported) return;
    reported = count;
    void send("page-found", { highlights: marks?.highlights ?? [], count, quiet });
  }

  /** @returns {Zhiquan.PageReport} */
  function report() {
    const done = excluded || (scanner?.isDone() ?? false);
    return { lenders: marks?.counts() ?? [], quiet, excluded, done };
  }

  /** @param {1 | -1} direction */
  const jump = (direction) => marks?.jump(direction);

  /** Shows the lender's next mention; false when there is none. @param {string} lender */
  const jumpTo = (lender) => marks?.jumpTo(lender) ?? false;

  function close() {
    scanner?.stop();
    marks?.stop();
    scanner = null;
    marks = null;
  }

  function stop() {
    controller.abort();
    close();
  }

  /**
   * After an update of the extension this copy has nobody to talk to, and the new one, in a
   * world of its own, cannot reach it: it goes at the person's next sign of life.
   */
  function stopIfLeft() {
    if (!chrome.runtime?.id) stop();
  }

  function listen() {
    const options = { signal, capture: true, passive: true };
    for (const type of ["pointermove", "pointerdown", "keydown", "scroll", "focus"])
      addEventListener(type, stopIfLeft, options);
    chrome.runtime.onMessage.addListener(receive);
    signal.addEventListener("abort", () => chrome.runtime?.onMessage?.removeListener(receive));
  }

  /** @param {Zhiquan.TabMessage} message */
  function receive(message) {
    if (message.type === "jump") jump(message.direction);
    else if (message.type === "jump-to") jumpTo(message.lender);
    else if (message.type === "settings-changed") restart();
  }

  function restart() {
    if (turn === 0) return; // nobody has looked at the page yet: it will start with these
    close();
    if (reported > 0) void send("page-found", { highlights: [], count: 0, quiet: false });
    reported = 0;
    void start();
  }

  globalThis.zhiquan = { report, jump, jumpTo, stop };
  listen();
  if (document.visibilityState === "visible") void start();
  else document.addEventListener("visibilitychange", () => void start(), { once: true, signal });
})();
