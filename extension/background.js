/**
 * The service worker: the only part that talks to the network, and the router of messages.
 * It may be killed at any moment, so it keeps nothing in memory that storage does not have.
 */

import { bundledFile } from "./api.js";
import {
  fetchAhead,
  listArticles,
  openArticle,
  reportArticle,
  searchArticles,
} from "./articles.js";
import { listHouse, loadHouse, openHouse, searchHouse, stepsFor } from "./house.js";
import { ensureLexicon, loadLexicon, refreshLexicon } from "./lexicon.js";
import { changeSettings, loadSettings } from "./settings.js";
import { clearShelf } from "./shelf.js";
import { ALL_SITES, CONTENT_SCRIPTS, MARK_SCRIPTS, syncScripts } from "./sites.js";
import { addStyle, noteStyleOf, styleOf } from "./styles.js";

const ALARM = "refresh";
/** Minutes between looks for a newer lexicon. */
const PERIOD = 720;
const HOUSE = "house:";
const MOST_FOUND = 30;

/** Stored first, so that every page has settings and a lexicon even while the API is away. */
async function prepare() {
  await changeSettings({});
  await ensureLexicon();
  await syncScripts();
  await chrome.alarms.create(ALARM, { periodInMinutes: PERIOD, delayInMinutes: 1 });
}

/** @returns {Promise<boolean>} whether the API answered */
async function refresh() {
  const { useApi, apiAddress } = await loadSettings();
  if (!useApi) return false;
  try {
    await fetchAhead(apiAddress);
    await refreshLexicon(apiAddress);
    return true;
  } catch {
    return false; // the last good copy stays; the state says that the API fails
  }
}

/** @param {boolean | null} answered @returns {Promise<Zhiquan.State>} */
async function describeState(answered = null) {
  const [lexicon, { useApi }, allSites] = await Promise.all([
    loadLexicon(),
    loadSettings(),
    chrome.permissions.contains(ALL_SITES),
  ]);
  const isFresh = answered ?? lexicon?.origin === "api";
  return {
    lexicon: {
      origin: lexicon?.origin ?? "none",
      lenders: lexicon?.data.lenders.length ?? 0,
      checkedAt: lexicon?.checkedAt ?? "",
      version: String(lexicon?.data.version ?? ""),
    },
    allSites,
    api: useApi ? (isFresh ? "ok" : "failing") : "unused",
  };
}

/** What the card shows; nothing of this asks the network. */
/** @param {string} id @returns {Promise<Zhiquan.CardData | null>} */
async function describeLender(id) {
  const [lexicon, house, { useApi }] = await Promise.all([
    loadLexicon(),
    loadHouse(),
    loadSettings(),
  ]);
  const found = lexicon?.data.lenders.find((lender) => lender.id === id);
  if (!found) return null;
  const { name, kind, licence, status, operator = null, hotline = null } = found;
  const complain = stepsFor(house, kind);
  const lender = { id, name, kind, licence, status, operator, hotline, complain };
  const articles = useApi ? await listArticles(id) : [];
  return { lender, items: [...articles, ...(await listHouse(kind))], topics: house.topics };
}

/** @param {string} id @param {string} lender */
async function getGuidance(id, lender) {
  if (id.startsWith(HOUSE)) {
    const lexicon = await loadLexicon();
    return openHouse(id, lexicon?.data.lenders.find((one) => one.id === lender) ?? null);
  }
  const { useApi, apiAddress } = await loadSettings();
  return useApi ? openArticle(apiAddress, id) : null;
}

/** @param {string} id @param {Zhiquan.ReportKind} kind */
async function report(id, kind) {
  const { useApi, apiAddress } = await loadSettings();
  return useApi && reportArticle(apiAddress, id, kind);
}

/** @param {string} query */
async function search(query) {
  const { useApi, apiAddress } = await loadSettings();
  const lexicon = await loadLexicon();
  const names = lexicon?.data.lenders.map(({ name }) => name) ?? [];
  const own = searchHouse(await loadHouse(), query, names);
  const found =
    useApi && query.trim() ? await searchArticles(apiAddress, query).catch(() => []) : [];
  return [...own, ...found].slice(0, MOST_FOUND);
}

/**
 * The side panel opens only in answer to a click, so nothing may be awaited before it.
 * @param {string} id
 * @param {string} lender
 * @param {chrome.runtime.MessageSender} sender
 */
function openGuidance(id, lender, sender) {
  const path = `guidance.html?${new URLSearchParams({ id, lender })}`;
  const tabId = sender.tab?.id;
  const opening =
    tabId !== undefined && chrome.sidePanel && openIn === "panel"
      ? Promise.all([
          chrome.sidePanel.setOptions({ tabId, path, enabled: true }),
          chrome.sidePanel.open({ tabId }),
        ])
      : Promise.reject(new Error("a tab was asked for"));
  return opening
    .catch(() => openSidebar(path, sender.tab))
    .catch(() => chrome.tabs.create({ url: chrome.runtime.getURL(path) }))
    .then(() => null);
}

/**
 * Firefox opens its sidebar only for a click inside the browser's own window; where it is open
 * already, the guidance goes there.
 * @param {string} path
 * @param {chrome.tabs.Tab | undefined} tab
 */
async function openSidebar(path, tab) {
  const { sidebarAction } = /** @type {any} */ (chrome);
  if (openIn !== "panel" || !(await sidebarAction?.isOpen({ windowId: tab?.windowId })))
    throw new Error("no sidebar is open");
  await sidebarAction.setPanel({ tabId: tab?.id, panel: chrome.runtime.getURL(path) });
}

/** Known before the click comes; wrong only in the first moment of a worker's life. */
/** @type {Zhiquan.Settings["openIn"]} */
let openIn = "panel";

/** @param {Extract<Zhiquan.Message, { type: "page-found" }>} message @param {chrome.runtime.MessageSender} sender */
async function pageFound({ highlights, count, quiet }, { tab, frameId, documentId }) {
  const tabId = tab?.id;
  if (tabId === undefined) return null;
  if (frameId === 0) {
    const text = count === 0 ? "" : count > 99 ? "99+" : String(count);
    await chrome.action.setBadgeText({ tabId, text });
    await chrome.action.setBadgeBackgroundColor({ tabId, color: quiet ? "#6b7280" : "#0b6b62" });
  }
  if (highlights.length === 2 && count > 0)
    await addStyle(styleOf(highlights, await loadSettings()), { tabId, frameId, documentId });
  return null;
}

/** Runs more of our scripts in the frame that asks. */
/** @param {string[]} files @param {chrome.runtime.MessageSender} sender */
async function load(files, { tab, frameId }) {
  if (tab?.id === undefined) return null;
  const target = { tabId: tab.id, frameIds: [frameId ?? 0] };
  await chrome.scripting.executeScript({ target, files });
  return null;
}

/** The script that marks what is out of date, and its data; only where the person wants it. */
/** @param {chrome.runtime.MessageSender} sender */
async function loadNotes(sender) {
  await load(["numbers.js", "around.js", "notes.js"], sender);
  return bundledFile("currency.json");
}

/** @param {string[]} highlights @param {chrome.runtime.MessageSender} sender */
async function notesFound(highlights, { tab, frameId, documentId }) {
  if (tab?.id !== undefined)
    await addStyle(noteStyleOf(highlights), { tabId: tab.id, frameId, documentId });
  return null;
}

async function clearAll() {
  await clearShelf();
  await chrome.storage.local.clear();
  await prepare();
  return describeState();
}

/** @param {Zhiquan.Message} message @param {chrome.runtime.MessageSender} sender @returns {Promise<unknown>} */
function answer(message, sender) {
  switch (message.type) {
    case "page-found":
      return pageFound(message, sender);
    case "load-marks":
      return load(MARK_SCRIPTS, sender);
    case "load-notes":
      return loadNotes(sender);
    case "notes-found":
      return notesFound(message.highlights, sender);
    case "load-card":
      return load(["choice.js", "card.js"], sender);
    case "describe-lender":
      return describeLender(message.lender);
    case "open-guidance":
      return openGuidance(message.id, message.lender, sender);
    case "get-guidance":
      return getGuidance(message.id, message.lender);
    case "report":
      return report(message.id, message.kind);
    case "get-topics":
      return loadHouse().then(({ topics }) => topics);
    case "get-hotlines":
      return loadHouse().then(({ hotlines }) => hotlines);
    case "list-guidance":
      return listHouse("");
    case "search":
      return search(message.query);
    case "get-state":
      return describeState();
    case "refresh":
      return refresh().then(describeState);
    case "clear-all":
      return clearAll();
  }
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  if (sender.id !== chrome.runtime.id) return false;
  answer(message, sender).then(reply, () => reply(null));
  return true;
});

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  await prepare();
  await refresh();
  if (reason === "install")
    await chrome.tabs.create({ url: chrome.runtime.getURL("welcome.html") });
  else await reinject();
});

chrome.runtime.onStartup.addListener(() => void prepare());
chrome.alarms.onAlarm.addListener(({ name }) => void (name === ALARM && refresh()));
chrome.permissions.onAdded.addListener(() => void syncScripts().then(reinject));
chrome.permissions.onRemoved.addListener(() => void syncScripts());

chrome.storage.local.onChanged.addListener(async ({ settings }) => {
  if (!settings || !altersPages(settings.oldValue, settings.newValue)) return;
  openIn = /** @type {Zhiquan.Settings | undefined} */ (settings.newValue)?.openIn ?? "panel";
  for (const { id } of await chrome.tabs.query({})) {
    if (id !== undefined)
      chrome.tabs.sendMessage(id, { type: "settings-changed" }).catch(() => undefined);
  }
});

/** Whether a change of settings is one that open pages must follow. */
/** @param {any} before @param {any} after */
function altersPages(before, after) {
  /** @type {(keyof Zhiquan.Settings)[]} */
  const keys = ["style", "hoverDelay", "openIn", "excluded", "markOutdated", "markNumbers"];
  return keys.some((key) => JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]));
}

chrome.commands.onCommand.addListener(async (command, tab) => {
  if (tab?.id === undefined) return;
  const message = { type: "jump", direction: command === "previous-mention" ? -1 : 1 };
  try {
    await chrome.tabs.sendMessage(tab.id, message, { frameId: 0 });
  } catch {
    // Not marked yet: the key press allows this tab as a click on the icon does.
    await chrome.scripting
      .executeScript({ target: { tabId: tab.id, allFrames: true }, files: CONTENT_SCRIPTS })
      .catch(() => undefined);
  }
});

/** Marks the pages that are already open, where the person allowed all sites. */
async function reinject() {
  if (!(await chrome.permissions.contains(ALL_SITES))) return;
  for (const { id } of await chrome.tabs.query({ url: ALL_SITES.origins })) {
    if (id === undefined) continue;
    chrome.scripting
      .executeScript({ target: { tabId: id, allFrames: true }, files: CONTENT_SCRIPTS })
      .catch(() => undefined); // a page that no extension may read
  }
}

void loadSettings().then((settings) => (openIn = settings.openIn));
