/** The popup: what was found on this page, the way to each place, and the site's switch. */

import { find, make, makeItem, preparePage, say, send } from "./page.js";
import { changeSettings, loadSettings, parseSite } from "./settings.js";
import { ALL_SITES, CONTENT_SCRIPTS } from "./sites.js";

/** Milliseconds between looks while a page is still being read, and how many of them. */
const PAUSE = 250;
const LOOKS = 24;

/** @typedef {{ frameId: number; report: Zhiquan.PageReport | null }} FrameReport */

const status = find("status", HTMLParagraphElement);
const list = find("lenders", HTMLUListElement);

/** The tab the popup is about: the active one, or the one named in the address (for tests). */
async function findTab() {
  const named = Number(new URLSearchParams(location.search).get("tab"));
  if (named) return chrome.tabs.get(named);
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** @param {number} tabId @returns {Promise<FrameReport[]>} */
async function readFrames(tabId) {
  const results = await chrome.scripting.executeScript({
    target: { tabId, allFrames: true },
    func: () => globalThis.zhiquan?.report() ?? null,
  });
  return results.map(({ frameId, result }) => ({ frameId, report: result ?? null }));
}

/** The frames' reports; marks the tab first when it is not marked yet. */
/** @param {number} tabId */
async function look(tabId) {
  const frames = await readFrames(tabId);
  if (frames.some(({ report }) => report)) return frames;
  await chrome.scripting.executeScript({
    target: { tabId, allFrames: true },
    files: CONTENT_SCRIPTS,
  });
  return readFrames(tabId);
}

/** @param {number} tabId @param {FrameReport[]} frames */
function showLenders(tabId, frames) {
  /** @type {Map<string, Zhiquan.LenderCount & { frameId: number }>} */
  const all = new Map();
  for (const { frameId, report } of frames) {
    for (const one of report?.lenders ?? []) {
      const known = all.get(one.lender);
      if (known) known.count += one.count;
      else all.set(one.lender, { ...one, frameId });
    }
  }
  const lenders = [...all.values()].sort((a, b) => b.count - a.count);
  list.replaceChildren(...lenders.map((lender) => makeLender(tabId, lender)));
  const total = lenders.reduce((sum, { count }) => sum + count, 0);
  const isDone = frames.every(({ report }) => !report || report.done);
  if (total > 0) status.textContent = say("foundOnPage", lenders.length, total);
  else status.textContent = say(isDone ? "foundNothing" : "reading");
  find("quiet", HTMLParagraphElement).hidden = !frames.some(({ report }) => report?.quiet);
  return isDone;
}

/** @param {number} tabId @param {Zhiquan.LenderCount & { frameId: number }} lender */
function makeLender(tabId, { lender, name, count, frameId }) {
  const button = make(
    "button",
    { className: "lender" },
    make("span", { text: name, className: "name" }),
  );
  button.append(make("span", { text: say("timesFound", count), className: "chip" }));
  button.append(make("span", { text: say("showIt"), className: "soft" }));
  button.addEventListener("click", async () => {
    await chrome.tabs.sendMessage(tabId, { type: "jump-to", lender }, { frameId });
    if (!location.search) close();
  });
  return make("li", {}, button);
}

/** @param {chrome.tabs.Tab} tab */
async function showSite({ url, id }) {
  const host = url?.startsWith("http") ? parseSite(url) : null;
  if (!host || id === undefined) return;
  find("site-switch", HTMLLabelElement).hidden = false;
  const box = find("site-on", HTMLInputElement);
  box.checked = !(await loadSettings()).excluded.includes(host);
  box.addEventListener("change", async () => {
    const { excluded } = await loadSettings();
    const others = excluded.filter((site) => site !== host);
    await changeSettings({ excluded: box.checked ? others : [...others, host] });
    await watch(id);
  });
}

/** @param {number} tabId */
async function watch(tabId) {
  for (let turn = 0; turn < LOOKS; turn++) {
    const frames = await look(tabId);
    if (frames.some(({ report }) => report?.excluded)) {
      list.replaceChildren();
      status.textContent = say("siteOff");
      return;
    }
    if (showLenders(tabId, frames)) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

async function showAllow() {
  const button = find("allow", HTMLButtonElement);
  button.hidden = await chrome.permissions.contains(ALL_SITES);
  button.addEventListener("click", async () => {
    button.hidden = await chrome.permissions.request(ALL_SITES);
  });
}

function listen() {
  // Firefox's sidebar opens for a click here; from a page it can only be filled.
  const { sidebarAction } = /** @type {any} */ (chrome);
  find("all", HTMLAnchorElement).addEventListener("click", (event) => {
    if (!sidebarAction) return;
    event.preventDefault();
    void sidebarAction.open();
    close();
  });
  const input = find("search", HTMLInputElement);
  const found = find("found", HTMLUListElement);
  find("search-form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    const items = (await send("search", { query: input.value })) ?? [];
    found.replaceChildren(...items.map((item) => makeItem(item, "")));
    for (const link of found.querySelectorAll("a")) link.target = "_blank";
    if (items.length === 0) found.append(make("li", say("noResults")));
  });
}

await preparePage();
listen();
await showAllow();
const tab = await findTab();
try {
  if (tab?.id === undefined) throw new TypeError("no tab");
  await showSite(tab);
  await watch(tab.id);
} catch {
  status.textContent = say("cannotRead"); // the browser's own pages, the store, a PDF
}
