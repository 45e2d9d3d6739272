import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, makeCalendar } from "../../extension/calendar.js";

const event = {
  title: "期限届满:答辩",
  note: "收到起诉状副本之日起15日;逾期,不利。\n第二行",
  day: endOf("2026-02-20", 15),
  now: new Date("2026-02-20T08:30:00Z"),
  uid: "one@zhiquan",
};

test("the day a limit begins on does not count", () => {
  assert.equal(endOf("2026-02-20", 15).toISOString().slice(0, 10), "2026-03-07");
});

test("a leap year's day counts", () => {
  assert.equal(endOf("2028-02-20", 15).toISOString().slice(0, 10), "2028-03-06");
});

test("the event lasts the whole last day", () => {
  const lines = makeCalendar(event).split("\r\n");
  assert.ok(lines.includes("DTSTART;VALUE=DATE:20260307"));
  assert.ok(lines.includes("DTEND;VALUE=DATE:20260308"));
  assert.ok(lines.includes("DTSTAMP:20260220T083000Z"));
});

test("signs with a meaning of their own are escaped", () => {
  const note = makeCalendar({ ...event, note: "a,b;c\\d\ne" });
  assert.ok(note.includes("DESCRIPTION:a\\,b\\;c\\\\d\\ne\r\n"));
});

test("no line is longer than 75 octets, and unfolding gives the text back", () => {
  const text = makeCalendar({ ...event, note: "很长的说明".repeat(40) });
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
  assert.ok(text.replaceAll("\r\n ", "").includes("很长的说明".repeat(40)));
});
