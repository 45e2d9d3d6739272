/**
 * The card about one lender, in a closed shadow root with its own styles: page scripts can
 * neither read it nor press its buttons. Added to the page when a person asks for it, and
 * removed when it closes. Injected on first use, so that pages without a click do not pay.
 */
globalThis.ZhiquanCard = (() => {
  const { chooseItems } = ZhiquanChoice;

  const WIDTH = 360;
  const GAP = 8;
  /** A hovering card closes this many milliseconds after the pointer has left it. */
  const LINGER = 400;

  const STYLE = `
:host { all: initial !important; position: fixed !important; z-index: 2147483647 !important;
  display: block !important; margin: 0 !important; padding: 0 !important; border: 0 !important;
  background: none !important; overflow: visible !important; inset: auto !important;
  width: min(${WIDTH}px, calc(100vw - ${2 * GAP}px)) !important;
  left: var(--left) !important; top: var(--top) !important; color-scheme: light dark !important; }
* { box-sizing: border-box; }
.card { --ink: #1d2733; --soft: #56616e; --paper: #fff; --line: #d9dee4; --tint: #f2f6f7;
  --accent: #0b6b62; --warn: #8a4b00; --warn-tint: #fff4e2;
  font: 14px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 12px;
  box-shadow: 0 8px 30px rgb(15 30 40 / .18); max-height: min(520px, calc(100vh - ${2 * GAP}px));
  overflow: auto; overscroll-behavior: contain; outline: none; scrollbar-width: thin;
  scrollbar-color: var(--line) transparent; }
header { position: sticky; top: 0; display: flex; gap: 8px; align-items: flex-start;
  padding: 14px 12px 10px 16px; background: var(--paper); border-bottom: 1px solid var(--line); }
h2 { font-size: 17px; line-height: 1.35; margin: 0; font-weight: 650; }
h3 { font-size: 12.5px; margin: 14px 0 4px; color: var(--soft); font-weight: 600; }
.who { flex: 1; min-width: 0; }
.kind { color: var(--soft); font-size: 12.5px; margin: 2px 0 0; }
.main { padding: 2px 16px 14px; }
p { margin: 4px 0; }
.note { background: var(--tint); border-radius: 8px; padding: 8px 10px; margin: 10px 0 0; }
.warn { color: var(--warn); background: var(--warn-tint); }
ul, ol { margin: 0; padding: 0; list-style: none; }
ol { counter-reset: n; }
ol li { counter-increment: n; padding-left: 20px; position: relative; margin: 3px 0; }
ol li::before { content: counter(n) "."; position: absolute; left: 0; color: var(--soft); }
button { font: inherit; color: inherit; cursor: pointer; border: 0; background: none; }
.item { display: block; width: 100%; text-align: start; padding: 9px 10px; margin: 4px 0;
  border: 1px solid var(--line); border-radius: 8px; color: var(--accent); font-weight: 550; }
.item:hover { background: var(--tint); }
.item small { display: block; color: var(--soft); font-weight: 400; font-size: 12px; }
.item .flag { color: var(--warn); }
.close { flex: none; width: 32px; height: 32px; border-radius: 8px; font-size: 20px; line-height: 1; }
.close:hover { background: var(--tint); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
@media (prefers-color-scheme: dark) {
  .card { --ink: #e6ebef; --soft: #a3afba; --paper: #182026; --line: #33404a; --tint: #212c34;
    --accent: #6fd0c2; --warn: #f5c27a; --warn-tint: #3a2c16; }
}
@media (forced-colors: active) { .card, .item { border-color: CanvasText; } }
`;

  /** @param {string} key @param {...string} rest */
  const say = (key, ...rest) => chrome.i18n.getMessage(key, rest);

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {string} text
   * @param {string} [className]
   */
  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** @param {ShadowRoot} root */
  function addStyle(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      root.append(element("style", STYLE)); // Firefox keeps sheets of two worlds apart
    }
  }

  /** @param {string} name @param {string} kind @param {() => void} close */
  function makeHeader(name, kind, close) {
    const header = document.createElement("header");
    const who = element("div", "", "who");
    const title = element("h2", name);
    title.id = "title";
    who.append(title, element("p", kind, "kind"));
    const button = element("button", "×", "close");
    button.ariaLabel = say("close");
    button.addEventListener("click", (event) => event.isTrusted && close());
    header.append(who, button);
    return header;
  }

  /** @param {HTMLElement} main @param {Zhiquan.LenderFacts} lender */
  function addFacts(main, lender) {
    const licence = say(`licence_${lender.licence}`);
    if (lender.operator) main.append(element("p", say("operatedBy", lender.operator), "note"));
    if (licence) main.append(element("p", licence, "note"));
  }

  /** @param {HTMLElement} main @param {Zhiquan.CardData} data @param {() => void} close */
  function addItems(main, data, close) {
    const { fitting, shown } = chooseItems(data);
    if (shown.length === 0) {
      main.append(element("p", say("noGuidance"), "note"));
      return;
    }
    main.append(element("h3", say(fitting ? "guidanceForPage" : "guidance")));
    const list = document.createElement("ul");
    for (const item of shown) {
      const button = element("button", item.title, "item");
      const from =
        item.origin === "house" ? say("houseGuidance") : say("articleOf", item.published ?? "—");
      button.append(element("small", from));
      if (item.outdated > 0)
        button.append(element("small", say("outdatedCount", `${item.outdated}`), "flag"));
      button.addEventListener("click", (event) => {
        if (!event.isTrusted) return;
        const { id } = item;
        void chrome.runtime.sendMessage({ type: "open-guidance", id, lender: data.lender.id });
        close();
      });
      const line = document.createElement("li");
      line.append(button);
      list.append(line);
    }
    main.append(list);
  }

  /** @param {HTMLElement} main @param {Zhiquan.LenderFacts} lender */
  function addContacts(main, { hotline, complain }) {
    main.append(element("h3", say("hotline")));
    main.append(hotline ? element("p", hotline) : element("p", say("noHotline")));
    if (complain.length === 0) return;
    main.append(element("h3", say("complainAt")));
    const list = document.createElement("ol");
    for (const step of complain) list.append(element("li", step));
    main.append(list);
  }

  /** Beside the name and inside the window. */
  /** @param {HTMLElement} host @param {Zhiquan.Hit} hit @param {HTMLElement} box */
  function placeCard(host, hit, box) {
    const range = document.createRange();
    range.setStart(hit.startNode, hit.startOffset);
    range.setEnd(hit.endNode, hit.endOffset);
    const { left, top, bottom } = range.getBoundingClientRect();
    const { offsetHeight: height, offsetWidth: width } = box;
    const below = bottom + GAP;
    const above = top - GAP - height;
    const y = below + height <= innerHeight - GAP || above < GAP ? below : above;
    const limit = (/** @type {number} */ at, /** @type {number} */ most) =>
      Math.max(GAP, Math.min(at, most));
    host.style.setProperty("--left", `${limit(left, innerWidth - width - GAP)}px`);
    host.style.setProperty("--top", `${limit(y, innerHeight - height - GAP)}px`);
  }

  /** @param {ShadowRoot} root @param {KeyboardEvent} event */
  function keepFocus(root, event) {
    const stops = [...root.querySelectorAll("button")];
    const at = stops.indexOf(/** @type {HTMLButtonElement} */ (root.activeElement));
    const next = event.shiftKey ? at - 1 : at + 1;
    event.preventDefault();
    stops[(next + stops.length) % stops.length]?.focus();
  }

  /** @type {typeof ZhiquanCard.open} */
  function open({ hit, data, note = null, takeFocus, onClose }) {
    const controller = new AbortController();
    const { signal } = controller;
    const returnTo = document.activeElement;
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "closed" });
    addStyle(root);
    const card = element("section", "", "card");
    card.role = "dialog";
    card.tabIndex = -1;
    card.lang = chrome.i18n.getUILanguage();
    card.setAttribute("aria-labelledby", "title");
    function close() {
      if (signal.aborted) return;
      controller.abort();
      const hadFocus = document.activeElement === host;
      host.remove();
      if (hadFocus && returnTo instanceof HTMLElement) returnTo.focus({ preventScroll: true });
      onClose();
    }
    const main = element("div", "", "main"); // the page has its own <main>
    if (note) {
      card.append(makeHeader(hit.surface, note.status, close));
      const box = element("div", "", "note");
      for (const line of note.lines) box.append(element("p", line));
      main.append(box);
    } else if (data) {
      const { name, kind, status } = data.lender;
      const what = [say(`kind_${kind}`), say(`status_${status}`)].filter(Boolean).join(" · ");
      card.append(makeHeader(name, what, close));
      addFacts(main, data.lender);
      addItems(main, data, close);
      addContacts(main, data.lender);
    } else {
      card.append(makeHeader(hit.surface, "", close));
      main.append(element("p", say("noData"), "note"));
    }
    card.append(main);
    root.append(card);
    show(host);
    placeCard(host, hit, card);
    if (takeFocus) card.focus({ preventScroll: true });
    listen({ root, host, card, takeFocus, close, signal });
    return { close };
  }

  /** In the top layer where the browser has one for it, above the page's own dialogs. */
  /** @param {HTMLElement} host */
  function show(host) {
    document.documentElement.append(host);
    if (!("showPopover" in host)) return;
    host.popover = "manual";
    host.showPopover();
  }

  /**
   * @param {{ root: ShadowRoot; host: HTMLElement; card: HTMLElement; takeFocus: boolean;
   *   close: () => void; signal: AbortSignal }} parts
   */
  function listen({ root, host, card, takeFocus, close, signal }) {
    let timer = 0;
    addEventListener(
      "keydown",
      (event) => {
        const inside = document.activeElement === host;
        if (event.key === "Escape") close();
        else if (event.key === "Tab" && inside) keepFocus(root, event);
        else if (!inside) return;
        event.stopImmediatePropagation(); // keys pressed in the card are not the page's
      },
      { signal, capture: true },
    );
    addEventListener(
      "pointerdown",
      (event) => {
        if (event.isTrusted && !event.composedPath().includes(host)) close();
      },
      { signal, capture: true },
    );
    if (takeFocus) return;
    const linger = () => {
      clearTimeout(timer);
      timer = window.setTimeout(close, LINGER);
    };
    card.addEventListener("pointerenter", () => clearTimeout(timer), { signal });
    card.addEventListener("pointerleave", linger, { signal });
    addEventListener("scroll", linger, { signal, capture: true, passive: true });
    timer = window.setTimeout(close, 4 * LINGER);
  }

  return { open };
})();
