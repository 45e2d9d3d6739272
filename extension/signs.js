/** What stands in a message from a collector: topics by their words, and phone numbers. */

import "./numbers.js";

/**
 * @typedef {{ start: number; end: number; topic?: string; number?: string; verified?: string }} Sign
 */

/**
 * The words of topics in a text, leftmost and longest, none over another. A word inside one
 * of its topic's negative phrases does not count; weak words count beside another word of
 * the same topic only.
 * @param {string} text
 * @param {Zhiquan.TopicWords[]} topics
 * @returns {(Sign & { topic: string })[]}
 */
export function findWords(text, topics) {
  const found = topics.flatMap(({ id, strong, weak, negative }) => {
    const blocked = negative.flatMap((phrase) => placesOf(text, phrase));
    /** @param {string[]} words */
    const places = (words) =>
      words
        .flatMap((word) => placesOf(text, word))
        .filter(({ start, end }) => !blocked.some((one) => one.start <= start && end <= one.end));
    const [firm, faint] = [places(strong), places(weak)];
    const kinds = new Set([...firm, ...faint].map(({ start, end }) => text.slice(start, end)));
    const isShown = firm.length > 0 || kinds.size > 1;
    return isShown ? [...firm, ...faint].map((place) => ({ ...place, topic: id })) : [];
  });
  return withoutOverlaps(found);
}

/** Where a word stands; a hotline is none amid the digits of another number. */
/** @param {string} text @param {string} word */
function placesOf(text, word) {
  const places = [];
  for (let at = text.indexOf(word); at >= 0 && word; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length;
    const isAmid = areDigits(text.slice(at - 1, at + 1)) || areDigits(text.slice(end - 1, end + 1));
    if (!isAmid) places.push({ start: at, end });
  }
  return places;
}

/** @param {string} pair */
const areDigits = (pair) => /^[0-9]{2}$/.test(pair);

/**
 * The phone numbers in a text; `verified` names whose it is when it is a known public one.
 * @param {string} text
 * @param {Map<string, string>} known digits -> owner
 * @returns {(Sign & { number: string })[]}
 */
export function findNumbers(text, known) {
  return ZhiquanNumbers.find(text, known);
}

/**
 * @template {Sign} T
 * @param {T[]} signs
 * @returns {T[]}
 */
export function withoutOverlaps(signs) {
  let reached = 0;
  return [...signs]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < reached) return false;
      reached = end;
      return true;
    });
}
