/** The lexicon of lenders: fetched, checked, and kept; the last good copy always stays. */

import "./anchors.js";
import "./tables.js";
import "./matcher.js";
import { ApiError, bundledFile, getJSON } from "./api.js";

const KEY = "lexicon";
/** The form of the document that this version's matcher reads. */
const FORMAT = 2;
/** A lexicon of 20,000 names is about 2 MB; more than this is no lexicon. */
const MOST_LENDERS = 100_000;
/** So many of a new lexicon's own lenders are looked for before it is kept. */
const TRIED = 100;

/** Whether the data has the form the matcher and the card rely on. */
/** @param {unknown} data @returns {data is Zhiquan.LexiconData} */
export function isLexicon(data) {
  if (typeof data !== "object" || data === null) return false;
  const { format, lenders, match } = /** @type {Partial<Zhiquan.LexiconData>} */ (data);
  if (format !== FORMAT || typeof match?.names !== "string") return false;
  if (!Array.isArray(lenders) || lenders.length === 0 || lenders.length > MOST_LENDERS)
    return false;
  return lenders.every(
    (lender) =>
      typeof lender === "object" &&
      lender !== null &&
      typeof lender.id === "string" &&
      typeof lender.name === "string" &&
      lender.name.length > 0,
  );
}

/** Whether the matcher can work with it: names of its own lenders are found in a list of them. */
/** @param {Zhiquan.LexiconData} data */
function isUsable(data) {
  const names = data.lenders.slice(0, TRIED).map(({ name }) => name);
  try {
    return ZhiquanMatcher.create(data).find(names.join("\n")).length > 0;
  } catch {
    return false; // whatever is wrong with it, the last good one stays
  }
}

/** @returns {Promise<Zhiquan.StoredLexicon | null>} */
export async function loadLexicon() {
  const kept = await chrome.storage.local.get(KEY);
  const stored = /** @type {Zhiquan.StoredLexicon | undefined} */ (kept[KEY]);
  return stored && isLexicon(stored.data) ? stored : null;
}

/** Stores the bundled lexicon unless one from an API is there; for the first start and updates. */
export async function ensureLexicon() {
  const stored = await loadLexicon();
  // Kept again after an update too: the matcher's tables may have another form now.
  if (stored?.origin === "api") return keep(stored);
  const data = await bundledFile("lexicon.json");
  if (!isLexicon(data)) return stored;
  return save({ origin: "bundled", address: "", etag: "", data });
}

/**
 * The newest lexicon from the API. Throws an ApiError when the API cannot be reached or
 * serves something else; what is stored then stays as it is.
 * @param {string} address
 */
export async function refreshLexicon(address) {
  const { data, etag } = await getJSON(address, "/v1/lexicon", isLexicon);
  const stored = await loadLexicon();
  const isSame = stored?.origin === "api" && stored.address === address && stored.etag === etag;
  // An unchanged lexicon is not written again: every open page would be told of a change.
  if (stored && isSame && etag) return stored;
  if (!isUsable(data)) throw new ApiError(`${address}: the lexicon does not work`);
  return save({ origin: "api", address, etag, data });
}

/** @param {Omit<Zhiquan.StoredLexicon, "checkedAt">} lexicon */
const save = (lexicon) => keep({ ...lexicon, checkedAt: new Date().toISOString() });

/** Stores the lexicon with the matcher's tables, so that no page has to make them. */
/** @param {Zhiquan.StoredLexicon} lexicon */
async function keep(lexicon) {
  const stored = { ...lexicon, data: ZhiquanTables.prepare(lexicon.data) };
  await chrome.storage.local.set({ [KEY]: stored });
  return stored;
}
