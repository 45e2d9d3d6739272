/** Curated articles from the API; what was opened before stays readable without it. */

import { ApiError, getJSON, postJSON } from "./api.js";
import { keep, keepAll, takeKept } from "./shelf.js";

const INDEX = "/v1/guidance";
/** The index is read in parts of this many, at most so many parts. */
const PART = 100;
const MOST_PARTS = 20;
/** So many lenders' newest articles are fetched before anybody asks for them. */
const MOST_AHEAD = 200;
/** They come in bundles of this many whole articles, the newest first, at most so many. */
const BUNDLE = 50;
const MOST_BUNDLES = 8;

/** Notes of the API that stand in place of a status. */
const NOTED = new Map([
  ["annotated", "explained"],
  ["withdrawn", "withdrawn"],
]);

/** @typedef {Record<string, any>} Loose */

/** @param {unknown} data @returns {data is Loose} */
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** @param {unknown} value @returns {Loose[]} */
function objects(value) {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** @param {unknown} data @returns {data is { items: Loose[]; next?: string | null }} */
function isList(data) {
  return isObject(data) && Array.isArray(data.items) && data.items.every(isObject);
}

/** @param {unknown} data @returns {data is Loose} */
function isArticle(data) {
  return isObject(data) && Array.isArray(data.blocks);
}

/**
 * Keeps the list of all articles and each lender's newest article: opening a lender's card
 * then asks the network nothing, and what is fetched tells nothing about the person. Throws
 * an ApiError when the API does not answer.
 * @param {string} address
 */
export async function fetchAhead(address) {
  const items = await fetchIndex(address);
  const wanted = new Set(newestOfEach(items));
  const bundled = await fetchBundles(address, wanted);
  await keepAll([...bundled, [INDEX, { items }]]);
  for (const [path] of bundled) wanted.delete(decodeURIComponent(path.slice(INDEX.length + 1)));
  for (const id of wanted) await fetchOrKept(address, id);
}

/**
 * The wanted articles as far as bundles bring them, by their path.
 * @param {string} address
 * @param {Set<string>} wanted
 * @returns {Promise<[string, Loose][]>}
 */
async function fetchBundles(address, wanted) {
  /** @type {Map<string, Loose>} */
  const found = new Map();
  try {
    let cursor = "";
    for (let part = 0; part < MOST_BUNDLES && found.size < wanted.size; part++) {
      const path = `/v1/bundle?limit=${BUNDLE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { data } = await getJSON(address, path, isList);
      for (const item of data.items) {
        if (wanted.has(String(item.id)) && isArticle(item))
          found.set(pathOf(String(item.id)), item);
      }
      if (!data.next) break;
      cursor = data.next;
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error; // no bundles here: each is asked for itself
  }
  return [...found];
}

/** @param {string} address */
async function fetchIndex(address) {
  /** @type {Loose[]} */
  const items = [];
  let cursor = "";
  for (let part = 0; part < MOST_PARTS; part++) {
    const path = `${INDEX}?limit=${PART}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { data } = await getJSON(address, path, isList);
    items.push(...data.items);
    if (!data.next) break;
    cursor = data.next;
  }
  return items;
}

/** @param {Loose[]} items the newest first @returns {string[]} */
function newestOfEach(items) {
  /** @type {Map<string, string>} */
  const newest = new Map();
  for (const { id, lenders } of items) {
    for (const lender of strings(lenders)) if (!newest.has(lender)) newest.set(lender, String(id));
  }
  return [...new Set(newest.values())].slice(0, MOST_AHEAD);
}

/** The articles about a lender, the newest first, without asking the network. */
/** @param {string} lender @returns {Promise<Zhiquan.GuidanceItem[]>} */
export async function listArticles(lender) {
  const index = await takeKept(INDEX);
  if (!isList(index)) return [];
  const items = index.items.filter(({ lenders }) => strings(lenders).includes(lender));
  return Promise.all(items.map(toItem));
}

/** @param {string} address @param {string} query @returns {Promise<Zhiquan.GuidanceItem[]>} */
export async function searchArticles(address, query) {
  const { data } = await getJSON(address, `/v1/search?q=${encodeURIComponent(query)}`, isList);
  return Promise.all(data.items.map(toItem));
}

/** @param {Loose} item @returns {Promise<Zhiquan.GuidanceItem>} */
async function toItem(item) {
  const id = String(item.id);
  const kept = item.citation_summary ? item : await takeKept(pathOf(id));
  const summary = isObject(kept) ? kept.citation_summary : null;
  return {
    id,
    title: String(item.title ?? ""),
    origin: "article",
    topics: strings(item.topics),
    published: stringOrNull(item.published),
    outdated: isObject(summary) ? Number(summary.outdated ?? 0) : 0,
  };
}

/** @param {string} id */
const pathOf = (id) => `${INDEX}/${encodeURIComponent(id)}`;

/** An article as opened, or null when the API does not answer and it was never opened. */
/** @param {string} address @param {string} id @returns {Promise<Zhiquan.Guidance | null>} */
export async function openArticle(address, id) {
  const data = await fetchOrKept(address, id);
  return data ? toGuidance(data) : null;
}

/** Tells the API what is wrong with an article; false when it did not take it. */
/** @param {string} address @param {string} id @param {Zhiquan.ReportKind} kind */
export async function reportArticle(address, id, kind) {
  try {
    await postJSON(address, `${pathOf(id)}/reports`, { kind });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}

/** @param {string} address @param {string} id @returns {Promise<Loose | null>} */
async function fetchOrKept(address, id) {
  const path = pathOf(id);
  try {
    const { data } = await getJSON(address, path, isArticle);
    await keep(path, data);
    return data;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const kept = await takeKept(path);
    return isArticle(kept) ? kept : null;
  }
}

/** @param {unknown} value */
function stringOrNull(value) {
  return typeof value === "string" && value ? value : null;
}

/** Strings out of a list of strings or of objects with an id or name. */
/** @param {unknown} value @returns {string[]} */
function strings(value) {
  if (!Array.isArray(value)) return [];
  return value
    .map((one) => String(isObject(one) ? (one.id ?? one.name ?? "") : one))
    .filter(Boolean);
}

/** Code-point offsets become UTF-16 ones. */
/** @param {string} text @returns {(offset: number) => number} */
export function converter(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const at = [0];
  for (const character of text) at.push((at.at(-1) ?? 0) + character.length);
  return (offset) => at[offset] ?? text.length;
}

/** @param {Loose} data @returns {Zhiquan.Guidance} */
function toGuidance(data) {
  /** @type {Zhiquan.Block[]} */
  const blocks = objects(data.blocks).map((block) => ({
    type: block.type,
    text: String(block.text ?? ""),
    links: objects(block.links).map(({ text, url }) => ({ text: String(text), url: String(url) })),
  }));
  const toUTF16 = converter(blocks.map(({ text }) => text).join("\n"));
  return {
    id: String(data.id),
    title: String(data.title ?? ""),
    origin: "article",
    url: stringOrNull(data.url),
    source: stringOrNull(data.source),
    published: stringOrNull(data.published),
    fetchedAt: stringOrNull(data.fetched_at),
    checked: null,
    topics: strings(data.topics),
    lenders: objects(data.lenders).map(({ id, name }) => ({ id: String(id), name: String(name) })),
    blocks,
    citations: objects(data.citations).map((citation) => ({
      text: String(citation.text ?? ""),
      kind: citation.kind,
      status: NOTED.get(citation.note) ?? citation.status ?? "unknown",
      successor: stringOrNull(citation.successor),
      since: stringOrNull(citation.since),
      start: toUTF16(Number(citation.start)),
      end: toUTF16(Number(citation.end)),
      validWhenPublished: citation.valid_when_published ?? null,
    })),
    contacts: objects(data.contacts).map((contact) => ({
      number: String(contact.number ?? ""),
      verified: contact.status === "verified",
      owner: stringOrNull(contact.owner),
      start: toUTF16(Number(contact.start)),
      end: toUTF16(Number(contact.end)),
    })),
    copies: objects(data.sources)
      .filter(({ representative }) => representative !== true)
      .map(({ host, url, published }) => ({
        title: String(host ?? url ?? ""),
        url: String(url ?? ""),
        published: stringOrNull(published),
      })),
    related: objects(data.siblings).map((sibling) => ({
      id: String(sibling.id),
      title: String(sibling.title ?? ""),
      origin: "article",
      topics: [],
      published: null,
      outdated: 0,
    })),
    sections: [],
    letters: [],
    deadlines: [],
  };
}
