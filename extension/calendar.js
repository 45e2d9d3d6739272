/** Deadlines as a calendar file (RFC 5545), made on the device. */

import { make, say } from "./page.js";

const DAY = 86_400_000;

/** @param {Date} day */
const compact = (day) => day.toISOString().slice(0, 10).replaceAll("-", "");

/** Text as iCalendar wants it (RFC 5545, 3.3.11). */
/** @param {string} text */
function escapeText(text) {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, "\\n");
}

/** A content line in pieces of at most 75 octets (RFC 5545, 3.1), characters kept whole. */
/** @param {string} line */
function foldLine(line) {
  const encoder = new TextEncoder();
  let folded = "";
  let size = 0;
  for (const character of line) {
    const width = encoder.encode(character).length;
    if (size + width > 75) {
      folded += "\r\n ";
      size = 1;
    }
    folded += character;
    size += width;
  }
  return folded;
}

/**
 * The day a limit ends: so many days after the day it began on, which itself does not count.
 * @param {string} start YYYY-MM-DD
 * @param {number} days
 */
export function endOf(start, days) {
  return new Date(Date.parse(`${start}T00:00:00Z`) + days * DAY);
}

/**
 * A calendar file with one whole-day event and a reminder the day before.
 * @param {{ title: string; note: string; day: Date; now: Date; uid: string }} event
 */
export function makeCalendar({ title, note, day, now, uid }) {
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Zhiquan//Extension//ZH",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(new Date(day.getTime() + DAY))}`,
    `SUMMARY:${escapeText(title)}`,
    `DESCRIPTION:${escapeText(note)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escapeText(title)}`,
    "TRIGGER:-P1D",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(foldLine).join("\r\n")}\r\n`;
}

/** @param {string} name @param {string} text @param {string} type */
export function saveFile(name, text, type) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The part of a guidance about time limits; those of a number of days can be saved. */
/** @param {Zhiquan.Guidance} guidance */
export function makeDeadlines({ deadlines }) {
  if (deadlines.length === 0) return [];
  const list = make("ul", { className: "plain" });
  for (const deadline of deadlines) {
    const line = make("li", {}, make("strong", deadline.what), ` ${deadline.text}`);
    if (deadline.days !== null) line.append(makeSaver(deadline, deadline.days));
    list.append(line);
  }
  return [make("h2", say("section_deadlines")), list];
}

/** @param {Zhiquan.Deadline} deadline @param {number} days */
function makeSaver(deadline, days) {
  const start = make("input");
  start.type = "date";
  start.required = true;
  const length = make("input");
  length.type = "number";
  length.min = "1";
  length.max = "999";
  length.required = true;
  length.value = String(days);
  const form = make(
    "form",
    { className: "row no-print" },
    make("label", { className: "row soft" }, say("deadlineFrom"), start),
    make("label", { className: "row soft" }, say("deadlineDays"), length),
    make("button", say("saveCalendar")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = makeCalendar({
      title: say("deadlineTitle", deadline.what),
      note: deadline.text,
      day: endOf(start.value, length.valueAsNumber),
      now: new Date(),
      uid: `${crypto.randomUUID()}@zhiquan`,
    });
    saveFile("deadline.ics", text, "text/calendar");
  });
  return form;
}
