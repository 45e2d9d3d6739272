/**
 * Rules out the texts in which no lender's name can stand: what runs on every page. Touches
 * neither the DOM nor any browser API.
 *
 * A text without names costs one table look-up for each character: every name contains an
 * anchor, a character chosen on the server to be rare in ordinary text. Only where an anchor
 * stands beside a character that fits some name is the text worth matcher.js.
 */
globalThis.ZhiquanAnchors = (() => {
  // Noncharacters of Unicode mark, in the folding table, what is no single character.
  const DROP = 0xfffe;
  const SEVERAL = 0xffff;
  const STRANGE = 0xfffd;
  const SPACE = 0x20;
  const NEWLINE = 10;
  const BLOOM_A = 0x9e3779b1;
  const BLOOM_B = 0x85ebca6b;
  const MIDDLE = 256; // no name is longer
  const TO_RIGHT = 1; // what stands to the right of an anchor may follow it in a name
  const TO_LEFT = 2; // what stands to its left may, where a name ends with it

  /** The folding of crawler.text, a character at a time. @param {[string, string]} pairs */
  function makeFolder([traditional, simplified]) {
    const table = new Uint16Array(0x10000); // 0 is not yet known
    /** @type {Map<number, number[]>} */
    const several = new Map();
    /** @type {Map<number, number>} */
    const beyond = new Map();
    const old = [...traditional];
    const replacement = [...simplified];
    for (let code = 0x4e00; code <= 0x9fff; code++) table[code] = code;
    for (let code = 0x20; code < 0x7f; code++) table[code] = code;
    for (let code = 0x41; code <= 0x5a; code++) table[code] = code + 32;
    table[NEWLINE] = NEWLINE;
    for (let at = 0; at < old.length; at++) {
      const code = Number(old[at].codePointAt(0));
      const unit = replacement[at].charCodeAt(0);
      if (code < 0x10000) table[code] = unit;
      else beyond.set(code, unit);
    }

    /** @param {number} code */
    function compute(code) {
      const character = String.fromCodePoint(code);
      if (code >= 0xfffe && code <= 0xffff) return STRANGE;
      if ((code >= 0xd800 && code < 0xe000) || code >= 0x30000) return STRANGE;
      if (/[\p{Cn}\p{Co}]/u.test(character)) return code < 0x10000 ? code : STRANGE;
      if (/\p{Cf}/u.test(character) || (code >= 0xfe00 && code <= 0xfe0f) || code === 0x34f) {
        return DROP;
      }
      if (/[\p{Zs}\t\v\f]/u.test(character)) return SPACE;
      const form = [...character.normalize("NFKC").toLowerCase()].map((one) => {
        const at = Number(one.codePointAt(0));
        if (at === code) return at < 0x10000 ? at : STRANGE;
        return at < 0x10000 ? table[at] || at : (beyond.get(at) ?? STRANGE);
      });
      if (form.length === 1) return form[0];
      several.set(code, form);
      return SEVERAL;
    }

    /** @param {number} code  What one code point folds to, or DROP, SEVERAL or SPACE. */
    function foldCode(code) {
      if (code < 0x10000) {
        if (table[code] === 0) table[code] = compute(code) || STRANGE;
        return table[code];
      }
      const known = beyond.get(code);
      if (known !== undefined) return known;
      const unit = compute(code);
      beyond.set(code, unit);
      return unit;
    }

    return { table, several, foldCode };
  }

  /** @param {string} table @param {number} bit */
  const hasBit = (table, bit) => ((table.charCodeAt(bit >> 3) >> (bit & 7)) & 1) === 1;

  /** Whether a folded unit is one character that is neither white space nor strange. @param {number} unit */
  const isSolid = (unit) => unit > SPACE && unit < STRANGE;

  /** The bit of a pair, of so many bits that 32 - `shift` is their logarithm. @param {number} left @param {number} right @param {number} side @param {number} shift */
  function pairOf(left, right, side, shift) {
    const mixed = Math.imul(left * 2 + side, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    return mixed >>> shift;
  }

  /**
   * What finds the anchors of one lexicon. Throws when its tables are missing.
   * @param {Zhiquan.MatchData} data  With tables.
   * @returns {Zhiquan.Anchors}
   */
  function create(data) {
    if (!data.tables) throw new TypeError("The lexicon is kept without tables.");
    const pairs = atob(data.tables.pairs);
    const bloom = atob(data.tables.bloom);
    const pairShift = 32 - Math.log2(pairs.length * 8);
    const bloomShift = 32 - Math.log2(bloom.length * 8);
    const folder = makeFolder(data.fold);
    const { table, foldCode } = folder;
    /** @type {Map<number, Zhiquan.AnchorShapes>} */
    const shapes = new Map();
    const around = new Uint16Array(2 * MIDDLE);
    const isAnchor = new Uint8Array(0x10000);
    for (const [anchor, shape] of Object.entries(data.shapes)) {
      shapes.set(anchor.charCodeAt(0), shape);
      isAnchor[anchor.charCodeAt(0)] = 1;
    }
    for (let at = 0; at < data.forms.length; at++) {
      const code = data.forms.charCodeAt(at);
      if (code < 0xdc00 || code > 0xdfff) isAnchor[code] = 1;
    }
    /** On which sides of an anchor a character stands that some name has there. @param {number} left @param {number} anchor @param {number} right */
    const sidesOf = (left, anchor, right) =>
      (hasBit(pairs, pairOf(anchor, right, 0, pairShift)) ? TO_RIGHT : 0) |
      (hasBit(pairs, pairOf(left, anchor, 1, pairShift)) ? TO_LEFT : 0);
    /** Whether a text with this hash may be a name, its spaces left out. @param {number} hash */
    const mayHave = (hash) =>
      hasBit(bloom, Math.imul(hash, BLOOM_A) >>> bloomShift) &&
      hasBit(bloom, Math.imul(hash, BLOOM_B) >>> bloomShift);
    /**
     * Whether some name may stand around the anchor at a position. Says no only when it is
     * certain: first by the character beside the anchor, then by the hash of each piece of
     * text that has the anchor where a name has it. White space is skipped, line breaks too:
     * those in a page's source are spaces to its reader.
     * @param {string} text
     * @param {number} at
     */
    function fits(text, at) {
      const anchor = foldCode(text.charCodeAt(at));
      if (anchor >= STRANGE) return true;
      const right = solidBeside(text, at, 1);
      const left = solidBeside(text, at, -1);
      if (right >= STRANGE || left >= STRANGE) return shapes.has(anchor);
      const sides = sidesOf(left, anchor, right);
      return sides !== 0 && hasName(text, at, anchor, sides);
    }

    /** Whether a name may stand around the anchor by the pieces of text there. @param {string} text @param {number} at @param {number} anchor  Folded. @param {number} sides  Not 0. */
    function hasName(text, at, anchor, sides) {
      const forms = shapes.get(anchor);
      if (!forms) return false;
      around[MIDDLE] = anchor;
      const before = fillAround(text, at, -1, forms.before);
      // Names that end with the anchor are all that is left without what follows it.
      const after = sides & TO_RIGHT ? fillAround(text, at, 1, forms.after) : 0;
      if (before < 0 || after < 0) return true;
      let hash = 0; // forms that begin at one place follow each other
      let from = 0;
      let to = 0;
      for (const shape of forms.loose) {
        const start = shape >> 8;
        const rest = (shape & 255) - start - 1;
        if (start > before || rest > after || (rest === 0 && !(sides & TO_LEFT))) continue;
        if (from !== MIDDLE - start) {
          from = MIDDLE - start;
          to = from;
          hash = 0;
        }
        for (; to <= MIDDLE + rest; to++) hash = (Math.imul(hash, 31) + around[to]) | 0;
        if (mayHave(hash)) return true;
      }
      return false;
    }

    /** Fills the characters to one side of an anchor; how many, or -1 when one is not simple. @param {string} text @param {number} at @param {number} step @param {number} most */
    function fillAround(text, at, step, most) {
      let count = 0;
      for (at += step; count < most && at >= 0 && at < text.length; at += step) {
        const unit = foldCode(text.charCodeAt(at));
        if (unit === DROP || unit === SPACE || unit === NEWLINE) continue;
        if (unit >= STRANGE) return -1;
        count++;
        around[MIDDLE + step * count] = unit;
      }
      return count;
    }

    /** The next folded unit to one side; 0 at the edge of the text. @param {string} text @param {number} at @param {number} step */
    function solidBeside(text, at, step) {
      for (at += step; at >= 0 && at < text.length; at += step) {
        const unit = foldCode(text.charCodeAt(at));
        if (unit !== DROP && unit !== SPACE && unit !== NEWLINE) return unit;
      }
      return 0;
    }

    /** The first position from which some name might begin a line's examination, or -1. @param {string} text @param {number} from */
    function nextAnchor(text, from) {
      const size = text.length;
      for (let at = from; at < size; at++) {
        const code = text.charCodeAt(at);
        // Nearly every character of every page ends here: nothing else is looked up for it.
        if (isAnchor[code] === 0) continue;
        const unit = table[code];
        const left = at > 0 ? table[text.charCodeAt(at - 1)] : 0;
        const right = at + 1 < size ? table[text.charCodeAt(at + 1)] : 0;
        if (isSolid(unit) && isSolid(left) && isSolid(right)) {
          const sides = sidesOf(left, unit, right);
          // Nine in ten anchors go here: their neighbours make no pair of a name.
          if (sides !== 0 && hasName(text, at, unit, sides)) return at;
        } else if (fits(text, at)) return at;
      }
      return -1;
    }

    /** Where in a text some name may stand: one position for each, ascending. @param {string} text */
    function placesIn(text) {
      const places = [];
      for (let at = nextAnchor(text, 0); at >= 0; at = nextAnchor(text, at + 1)) places.push(at);
      return places;
    }

    /** Whether a name may stand in the text. Cheap. @param {string} text */
    const mayContain = (text) => nextAnchor(text, 0) >= 0;

    return { shapes, folder, mayHave, placesIn, mayContain };
  }

  const codes = { DROP, SEVERAL, STRANGE, SPACE, NEWLINE, BLOOM_A, BLOOM_B };
  return Object.freeze({ create, pairOf, codes });
})();
