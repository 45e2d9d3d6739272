/** Text with its citations judged and its unverified numbers hidden, as nodes to show. */

import { countOutdated } from "./house.js";
import { make, say } from "./page.js";

/** @type {Record<Zhiquan.Currency, string>} */
const TONE = {
  current: "good",
  amended: "good",
  renamed: "warn",
  superseded: "bad",
  repealed: "bad",
  never_in_force: "bad",
  misattributed: "bad",
  unknown: "",
  explained: "",
  withdrawn: "",
};

/** @param {Pick<Zhiquan.Citation, "status" | "successor" | "since">} citation */
export function makeBadge({ status, successor, since }) {
  const words = [say(`currency_${status}`)];
  if (successor && status !== "current") words.push(`→ ${successor}`);
  const badge = make("span", { text: words.join(" "), className: `badge ${TONE[status] ?? ""}` });
  if (since) badge.title = say("sinceDate", since);
  return badge;
}

/**
 * The line that says how current an article's law is, or null when it cites nothing.
 * @param {Zhiquan.Citation[]} citations
 */
export function makeSummary(citations) {
  if (citations.length === 0) return null;
  const outdated = countOutdated(citations);
  const text =
    outdated > 0
      ? say("citesOutdated", citations.length, outdated)
      : say("citesCurrent", citations.length);
  return make("p", { text, className: `summary ${outdated > 0 ? "warn" : "good"}` });
}

/**
 * @typedef {{ start: number; end: number; citation?: Zhiquan.Citation; contact?: Zhiquan.Contact }} Mark
 */

/** Citations and numbers in order, none over another. */
/** @param {Zhiquan.Guidance} guidance @returns {Mark[]} */
function findMarks({ citations, contacts }) {
  /** @type {Mark[]} */
  const marks = [
    ...citations.map((citation) => ({ start: citation.start, end: citation.end, citation })),
    ...contacts.map((contact) => ({ start: contact.start, end: contact.end, contact })),
  ];
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  return marks.filter(({ start, end }) => {
    if (!(start >= reached && end > start)) return false;
    reached = end;
    return true;
  });
}

/**
 * For each block of the guidance the nodes that show its text.
 * @param {Zhiquan.Guidance} guidance
 * @returns {(Node | string)[][]}
 */
export function markBlocks(guidance) {
  const marks = findMarks(guidance);
  let offset = 0;
  return guidance.blocks.map(({ text }) => {
    const from = offset;
    offset += text.length + 1;
    const to = from + text.length;
    // A title may be broken over two blocks: it is marked where it begins.
    const inside = marks
      .filter(({ start }) => start >= from && start < to)
      .map((mark) => ({ ...mark, end: Math.min(mark.end, to) }));
    return markText(text, inside, from);
  });
}

/** @param {string} text @param {Mark[]} marks @param {number} from */
function markText(text, marks, from) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let at = 0;
  for (const { start, end, citation, contact } of marks) {
    nodes.push(text.slice(at, start - from));
    at = end - from;
    const words = text.slice(start - from, at);
    if (citation) nodes.push(...makeCitation(words, citation));
    else if (contact?.verified) nodes.push(make("strong", words));
    else nodes.push(makeMasked());
  }
  nodes.push(text.slice(at));
  return nodes.filter(Boolean);
}

/** @param {string} words @param {Zhiquan.Citation} citation */
function makeCitation(words, citation) {
  const cite = make("cite", { text: words, className: TONE[citation.status] });
  const badge = makeBadge(citation);
  if (citation.validWhenPublished && TONE[citation.status] !== "good") {
    badge.append(`(${say("validThen")})`);
  }
  return [cite, badge];
}

function makeMasked() {
  const masked = make("span", { text: say("numberHidden"), className: "masked" });
  masked.title = say("numberHiddenWhy");
  return masked;
}
