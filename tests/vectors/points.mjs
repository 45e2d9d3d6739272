// Offsets as Python counts them, for comparing what the extension's matcher finds.

/**
 * The same mentions with offsets in code points, as Python counts.
 * @param {string} text
 * @param {Zhiquan.Found[]} mentions  Ordered.
 * @returns {Zhiquan.Found[]}
 */
export function toCodePoints(text, mentions) {
  let at = 0;
  let count = 0;
  /** @param {number} unit */
  function pointAt(unit) {
    for (; at < unit; count++) at += Number(text.codePointAt(at)) > 0xffff ? 2 : 1;
    return count;
  }
  return mentions.map((one) => ({ ...one, start: pointAt(one.start), end: pointAt(one.end) }));
}
