import assert from "node:assert/strict";
import { test } from "node:test";
import { converter } from "../../extension/articles.js";

for (const [text, point, unit] of [
  ["合同法", 2, 2],
  ["😀合同法", 0, 0],
  ["😀合同法", 1, 2],
  ["😀合同法", 4, 5],
  ["𠀀\n😀法", 3, 5],
  ["短", 99, 99],
]) {
  test(`code point ${point} of "${text}" is unit ${unit}`, () => {
    assert.equal(converter(text)(point), unit);
  });
}
