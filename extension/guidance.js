/** The page that opens a guidance, in the side panel or a tab; without one, the list of all. */

import { makeDeadlines } from "./calendar.js";
import { makeBadge, makeSummary, markBlocks } from "./citations.js";
import { makeLetters } from "./letters.js";
import {
  find,
  make,
  makeItem,
  makeLink,
  preparePage,
  say,
  send,
  setTextSize,
  webAddress,
} from "./page.js";
import { changeSettings } from "./settings.js";

const STEP = 10;
const main = find("main", HTMLElement);
const query = new URLSearchParams(location.search);
const lender = query.get("lender") ?? "";
const settings = await preparePage();

/** @param {Zhiquan.Guidance} guidance @param {Map<string, string>} topicNames */
function showGuidance(guidance, topicNames) {
  document.title = guidance.title;
  const about = guidance.lenders.map(({ name }) => name).join("、");
  main.append(make("h1", guidance.title));
  main.append(make("p", { text: describeSource(guidance), className: "meta" }));
  const chips = [about, ...guidance.topics.map((id) => topicNames.get(id) ?? "")];
  main.append(makeChips(chips.filter(Boolean)));
  const summary = makeSummary(guidance.citations);
  if (summary) main.append(summary);
  for (const section of guidance.sections) main.append(...makeSection(section));
  if (guidance.blocks.length > 0) main.append(makeArticle(guidance));
  if (guidance.origin === "house" && guidance.citations.length > 0)
    main.append(...makeLaw(guidance));
  main.append(...makeDeadlines(guidance), ...makeLetters(guidance, about));
  main.append(...makeSources(guidance), ...makeReport(guidance), ...makeRelated(guidance));
}

/** @param {Zhiquan.Guidance} guidance */
function describeSource({ origin, checked, published, source, fetchedAt }) {
  if (origin === "house") return say("houseChecked", checked ?? "—");
  const parts = [source ?? "", published ? say("publishedOn", published) : say("noDate")];
  if (fetchedAt) parts.push(say("fetchedOn", fetchedAt.slice(0, 10)));
  return parts.filter(Boolean).join(" · ");
}

/** @param {string[]} words */
function makeChips(words) {
  const list = make("ul", { className: "chips" });
  for (const word of words) list.append(make("li", { text: word, className: "chip" }));
  return list;
}

/** @param {string} text */
const makeParagraph = (text) => make("p", text);

/** @param {Zhiquan.Section} section */
function makeSection({ kind, items }) {
  if (items.length === 0) return [];
  if (kind === "first") {
    const answer = make("div", { className: "answer" }, ...items.map(makeParagraph));
    return [answer];
  }
  if (kind === "summary") return [make("h2", say("section_summary")), ...items.map(makeParagraph)];
  const list = make(kind === "steps" ? "ol" : "ul", {
    className: kind === "steps" ? "steps" : "plain",
  });
  for (const item of items) list.append(make("li", item));
  const heading = make("h2", say(`section_${kind}`));
  return kind === "avoid"
    ? [make("section", { className: "avoid" }, heading, list)]
    : [heading, list];
}

/** @param {string} one @param {string} other */
const isSame = (one, other) => one.replace(/\s/g, "") === other.replace(/\s/g, "");

/** @param {Zhiquan.Guidance} guidance */
function makeArticle(guidance) {
  const article = make("article", { className: "article" });
  const texts = markBlocks(guidance);
  /** @type {HTMLElement | null} */
  let list = null;
  for (const [at, { type, text, links }] of guidance.blocks.entries()) {
    // A report's headline is the page's title, which stands above.
    if (at === 0 && texts[0].length === 1 && isSame(text, guidance.title)) continue;
    if (type === "list_item" || type === "table_row") {
      if (!list) {
        list = make("ul", { className: "rows list" });
        article.append(list);
      }
      list.append(make("li", {}, ...texts[at]));
    } else {
      list = null;
      const tag = type === "heading" ? "h2" : type === "quote" ? "blockquote" : "p";
      article.append(make(tag, {}, ...texts[at]));
    }
    const addresses = links.filter(({ url }) => webAddress(url));
    if (addresses.length > 0) {
      article.append(
        make("p", { className: "links" }, ...addresses.map(({ text, url }) => makeLink(url, text))),
      );
    }
  }
  return article;
}

/** @param {Zhiquan.Guidance} guidance */
function makeLaw({ citations }) {
  const list = make("ul", { className: "plain" });
  for (const citation of citations) list.append(make("li", {}, citation.text, makeBadge(citation)));
  return [make("h2", say("section_law")), list];
}

/** @param {Zhiquan.Guidance} guidance */
function makeSources({ url, copies, title }) {
  const parts = [];
  const address = webAddress(url);
  if (address) {
    parts.push(make("h2", say("source")), make("p", {}, makeLink(address, title || address)));
  }
  const others = copies.filter((copy) => webAddress(copy.url));
  if (others.length > 0) {
    const list = make("ul", { className: "plain" });
    for (const copy of others) {
      list.append(make("li", {}, makeLink(copy.url, copy.title), ` ${copy.published ?? ""}`));
    }
    parts.push(make("details", {}, make("summary", say("copies", others.length)), list));
  }
  return parts;
}

/** Buttons that tell the API what is wrong with an article; nothing is sent without a click. */
/** @param {Zhiquan.Guidance} guidance */
function makeReport({ id, origin }) {
  if (origin !== "article") return [];
  const told = make("span", { className: "soft" });
  told.role = "status";
  /** @type {Zhiquan.ReportKind[]} */
  const kinds = ["outdated", "wrong_lender", "not_useful"];
  const buttons = kinds.map((kind) => {
    const button = make("button", say(`report_${kind}`));
    button.addEventListener("click", async () => {
      for (const one of buttons) one.disabled = true;
      const taken = await send("report", { id, kind });
      told.textContent = say(taken ? "reportTaken" : "reportFailed");
      if (!taken) for (const one of buttons) one.disabled = false;
    });
    return button;
  });
  const row = make("div", { className: "row" }, ...buttons, told);
  return [
    make(
      "details",
      { className: "no-print" },
      make("summary", say("report")),
      make("p", { text: say("reportText"), className: "meta" }),
      row,
    ),
  ];
}

/** @param {Zhiquan.Guidance} guidance */
function makeRelated({ related }) {
  if (related.length === 0) return [];
  const list = make(
    "ul",
    { className: "list no-print" },
    ...related.map((item) => makeItem(item, lender)),
  );
  return [make("h2", { text: say("related"), className: "no-print" }), list];
}

async function showList() {
  document.title = say("allGuidance");
  const input = make("input");
  input.type = "search";
  input.id = "query";
  input.placeholder = input.ariaLabel = say("searchGuidance");
  const form = make(
    "form",
    { className: "row" },
    input,
    make("button", { text: say("search"), className: "main" }),
  );
  const list = make("ul", { className: "list" });
  const state = make("p", { className: "meta" });
  state.role = "status";
  /** @param {Zhiquan.GuidanceItem[]} items */
  const fill = (items) => {
    list.replaceChildren(...items.map((item) => makeItem(item, lender)));
    state.textContent = items.length > 0 ? say("countGuidance", items.length) : say("noResults");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = input.value.trim();
    const type = words ? "search" : "list-guidance";
    fill((await send(type, /** @type {any} */ ({ query: words }))) ?? []);
  });
  main.append(make("h1", say("allGuidance")), make("search", {}, form), state, list);
  fill((await send("list-guidance", {})) ?? []);
}

function listen() {
  let size = settings.textSize;
  /** @param {number} change */
  const resize = async (change) => {
    size = (await changeSettings({ textSize: size + change })).textSize;
    setTextSize(size);
  };
  find("smaller", HTMLButtonElement).addEventListener("click", () => resize(-STEP));
  find("larger", HTMLButtonElement).addEventListener("click", () => resize(STEP));
  find("print", HTMLButtonElement).addEventListener("click", () => print());
}

listen();
const id = query.get("id");
if (id) {
  const [guidance, topics] = await Promise.all([
    send("get-guidance", { id, lender }),
    send("get-topics", {}),
  ]);
  if (guidance)
    showGuidance(guidance, new Map((topics ?? []).map((topic) => [topic.id, topic.name])));
  else main.append(make("h1", say("cannotOpen")), make("p", say("cannotOpenWhy")));
} else {
  await showList();
}
main.ariaBusy = "false";
