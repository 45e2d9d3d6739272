import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../extension/", import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, folder), "utf8");
const zh = JSON.parse(read("_locales/zh_CN/messages.json"));
const en = JSON.parse(read("_locales/en/messages.json"));
const sources = readdirSync(folder).filter((name) => /\.(js|html|json)$/.test(name));

test("both languages have the same messages with the same placeholders", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const [key, { placeholders }] of Object.entries(zh)) {
    assert.deepEqual(en[key].placeholders, placeholders, key);
  }
});

test("no message is empty", () => {
  for (const [key, { message }] of [...Object.entries(zh), ...Object.entries(en)]) {
    assert.notEqual(message.trim(), "", key);
  }
});

test("every message that is asked for exists", () => {
  const asked = sources.flatMap((name) => [
    ...[...read(name).matchAll(/\bsay\("(\w+)"/g)].map(([, key]) => key),
    ...[...read(name).matchAll(/data-say(?:-label)?="(\w+)"/g)].map(([, key]) => key),
    ...[...read(name).matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key),
  ]);
  assert.ok(asked.length > 80);
  assert.deepEqual(
    [...new Set(asked)].filter((key) => !(key in zh)),
    [],
  );
});

test("every message is asked for", () => {
  const all = sources.map(read).join("\n");
  const prefixes = [...all.matchAll(/\bsay\(`(\w+_)\$\{/g)].map(([, prefix]) => prefix);
  const unused = Object.keys(zh).filter(
    (key) =>
      !new RegExp(`(\\b|MSG_)${key}(\\b|__)`).test(all) &&
      !prefixes.some((one) => key.startsWith(one)),
  );
  assert.deepEqual(unused, []);
});

test("no page or script has code in text, remote code or foreign addresses", () => {
  for (const name of sources) {
    const text = read(name);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, name);
    assert.doesNotMatch(text, /\beval\(|new Function\(|setTimeout\("/, name);
    assert.doesNotMatch(text, /<script(?![^>]*\bsrc="[\w.-]+")/, name);
    assert.doesNotMatch(text, /\bon[a-z]+="/, name);
  }
});

test("pages can ask for nothing that the manifest's policy does not allow", () => {
  const manifest = JSON.parse(read("manifest.json"));
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|data:|blob:/);
  assert.equal(manifest.web_accessible_resources, undefined);
  assert.equal(manifest.host_permissions, undefined);
  assert.deepEqual(manifest.permissions.toSorted(), [
    "activeTab",
    "alarms",
    "scripting",
    "sidePanel",
    "storage",
  ]);
});
