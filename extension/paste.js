/** The paste box: a message is read on this device, and nothing of it is stored or sent. */

import "./around.js";
import "./notes.js";
import { bundledFile } from "./api.js";
import { loadLexicon } from "./lexicon.js";
import { find, make, preparePage, say, send } from "./page.js";
import { findNumbers, findWords, withoutOverlaps } from "./signs.js";

/** So many topics lead to advice; a list of everything helps nobody. */
const MOST_TOPICS = 4;
const MOST_ADVICE = 6;
/** Topics of this severity or more are what collectors may not do; others only tell the matter. */
const GRAVE = 70;

await preparePage();
const box = find("text", HTMLTextAreaElement);
const result = find("result", HTMLElement);
const [topics, hotlines, lexicon, law] = await Promise.all([
  send("get-topics", {}),
  send("get-hotlines", {}),
  loadLexicon(),
  /** @type {Promise<Zhiquan.NoteData | null>} */ (bundledFile("currency.json")),
]);
const matcher = lexicon && ZhiquanMatcher.create(lexicon.data);
const outdated =
  law &&
  matcher &&
  ZhiquanNotes.createMatcher(law, {
    lenders: matcher,
    outdated: true,
    numbers: false,
    today: ZhiquanNotes.today(),
  });
const names = new Map(lexicon?.data.lenders.map(({ id, name }) => [id, name]));

/** Public hotlines and the lenders' verified ones, by their digits. */
function knownNumbers() {
  const known = new Map((hotlines ?? []).map(({ number, name }) => [number, name]));
  for (const { hotline, name } of lexicon?.data.lenders ?? []) {
    if (hotline) known.set(hotline.replace(/\D/g, ""), name);
  }
  return known;
}

/** @param {string} text */
function read(text) {
  const numbers = findNumbers(text, knownNumbers());
  const words = findWords(text, topics ?? []);
  const lenders = matcher?.find(text) ?? [];
  const stale = outdated?.find(text) ?? [];
  return { numbers, words, lenders, stale };
}

/** @param {string} topic */
function severity(topic) {
  return topics?.find(({ id }) => id === topic)?.severity ?? 0;
}

/** A dot for each digit: what nobody verified stays where the person wrote it, not in a result. */
/** @param {string} number */
const masked = (number) => number.replace(/[0-9０-９]/g, "•");

/** @param {string} text @param {ReturnType<typeof read>} found */
function showMarked(text, { numbers, words, lenders, stale }) {
  const firm = [
    ...numbers.map((one) => ({ ...one, className: one.verified ? "known" : "number" })),
    ...lenders.map(({ start, end }) => ({ start, end, className: "lender" })),
    ...stale.map(({ start, end }) => ({ start, end, className: "stale" })),
  ];
  // A law that no longer holds is worth more than the topic's word that it stands in.
  const marks = withoutOverlaps([
    ...firm,
    ...words
      .filter(({ start, end }) => !firm.some((one) => one.start < end && start < one.end))
      .map((one) => ({ ...one, className: severity(one.topic) < GRAVE ? "mild" : "" })),
  ]);
  /** @type {(Node | string)[]} */
  const nodes = [];
  let at = 0;
  for (const { start, end, className } of marks) {
    const words = text.slice(start, end);
    const shown = className === "number" ? masked(words) : words;
    nodes.push(text.slice(at, start), make("mark", { text: shown, className }));
    at = end;
  }
  find("marked", HTMLParagraphElement).replaceChildren(...nodes, text.slice(at));
}

/** Topics by how many different words of them were found, then by urgency. */
/** @param {ReturnType<typeof read>} found @param {string} text */
function rankTopics({ words }, text) {
  const hits = new Map(
    (topics ?? []).map(({ id }) => [id, /** @type {Set<string>} */ (new Set())]),
  );
  for (const { topic, start, end } of words) hits.get(topic)?.add(text.slice(start, end));
  return (topics ?? [])
    .map((topic) => ({ topic, words: [...(hits.get(topic.id) ?? [])] }))
    .filter(({ words: list }) => list.length > 0)
    .sort((a, b) => b.words.length - a.words.length || b.topic.severity - a.topic.severity)
    .slice(0, MOST_TOPICS);
}

/** @param {ReturnType<typeof rankTopics>} ranked @param {string} lender */
function makeTopics(ranked, lender) {
  return ranked.map(({ topic, words }) => {
    const link = make("a", topic.name);
    link.href = `guidance.html?${new URLSearchParams({ id: `house:${topic.id}`, lender })}`;
    link.target = "_blank";
    const list = make("span", {
      text: words.map((word) => `“${word}”`).join(" "),
      className: "words",
    });
    return make("div", { className: "topic" }, make("strong", {}, link), list);
  });
}

/** @param {ReturnType<typeof read>["numbers"]} numbers */
function makeNumbers(numbers) {
  if (numbers.length === 0) return [];
  const known = numbers.flatMap(({ number, verified }) =>
    verified ? [say("numberKnown", number, verified)] : [],
  );
  const unknown = new Set(numbers.filter(({ verified }) => !verified).map((one) => one.number));
  const lines = unknown.size > 0 ? [say("numberUnknown", unknown.size)] : [];
  const items = [...new Set(known), ...lines].map((words) => make("li", words));
  const list = make("ul", { className: "plain" }, ...items);
  return [make("h2", say("pasteNumbers")), list];
}

/** What the message cites and does not hold any more: real notices cite what does. */
/** @param {ReturnType<typeof read>["stale"]} stale */
function makeStale(stale) {
  if (!law || stale.length === 0) return [];
  const list = make("ul", { className: "plain" });
  for (const [surface, id] of new Map(stale.map((one) => [one.surface, one.lender]))) {
    const { status, lines } = ZhiquanNotes.describe(law, id);
    const said = [status, ...lines.slice(0, -1)].join("\u3000");
    list.append(make("li", {}, make("strong", surface), "\u3000", said));
  }
  return [make("h2", say("pasteStale")), list];
}

/** @param {ReturnType<typeof rankTopics>} ranked @param {string} lender */
async function makeAdvice(ranked, lender) {
  const texts = await Promise.all(
    ranked.map(({ topic }) => send("get-guidance", { id: `house:${topic.id}`, lender })),
  );
  /** @type {Zhiquan.Section["kind"][]} */
  const kinds = ["save", "avoid", "contacts"];
  return kinds.flatMap((kind) => {
    const items = texts.flatMap(
      (text) =>
        text?.sections.filter((part) => part.kind === kind).flatMap((part) => part.items) ?? [],
    );
    const unique = [...new Set(items)].slice(0, MOST_ADVICE);
    if (unique.length === 0) return [];
    const list = make("ul", { className: "plain" }, ...unique.map((item) => make("li", item)));
    return [make("h2", say(`section_${kind}`)), list];
  });
}

let latest = 0;

async function check() {
  const text = box.value;
  if (!text.trim()) return;
  const mine = ++latest;
  const found = read(text);
  const lender = found.lenders[0]?.lender ?? "";
  const ranked = rankTopics(found, text);
  const advice = await makeAdvice(ranked, lender);
  if (mine !== latest) return; // emptied or checked anew while the advice was on its way
  showMarked(text, found);
  const about = [...new Set(found.lenders.map((one) => names.get(one.lender) ?? one.surface))];
  const findings = find("findings", HTMLDivElement);
  findings.replaceChildren(
    ...(ranked.length > 0 ? [make("h2", say("pasteTopics"))] : [make("p", say("pasteNothing"))]),
    ...makeTopics(ranked, lender),
    ...(about.length > 0 ? [make("p", say("pasteLenders", about.join("、")))] : []),
    ...makeNumbers(found.numbers),
    ...makeStale(found.stale),
    ...advice,
  );
  result.hidden = false;
}

find("form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});
find("empty", HTMLButtonElement).addEventListener("click", () => {
  latest += 1;
  box.value = "";
  result.hidden = true;
  find("findings", HTMLDivElement).replaceChildren();
  find("marked", HTMLParagraphElement).replaceChildren();
  box.focus();
});
