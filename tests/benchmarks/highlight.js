/** The ways to find names that bench_highlight.py times; each works on the page's body. */

import AhoCorasick from "../../node_modules/modern-ahocorasick/dist/fast.js";

let lexicon;
let names;
let matcher;
let automaton;
let pattern;
let scanner;

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

window.prepare = (data) => {
  lexicon = ZhiquanTables.prepare(JSON.parse(data.lexicon)); // as the background keeps it
  names = data.names;
  automaton = new AhoCorasick(names);
  pattern = new RegExp(
    [...names]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join("|"),
    "g",
  );
};

/** Milliseconds until the index is ready: the median, the first runs warm the code up. */
window.makeIndex = () => {
  const times = [];
  for (let turn = 0; turn < 9; turn++) {
    const start = performance.now();
    matcher = ZhiquanMatcher.create(lexicon);
    matcher.mayContain("贷");
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4];
};

window.fill = (body) => {
  scanner?.stop();
  scanner = undefined;
  document.body.innerHTML = body;
  document.body.getBoundingClientRect();
};

function* textNodes() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

/** Resolves when the scanner has read the page. */
function started(painter) {
  return new Promise((resolve) => {
    scanner = ZhiquanScanner.create({
      placesIn: matcher.placesIn,
      loadHits: async () => ZhiquanHits.create({ matcher, painter }),
      onChange: () => resolve(undefined),
    });
  });
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function scroll() {
  for (let frame = 0; frame < 120; frame++) {
    scrollBy(0, 400);
    await nextFrame();
  }
  return { frames: 120 };
}

function append() {
  const section = document.createElement("section");
  for (let at = 0; at < 500; at++) {
    const paragraph = document.createElement("p");
    paragraph.append(
      "这里是新添加的一段普通文字,后面还有",
      document.createElement("b"),
      "一些内容。",
    );
    section.append(paragraph);
  }
  document.body.append(section);
  return new Promise((resolve) => setTimeout(resolve, 400, {}));
}

window.ways = {
  walk() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let size = 0;
    while (walker.nextNode()) size += walker.currentNode.data.length;
    return { hits: size };
  },
  ours() {
    let hits = 0;
    const memory = matcher.remember();
    for (const unit of ZhiquanBlocks.findUnits(document.body, matcher.placesIn)) {
      if (!unit) continue; // a pause for the page
      const line = ZhiquanLines.readLine(unit);
      const places = line.places ?? undefined;
      for (const { start, end } of matcher.find(line.text, document.title, memory, places)) {
        ZhiquanLines.placeOf(line, start, end);
        hits += 1;
      }
    }
    return { hits };
  },
  /** The scan as it runs in a page, without drawing. */
  async sliced() {
    await started(null);
    return { hits: scanner.hits().length };
  },
  /** The same, until every name that is near has been drawn and nothing is left to do. */
  async drawn() {
    await started(ZhiquanPainter.create());
    await settled();
    return { hits: scanner.hits().length };
  },
  /** The page alone for as long as that takes: its own layout and painting. */
  async idle() {
    await settled();
    await settled();
    return {};
  },
  ahocorasick() {
    let hits = 0;
    for (const { data } of textNodes()) hits += automaton.search(data).length;
    return { hits };
  },
  regexp() {
    let hits = 0;
    for (const { data } of textNodes()) hits += [...data.matchAll(pattern)].length;
    return { hits };
  },
  mark() {
    return new Promise((resolve) => {
      const mark = new window.Mark(document.body);
      mark.markRegExp(pattern, { done: (hits) => resolve({ hits }) });
    });
  },
  async append() {
    return append();
  },
  async appendBare() {
    return append();
  },
  async scroll() {
    return scroll();
  },
  async scrollBare() {
    return scroll();
  },
};

/** What a page holds. */
window.describe = () => {
  let nodes = 0;
  let characters = 0;
  for (const { data } of textNodes()) {
    nodes += data.trim() === "" ? 0 : 1;
    characters += data.length;
  }
  return { nodes, characters };
};

/** A page at rest: whatever was made for it has been laid out and drawn. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 700));

/** A marked page at rest. */
const marked = () => started(ZhiquanPainter.create()).then(settled);

/** What must be there before a way is timed. */
window.before = {
  append: marked,
  appendBare: settled,
  scroll: marked,
  scrollBare: settled,
};

window.getMatcher = () => matcher;
window.ready = true;
