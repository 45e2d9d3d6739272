/** The house's own guidance and the facts about lenders that the extension carries with it. */

import { bundledFile } from "./api.js";

/**
 * What data/guidance.json holds; written by `zhiquan pack` from seeds/.
 * @typedef {{
 *   version: string;
 *   topics: (Zhiquan.TopicWords & { nameEn: string })[];
 *   routes: { kinds: string[]; steps: string[]; note: string }[];
 *   hotlines: { number: string; name: string; accepts: string }[];
 *   guidance: HouseText[];
 * }} House
 *
 * Whom to contact about a lender of one of these kinds; no kinds: about any.
 * @typedef {{ kinds: string[]; numbers: string[]; what: string }} Contact
 *
 * @typedef {{
 *   id: string; topic: string; title: string; titleEn: string; summaryEn: string; checked: string;
 *   sections: Zhiquan.Section[]; contacts: Contact[]; citations: Omit<Zhiquan.Citation, "start" | "end">[];
 *   letters: Zhiquan.Letter[]; deadlines: Zhiquan.Deadline[];
 * }} HouseText
 */

const MOST_RELATED = 4;
/** A text with advice for this kind of lender goes before others of the same urgency. */
const FITTING = 5;

/** What a text is worth to a query whose words it has, and for each firm word of its topic. */
const LITERAL = 1;
const STRONG = 2;

/** @type {Set<Zhiquan.Currency>} */
const HOLDING = new Set(["current", "amended", "unknown", "explained", "withdrawn"]);

/** @type {House} */
const NOTHING = { version: "", topics: [], routes: [], hotlines: [], guidance: [] };

/** @type {Promise<House> | null} */
let loading = null;

/** What the extension carries, with names and titles in the person's language. */
/** @returns {Promise<House>} */
export function loadHouse() {
  loading ??= bundledFile("guidance.json").then((data) => {
    const house = { ...NOTHING, .../** @type {Partial<House> | null} */ (data) };
    return chrome.i18n.getUILanguage().startsWith("zh") ? house : inEnglish(house);
  });
  return loading;
}

/** The house with English names and titles, and a summary before each text. */
/** @param {House} house @returns {House} */
export function inEnglish(house) {
  return {
    ...house,
    topics: house.topics.map((topic) => ({ ...topic, name: topic.nameEn })),
    guidance: house.guidance.map((text) => ({
      ...text,
      title: text.titleEn,
      sections: [{ kind: "summary", items: [text.summaryEn] }, ...text.sections],
    })),
  };
}

/** Where to complain about a lender of this kind, first step first; [] when not known. */
/** @param {House} house @param {string} kind */
export function stepsFor(house, kind) {
  return house.routes.find(({ kinds }) => kinds.includes(kind))?.steps ?? [];
}

/** The house's guidance for a kind of lender: what is written for it first, then by urgency. */
/** @param {string} kind @returns {Promise<Zhiquan.GuidanceItem[]>} */
export async function listHouse(kind) {
  const house = await loadHouse();
  const urgency = new Map(house.topics.map(({ id, severity }) => [id, severity]));
  /** @param {HouseText} text */
  const weigh = ({ topic, contacts }) =>
    (urgency.get(topic) ?? 0) + (contacts.some(({ kinds }) => kinds.includes(kind)) ? FITTING : 0);
  return [...house.guidance].sort((a, b) => weigh(b) - weigh(a)).map(toItem);
}

/**
 * The house's guidance that a query asks for, what fits best first: texts that have all of its
 * words, and texts on a topic of which the query has a word. Names of lenders ask for nothing.
 * @param {House} house
 * @param {string} query
 * @param {string[]} names
 * @returns {Zhiquan.GuidanceItem[]}
 */
export function searchHouse(house, query, names) {
  const asked = names.reduce((rest, name) => rest.replaceAll(name, " "), query).toLowerCase();
  const words = asked.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const topics = new Map(house.topics.map((topic) => [topic.id, topic]));
  /** @param {HouseText} text */
  const weigh = (text) => {
    const all = wordsOf(text);
    const topic = topics.get(text.topic);
    const strong = topic?.strong.filter((word) => asked.includes(word)).length ?? 0;
    const weak = topic?.weak.filter((word) => asked.includes(word)).length ?? 0;
    return LITERAL * Number(words.every((word) => all.includes(word))) + STRONG * strong + weak;
  };
  return house.guidance
    .map((text) => ({ text, weight: weigh(text), gravity: topics.get(text.topic)?.severity ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.gravity - a.gravity)
    .map(({ text }) => toItem(text));
}

/** @param {HouseText} text */
function wordsOf({ title, titleEn, summaryEn, sections, contacts }) {
  const items = [...sections.flatMap((one) => one.items), ...contacts.map(({ what }) => what)];
  const numbers = contacts.flatMap((one) => one.numbers);
  return [title, titleEn, summaryEn, ...items, ...numbers].join("\n").toLowerCase();
}

/** @param {HouseText} text @returns {Zhiquan.GuidanceItem} */
function toItem({ id, title, topic, checked, citations }) {
  const outdated = countOutdated(citations);
  return { id, title, origin: "house", topics: [topic], published: checked, outdated };
}

/** How many of the citations no longer hold. */
/** @param {{ status: Zhiquan.Currency }[]} citations */
export function countOutdated(citations) {
  return citations.filter(({ status }) => !HOLDING.has(status)).length;
}

/**
 * A house text as opened for a lender (or for none), or null when there is none with this id.
 * @param {string} id
 * @param {Zhiquan.LexiconLender | null} lender
 * @returns {Promise<Zhiquan.Guidance | null>}
 */
export async function openHouse(id, lender) {
  const house = await loadHouse();
  const text = house.guidance.find((one) => one.id === id);
  if (!text) return null;
  const kind = lender?.kind ?? "";
  const related = (await listHouse(kind)).filter((item) => item.id !== id).slice(0, MOST_RELATED);
  return {
    id,
    title: text.title,
    origin: "house",
    url: null,
    source: null,
    published: null,
    fetchedAt: null,
    checked: text.checked,
    topics: [text.topic],
    lenders: lender ? [{ id: lender.id, name: lender.name }] : [],
    blocks: [],
    citations: text.citations.map((citation) => ({ ...citation, start: 0, end: 0 })),
    contacts: [],
    copies: [],
    related,
    sections: withContacts(text, house, kind),
    letters: text.letters,
    deadlines: text.deadlines,
  };
}

/**
 * The sections, with whom to contact before what not to do; for a known kind of lender only
 * what holds for it.
 * @param {HouseText} text
 * @param {House} house
 * @param {string} kind
 * @returns {Zhiquan.Section[]}
 */
function withContacts(text, house, kind) {
  const names = new Map(house.hotlines.map(({ number, name }) => [number, name]));
  const fitting = text.contacts.filter(
    ({ kinds }) => kind === "" || kinds.length === 0 || kinds.includes(kind),
  );
  const items = fitting.map(({ numbers, what }) => {
    const calls = numbers.map((number) =>
      `${number}(${names.get(number) ?? ""})`.replace("()", ""),
    );
    return [calls.join("、"), what].filter(Boolean).join(":");
  });
  const avoid = text.sections.filter(({ kind: part }) => part === "avoid");
  const others = text.sections.filter(({ kind: part }) => part !== "avoid");
  return [...others, { kind: "contacts", items }, ...avoid];
}
