// The extension's matcher against a bare walk over the same blocks, 20,000 names.
//
// Run by ./dev bench matcher, or: node --expose-gc tests/benchmarks/bench_matcher.mjs LEXICON
// where LEXICON is what bench_matcher.py wrote. CPU milliseconds, medians of runs in one
// process; the blocks are generated Chinese text of about 34 characters each.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const RUNS = 9;
const SHARE = 5000; // the RegExp is too slow for more than this part of the blocks
for (const name of ["anchors.js", "tables.js", "matcher.js"]) {
  runInThisContext(readFileSync(new URL(`../../extension/${name}`, import.meta.url), "utf8"));
}
const { match, blocks, clean } = JSON.parse(readFileSync(process.argv[2], "utf8"));

/** @param {() => unknown} work @param {number} runs */
function measure(work, runs = RUNS) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[runs >> 1];
}

/** Lets what is no longer needed go, so that two readings of the heap can be compared. */
async function settle() {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** @param {string[]} texts  Touches every character once, as any scanner must. */
function walk(texts) {
  let sum = 0;
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) sum += text.charCodeAt(at);
  }
  return sum;
}

/** @param {string[]} texts */
function scan(texts) {
  return matcher.find(texts.filter((text) => matcher.mayContain(text)).join("\n"), "");
}

await settle();
const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
const matcher = ZhiquanMatcher.create({ match });
await settle();
const heap = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - before;
const ready = measure(() => ZhiquanMatcher.create({ match }));
const names = match.names.split("\n");
const automaton = new RegExp(
  names
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("|"),
  "g",
);
for (const texts of [blocks, clean]) [walk(texts), scan(texts)];
for (const text of blocks.slice(0, 2)) text.match(automaton); // compiles it
const few = blocks.slice(0, blocks.length / SHARE);
const rows = [
  ["index ready, ms", ready],
  ["index, MB", heap / 1e6],
  ["bare walk, ms", measure(() => walk(blocks))],
  ["matcher, ms", measure(() => scan(blocks))],
  ["matcher, clean page, ms", measure(() => scan(clean))],
  ["one RegExp, ms", SHARE * measure(() => few.forEach((text) => text.match(automaton)), 1)],
];
const signs = blocks.reduce((sum, text) => sum + text.length, 0);
console.log(`${blocks.length} blocks, ${signs} characters, ${names.length} names,`);
console.log(`${scan(blocks).length} mentions, ${scan(clean).length} on the clean page`);
for (const [label, value] of rows) console.log(`${label.padEnd(26)}${value.toFixed(1).padStart(9)}`);
