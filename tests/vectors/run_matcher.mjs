// Runs the extension's matcher over passages from Python: node run_matcher.mjs FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { toCodePoints } from "./points.mjs";

const folder = process.argv[2];
for (const name of ["anchors.js", "tables.js", "matcher.js"]) {
  runInThisContext(readFileSync(new URL(`../../extension/${name}`, import.meta.url), "utf8"));
}
const { match, passages } = JSON.parse(readFileSync(join(folder, "work.json"), "utf8"));
const matcher = ZhiquanMatcher.create({ match });
const found = passages.map(([title, text]) =>
  toCodePoints(text, matcher.find(text, title)).map((one) => [
    one.lender,
    one.surface,
    one.start,
    one.end,
  ]),
);
writeFileSync(join(folder, "found.json"), JSON.stringify(found));
