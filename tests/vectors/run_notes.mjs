// Marks what is out of date in texts as the extension does. In: {data, lexicon, today, texts}
// as JSON on standard input; out: for each text the marked surfaces with their entry's status.
import { readFileSync } from "node:fs";

await import("../../extension/anchors.js");
await import("../../extension/tables.js");
await import("../../extension/matcher.js");
await import("../../extension/numbers.js");
await import("../../extension/around.js");
await import("../../extension/notes.js");

const { data, lexicon, today, texts } = JSON.parse(readFileSync(0, "utf8"));
const lenders = ZhiquanMatcher.create(lexicon);
const matcher = ZhiquanNotes.createMatcher(data, { lenders, outdated: true, numbers: true, today });
const answers = texts.map((text) => {
  const spans = matcher.find(text);
  if (spans.length > 0 && !matcher.mayContain(text)) throw new Error(`never looked at: ${text}`);
  return spans.map(({ lender, surface, start, end }) => [
    surface,
    data.entries[Number(lender)]?.status ?? lender,
    start,
    end,
  ]);
});
process.stdout.write(JSON.stringify(answers));
