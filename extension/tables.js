/**
 * Makes the tables with which anchors.js rules texts out. They take longer to make than all
 * else, so the background makes them once and stores them with the lexicon.
 */
globalThis.ZhiquanTables = (() => {
  const BITS_PER_NAME = 32; // of the bloom filter: one text in 300 passes by chance
  const LEAST_PAIR_BITS = 18; // 32 kB: one pair in 400 passes by chance with 700 names
  const { SPACE, NEWLINE, BLOOM_A, BLOOM_B } = ZhiquanAnchors.codes;
  const { pairOf } = ZhiquanAnchors;

  /**
   * Which pairs of characters and which hashes some name has, as bits in base64.
   * @param {Zhiquan.MatchData} data
   */
  function makeTables({ names, anchors }) {
    const count = anchors.length;
    let bits = 10;
    while (1 << bits < count * BITS_PER_NAME) bits++;
    const pairBits = Math.max(bits, LEAST_PAIR_BITS);
    const pairs = new Uint8Array(1 << (pairBits - 3));
    const bloom = new Uint8Array(1 << (bits - 3));
    for (let name = 0, start = 0; name < count; name++) {
      const at = start + Number.parseInt(anchors[name], 36);
      const anchor = names.charCodeAt(at);
      let loose = 0;
      let end = start;
      for (; end < names.length; end++) {
        const code = names.charCodeAt(end);
        if (code === NEWLINE) break;
        if (code !== SPACE) loose = (Math.imul(loose, 31) + code) | 0;
      }
      for (const factor of [BLOOM_A, BLOOM_B]) {
        const bit = Math.imul(loose, factor) >>> (32 - bits);
        bloom[bit >> 3] |= 1 << (bit & 7);
      }
      const right = solidIn(names, at, end, 1);
      const pair = right
        ? pairOf(anchor, right, 0, 32 - pairBits)
        : pairOf(solidIn(names, at, start - 1, -1), anchor, 1, 32 - pairBits);
      pairs[pair >> 3] |= 1 << (pair & 7);
      start = end + 1;
    }
    return { pairs: encode(pairs), bloom: encode(bloom) };
  }

  /** The next unit of a name that is no space, 0 past its edge. @param {string} names @param {number} at @param {number} edge @param {number} step */
  function solidIn(names, at, edge, step) {
    do at += step;
    while (at !== edge && names.charCodeAt(at) === SPACE);
    return at === edge ? 0 : names.charCodeAt(at);
  }

  /** @param {Uint8Array} bytes */
  const encode = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

  /**
   * The document with its tables made, to be stored and handed to matchers again and again.
   * @template {{ match?: unknown }} T
   * @param {T} lexicon
   * @returns {T}
   */
  function prepare(lexicon) {
    const match = /** @type {Zhiquan.MatchData} */ (lexicon.match);
    return { ...lexicon, match: { ...match, tables: makeTables(match) } };
  }

  /** What finds the anchors of a document that is kept without tables, too. @param {Zhiquan.MatchData} match */
  const makeAnchors = (match) =>
    ZhiquanAnchors.create(match.tables ? match : prepare({ match }).match);

  return Object.freeze({ prepare, makeAnchors });
})();
