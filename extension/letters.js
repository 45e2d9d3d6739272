/** Letter templates, filled in on the device; what is typed is neither stored nor sent. */

import { make, say } from "./page.js";

const BLANK = /\{\{([^{}\n]{1,40})\}\}/g;

/**
 * The template with its blanks filled in; what is still empty stays visible as a line.
 * @param {string} body
 * @param {Map<string, string>} values
 */
export function fillLetter(body, values) {
  return body.replace(BLANK, (_, name) => values.get(name)?.trim() || `____(${name})`);
}

/** @param {Zhiquan.Guidance} guidance @param {string} lender name of the lender, or "" */
export function makeLetters({ letters }, lender) {
  if (letters.length === 0) return [];
  return [
    make("h2", { text: say("letters"), className: "no-print" }),
    make("p", { text: say("lettersPrivate"), className: "meta no-print" }),
    ...letters.map((letter) => makeLetter(letter, lender)),
  ];
}

/** @param {Zhiquan.Letter} letter @param {string} lender */
function makeLetter({ title, body, fields }, lender) {
  /** @type {Map<string, string>} */
  const values = new Map();
  const text = make("textarea");
  text.ariaLabel = title;
  const inputs = fields.map(({ name, hint }, at) => {
    const input = make("input");
    input.type = "text";
    input.autocomplete = "off";
    input.placeholder = hint;
    // The first blank of every template is the addressee.
    if (lender && at === 0) input.value = lender;
    values.set(name, input.value);
    input.addEventListener("input", () => {
      values.set(name, input.value);
      text.value = fillLetter(body, values);
    });
    return make("label", name, input);
  });
  text.value = fillLetter(body, values);
  const copied = make("span", { className: "soft" });
  copied.role = "status";
  const copy = make("button", { text: say("copyLetter"), className: "main" });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    copied.textContent = say("copied");
  });
  const paper = make("button", say("printLetter"));
  paper.addEventListener("click", () => printLetter(text.value));
  const tools = make("div", { className: "row" }, copy, paper, copied);
  return make(
    "details",
    { className: "letter no-print panel" },
    make("summary", title),
    ...inputs,
    text,
    tools,
  );
}

/** Prints the letter alone; it is on the page for so long only. */
/** @param {string} text */
function printLetter(text) {
  const sheet = make("pre", { text, className: "sheet" });
  document.body.append(sheet);
  document.body.classList.add("prints-letter");
  addEventListener(
    "afterprint",
    () => {
      sheet.remove();
      document.body.classList.remove("prints-letter");
    },
    { once: true },
  );
  print();
}
