import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULTS, parseAddress, parseSettings, parseSite } from "../../extension/settings.js";

for (const [address, expected] of [
  ["https://zhiquan.example", "https://zhiquan.example"],
  ["https://zhiquan.example/v1/?a=1", "https://zhiquan.example"],
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000"],
  [" http://localhost:9 ", "http://localhost:9"],
  ["http://zhiquan.example", null],
  ["http://127.0.0.1.evil.example", null],
  ["http://127.0.0.2:8000", null],
  ["https://me:secret@zhiquan.example", null],
  ["file:///etc/passwd", null],
  ["javascript:alert(1)", null],
  ["", null],
  [null, null],
]) {
  test(`the API address ${address} is ${expected ? "used" : "refused"}`, () => {
    assert.equal(parseAddress(address), expected);
  });
}

for (const [site, expected] of [
  ["Example.COM", "example.com"],
  ["https://www.example.com/path?q=1", "example.com"],
  ["example.com:8080", "example.com"],
  ["例子.中国", "xn--fsqu00a.xn--fiqs8s"],
  ["   ", null],
  ["http://", null],
  [7, null],
]) {
  test(`the site ${site} is kept as ${expected}`, () => {
    assert.equal(parseSite(site), expected);
  });
}

test("settings from nowhere are the defaults", () => {
  for (const value of [undefined, null, 3, "x", [], {}]) {
    assert.deepEqual(parseSettings(value), DEFAULTS);
  }
});

test("each doubtful setting falls back to its own default, and others stay", () => {
  const settings = parseSettings({
    apiAddress: "ftp://x",
    useApi: "yes",
    style: "blink",
    hoverDelay: -5,
    openIn: "tab",
    excluded: ["b.example", "B.example", 4, ""],
    textSize: 1e9,
    stranger: 1,
  });
  assert.deepEqual(settings, {
    ...DEFAULTS,
    openIn: "tab",
    excluded: ["b.example"],
    hoverDelay: 0,
    textSize: 200,
  });
});
