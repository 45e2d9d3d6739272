/** Phone numbers in a text: for the paste box, and for marking unverified ones on a page. */
globalThis.ZhiquanNumbers = (() => {
  /**
   * Phone numbers as people write them: mobiles, 400/800 numbers, area codes, short public
   * numbers. No digit may stand beside them; bounded repeats only, so no input is slow.
   */
  const NUMBER =
    /(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00[- ]?\d{3}[- ]?\d{4}|[48]00[- ]?\d{4}[- ]?\d{3}|0\d{2,3}[- ]?\d{7,8}|9[56]\d{3,4}|1[02]\d{3,4}|1[12]\d)(?![\d.]|[年月日元块万千百个次条%])/g;

  /** Full-width signs as their ASCII ones; every offset stays. */
  /** @param {string} text */
  const narrow = (text) =>
    text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

  /** @param {string} number */
  const digitsOf = (number) => number.replace(/\D/g, "").replace(/^86(?=1[3-9]\d{9}$)/, "");

  /**
   * The phone numbers in a text; `verified` names whose it is when it is a known public one.
   * @param {string} text
   * @param {Map<string, string>} known digits -> owner
   */
  function find(text, known) {
    return [...narrow(text).matchAll(NUMBER)].map(({ 0: number, index }) => ({
      start: index,
      end: index + number.length,
      number: text.slice(index, index + number.length),
      verified: known.get(digitsOf(number)),
    }));
  }

  return Object.freeze({ find });
})();
