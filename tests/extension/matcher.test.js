// The browser's matcher follows the same vectors as crawler.mentions in Python.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { toCodePoints } from "../vectors/points.mjs";

/** @param {string} path */
const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const { match, rows } = JSON.parse(read("../vectors/mentions.json"));
/** @type {{ ZhiquanMatcher?: any, ZhiquanTables?: any, atob: any, btoa: any }} */
const page = { atob, btoa };
runInNewContext(read("../../extension/anchors.js"), page);
runInNewContext(read("../../extension/tables.js"), page);
runInNewContext(read("../../extension/matcher.js"), page);
const { create } = page.ZhiquanMatcher;
const matcher = create({ match });

/** The text without its marks, and the spans they stood around. @param {string} marked */
function unmark(marked) {
  let text = "";
  let start = 0;
  const spans = [];
  for (const piece of marked.split(/([⟦⟧])/)) {
    if (piece === "⟦") start = text.length;
    else if (piece === "⟧") spans.push([start, text.length]);
    else text += piece;
  }
  return { text, spans };
}

for (const row of rows) {
  for (const side of ["hit", "miss"]) {
    test(`${row.id}: ${side}`, () => {
      const { text, spans } = unmark(row[side].text);
      const found = [...matcher.find(text, row[side].title)];
      assert.deepEqual(
        found.map(({ start, end }) => [start, end]),
        spans,
      );
      assert.deepEqual(
        found.map(({ lender }) => lender),
        row[side].lenders,
      );
      if (spans.length > 0) assert.equal(matcher.mayContain(text), true);
      const hitLines = text.split("\n").filter((line) => matcher.mayContain(line));
      assert.equal(matcher.find(hitLines.join("\n"), row[side].title).length, spans.length);
    });
  }
}

test("surfaces are the original text", () => {
  const [found] = matcher.find("欠小 贏\u200b卡貸三千");
  assert.equal(found.surface, "小 贏\u200b卡貸");
});

test("code points count characters, not units", () => {
  const text = "😀微粒贷😀微粒贷";
  const spans = [...toCodePoints(text, matcher.find(text))];
  assert.deepEqual(
    spans.map((one) => [one.start, one.end]),
    [
      [1, 4],
      [5, 8],
    ],
  );
});

test("a text without names cannot contain any", () => {
  assert.equal(matcher.mayContain("今天天气很好,适合散步。"), false);
  assert.equal(matcher.mayContain("欠小赢卡贷三千"), true);
});

test("what stands on the next line neither hides nor makes a name", () => {
  for (const name of match.names.split("\n")) {
    const alone = [...matcher.find(name)];
    for (const next of ["㈱", "﷐", "\u{10ffff}", "的"])
      assert.deepEqual([...matcher.find(`${name}\n${next}`)], alone, name);
  }
});

test("characters beyond the names' plane are not taken for those in it", () => {
  const far = String.fromCodePoint(0x10000 + Number("小".codePointAt(0)));
  assert.equal(matcher.find(`${far}赢卡贷`).length, 0);
});

test("what folds to nothing, to much or to itself leaves the name where it is", () => {
  for (const before of ["\uffff", "㈱".repeat(20), "\u200b", "\u{10000}"]) {
    const [found] = matcher.find(`${before}小赢卡贷`);
    assert.deepEqual([found.start, found.end], [before.length, before.length + 4]);
  }
});

test("a memory carries evidence from piece to piece", () => {
  const memory = matcher.remember();
  assert.equal(matcher.find("有钱花,又是催款", "", memory).length, 0);
  assert.equal(matcher.find("有钱花逾期了", "", memory).length, 1);
  assert.equal(matcher.find("有钱花,又是催款", "", memory).length, 1);
});

test("a page that speaks of no firm is told by what else it says", () => {
  const memory = matcher.remember();
  assert.equal(matcher.find("恒昌那边也答应", "", memory).length, 0);
  assert.equal(memory.undecided, 1);
  memory.page = "那家平台";
  assert.equal(matcher.find("恒昌那边也答应", "", memory).length, 1);
  memory.page = "";
  assert.equal(matcher.find("恒昌那边也答应", "", memory).length, 1);
});

test("a name inside a longer one is no evidence", () => {
  const memory = matcher.remember();
  assert.equal(matcher.find("欠小赢卡贷三千", "", memory).length, 1);
  assert.deepEqual([memory.lenders.size, memory.names.size, memory.undecided], [1, 0, 0]);
});

test("a prepared lexicon finds the same", () => {
  const prepared = JSON.parse(JSON.stringify(page.ZhiquanTables.prepare({ match })));
  assert.ok(prepared.match.tables.bloom.length > 100);
  const again = create(prepared);
  for (const row of rows) {
    for (const { text, title } of [row.hit, row.miss]) {
      const plain = unmark(text).text;
      assert.deepEqual(again.find(plain, title), matcher.find(plain, title));
      assert.deepEqual(again.placesIn(plain), matcher.placesIn(plain));
    }
  }
});

test("the places where names may stand hold every name that is found", () => {
  for (const { hit } of rows) {
    const { text, spans } = unmark(hit.text);
    const places = matcher.placesIn(text);
    for (const [start, end] of spans)
      assert.ok(places.some((/** @type {number} */ at) => at >= start && at < end));
  }
});

test("a name's only cue of its own is heard", () => {
  const at = match.names.split("\n").indexOf("微粒贷");
  const strict = create({
    match: { ...match, rules: { ...match.rules, [at]: { after: { 尔: -99 } } } },
  });
  assert.equal(strict.find("微粒贷尔").length, 0);
  assert.equal(strict.find("微粒贷逾期").length, 1);
});

test("a doubtful name that is not counted hides no name inside it", () => {
  const at = match.names.split("\n").indexOf("微粒贷借钱");
  const needs = `${match.needs.slice(0, at)}9${match.needs.slice(at + 1)}`;
  const [found, ...others] = create({ match: { ...match, needs } }).find("这个微粒贷借钱");
  assert.deepEqual([found.surface, others.length], ["微粒贷", 0]);
});

test("a name with a space beside its anchor is found", () => {
  const spaced = {
    ...match,
    names: "go fast",
    owners: [0],
    needs: "0",
    anchors: "1",
    shapes: { o: { exact: [263], loose: [262], before: 1, after: 4 } },
    rules: {},
    fold: ["", ""],
  };
  assert.equal(create({ match: spaced }).find("欠 go fast 三千").length, 1);
});

test("a lexicon of thousands of names finds each of them", () => {
  const codes = Array.from({ length: 3000 }, (_, at) => 0x5000 + at);
  const names = codes.map((code) => `${String.fromCharCode(code)}甪`);
  const many = {
    ...match,
    names: names.join("\n"),
    owners: names.map(() => 0),
    needs: "0".repeat(names.length),
    anchors: "1".repeat(names.length),
    shapes: { 甪: { exact: [258], loose: [258], before: 1, after: 0 } },
    rules: {},
    fold: ["", ""],
  };
  const found = create({ match: many }).find(names.join(""));
  assert.deepEqual([...found.map(({ surface }) => surface)], names);
});

test("a lexicon without names is refused", () => {
  assert.throws(() => create({}), /no names/);
});

test("a very long line of names takes no quadratic time", () => {
  const text = "白条、金条逾期,".repeat(100_000);
  assert.equal(matcher.find(text).length, 200_000);
});
