import assert from "node:assert/strict";
import { test } from "node:test";
import { fillLetter } from "../../extension/letters.js";

const BODY = "{{机构}}:\n本人{{姓名}}于{{日期}}收到……{{姓名}}";

test("every blank of a name is filled in", () => {
  const values = new Map([
    ["机构", "某公司"],
    ["姓名", "张三"],
    ["日期", "3月1日"],
  ]);
  assert.equal(fillLetter(BODY, values), "某公司:\n本人张三于3月1日收到……张三");
});

test("what is empty stays visible as a blank with its name", () => {
  assert.equal(fillLetter("{{姓名}}", new Map([["姓名", "  "]])), "____(姓名)");
});

test("what is typed is text: neither blanks nor dollar signs in it mean anything", () => {
  assert.equal(fillLetter("{{金额}}", new Map([["金额", "$& {{姓名}}"]])), "$& {{姓名}}");
});
