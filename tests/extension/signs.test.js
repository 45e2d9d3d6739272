import assert from "node:assert/strict";
import { test } from "node:test";
import { findNumbers, findWords, withoutOverlaps } from "../../extension/signs.js";

const KNOWN = new Map([["12378", "投诉热线"]]);
/** @param {string} text */
const numbers = (text) => findNumbers(text, KNOWN).map(({ number }) => number);

for (const [text, expected] of [
  ["请打13812345678", ["13812345678"]],
  ["138 1234 5678", ["138 1234 5678"]],
  ["+86-138-1234-5678", ["+86-138-1234-5678"]],
  ["客服400-123-4567。", ["400-123-4567"]],
  ["4001234567", ["4001234567"]],
  ["座机010-12345678", ["010-12345678"]],
  ["投诉12378", ["12378"]],
  ["短号95001转1", ["95001"]],
  ["客服４００－１２３－４５６７", ["４００－１２３－４５６７"]],
  ["欠款13812345678元", []],
  ["合同号20240113812345678", []],
  ["2024年11月", []],
  ["共12378次", []],
  ["利率12.378", []],
  ["", []],
]) {
  test(`numbers in "${text}": ${expected.join(", ") || "none"}`, () => {
    assert.deepEqual(numbers(text), expected);
  });
}

test("only a public hotline is known", () => {
  const [first, second] = findNumbers("12378或13812345678", KNOWN);
  assert.equal(first.verified, "投诉热线");
  assert.equal(second.verified, undefined);
});

test("a long run of digits takes no time", () => {
  const start = performance.now();
  findNumbers("1".repeat(200_000), KNOWN);
  findNumbers("138-".repeat(50_000), KNOWN);
  assert.ok(performance.now() - start < 1000);
});

const topic = { id: "visit", name: "", severity: 1, strong: ["外访"], weak: ["家里", "敲门"] };
const topics = [{ ...topic, negative: ["外访问"] }];
/** @param {string} text */
const words = (text) => findWords(text, topics).map(({ start, end }) => text.slice(start, end));

for (const [text, expected] of [
  ["明天外访", ["外访"]],
  ["外访问页面", []],
  ["家里有人", []],
  ["来家里敲门", ["家里", "敲门"]],
  ["外访来家里", ["外访", "家里"]],
]) {
  test(`words in "${text}": ${expected.join(", ") || "none"}`, () => {
    assert.deepEqual(words(text), expected);
  });
}

test("a hotline is no word amid another number", () => {
  const sort = [{ ...topic, strong: ["12345"], weak: [], negative: [] }];
  /** @param {string} text */
  const count = (text) => findWords(text, sort).length;
  assert.deepEqual(["打12345。", "12345", "13812345678", "112345"].map(count), [1, 1, 0, 0]);
});

test("of two signs in one place the longer stays", () => {
  const signs = [
    { start: 1, end: 3 },
    { start: 1, end: 5 },
    { start: 4, end: 6 },
    { start: 5, end: 7 },
  ];
  assert.deepEqual(withoutOverlaps(signs), [
    { start: 1, end: 5 },
    { start: 5, end: 7 },
  ]);
});
