/** What stands in a message from a collector: topics by their words, and phone numbers. */

/**
 * Phone numbers as people write them: mobiles, 400/800 numbers, area codes, short public
 * numbers. No digit may stand beside them; bounded repeats only, so no input is slow.
 */
const NUMBER =
  /(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00[- ]?\d{3}[- ]?\d{4}|[48]00[- ]?\d{4}[- ]?\d{3}|0\d{2,3}[- ]?\d{7,8}|9[56]\d{3,4}|1[02]\d{3,4}|1[12]\d)(?![\d.]|[年月日元块万千百个次条%])/g;

/** @param {string} number */
const digitsOf = (number) => number.replace(/\D/g, "").replace(/^86(?=1[3-9]\d{9}$)/, "");

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

/** @param {string} text @param {string} word */
function placesOf(text, word) {
  const places = [];
  for (let at = text.indexOf(word); at >= 0 && word; at = text.indexOf(word, at + word.length)) {
    places.push({ start: at, end: at + word.length });
  }
  return places;
}

/**
 * The phone numbers in a text; `verified` names whose it is when it is a known public one.
 * @param {string} text
 * @param {Map<string, string>} known digits -> owner
 * @returns {(Sign & { number: string })[]}
 */
export function findNumbers(text, known) {
  return [...text.matchAll(NUMBER)].map(({ 0: number, index }) => ({
    start: index,
    end: index + number.length,
    number,
    verified: known.get(digitsOf(number)),
  }));
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
