import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish, searchHouse } from "../../extension/house.js";

/** @param {string} topic @param {string} title @param {string} titleEn @param {string} step */
const text = (topic, title, titleEn, step) => ({
  id: `house:${topic}`,
  topic,
  title,
  titleEn,
  summaryEn: `About ${topic}.`,
  checked: "2026-11-22",
  sections: [{ kind: /** @type {const} */ ("steps"), items: [step] }],
  contacts: [{ kinds: [], numbers: topic === "visit" ? ["110"] : ["12378"], what: "" }],
  citations: [],
  letters: [],
  deadlines: [],
});
/** @param {string} id @param {number} severity @param {string[]} strong @param {string[]} weak */
const topic = (id, severity, strong, weak) => ({
  ...{ id, severity, strong, weak, name: id, nameEn: id.toUpperCase(), negative: [] },
});
const house = {
  version: "",
  routes: [],
  hotlines: [],
  topics: [
    topic("visit", 2, ["上门催收"], ["上门"]),
    topic("instalments", 1, ["分期"], ["逾期"]),
    topic("crisis", 3, ["不想活"], []),
  ],
  guidance: [
    text("visit", "有人敲门", "Home visits", "不开门"),
    text("instalments", "还不上怎么谈", "Negotiating", "写下逾期的金额"),
    text("crisis", "撑不下去的时候", "Crisis", "先照顾人"),
  ],
};
/** @param {string} query */
const ids = (query) => searchHouse(house, query, ["好分期"]).map(({ id }) => id.slice(6));

for (const [query, ...expected] of [
  ["上门催收怎么办", "visit"],
  ["不想活了", "crisis"],
  ["逾期", "instalments"],
  ["好分期逾期", "instalments"],
  ["好分期上门", "visit"], // the name asks nothing about instalments
  ["好分期"],
  ["110", "visit"],
  ["HOME visit", "visit"],
  ["about", "crisis", "visit", "instalments"],
  ["不开门 敲门", "visit"],
  ["量子纠缠"],
  [" "],
]) {
  test(`"${query}" asks for ${expected.join(", ") || "nothing"}`, () => {
    assert.deepEqual(ids(/** @type {string} */ (query)), expected);
  });
}

test("in English names and titles are English, and a summary comes first", () => {
  const { topics, guidance } = inEnglish(house);
  assert.equal(topics[0]?.name, "VISIT");
  assert.equal(guidance[0]?.title, "Home visits");
  assert.deepEqual(
    guidance[0]?.sections.map(({ kind }) => kind),
    ["summary", "steps"],
  );
});
