/**
 * Marks what no longer holds: statutes and public bodies out of date, and phone numbers
 * beside a lender's name that nobody has verified. Off unless the person wants it, and
 * loaded only then. Everything is judged here, from data that the extension carries.
 */
globalThis.ZhiquanNotes = (() => {
  const { DOCUMENT, endsIn, isExplainedAfter, isFormerBefore, isItself, isListed } = ZhiquanAround;
  /** A number belongs to a lender's name this near to it on the same line. */
  const BESIDE = 60;
  /** A word such as 客服 this near before a number tells that it is one to call. */
  const CUE = 14;

  /** In place of an entry: a name that holds, and a code that a document's number begins with. */
  const HIDING = -1;
  const DOCUMENT_CODE = -2;

  const DIGITS = /[0-9]{5}|[0-9]{3}[- ][0-9]{4}/g;

  /** Full-width signs as their ASCII ones and letters small; every offset stays. */
  /** @param {string} text */
  function fold(text) {
    const narrow = text.replace(/[！-～]/g, (sign) =>
      String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
    );
    const small = narrow.toLowerCase();
    return small.length === text.length ? small : narrow;
  }

  /** The code units that fold to this sign's. */
  /** @param {string} sign */
  function spellings(sign) {
    const forms = [sign, sign.toUpperCase()].map((form) => form.charCodeAt(0));
    const wide = forms.filter((form) => form > 0x20 && form < 0x7f).map((form) => form + 0xfee0);
    return [...forms, ...wide];
  }

  /**
   * A matcher as the scanner wants it; a span's `lender` is the note's id: the number of an
   * entry, or "number".
   * @param {Zhiquan.NoteData} data
   * @param {Zhiquan.NoteOptions & { today: string }} options
   * @returns {Zhiquan.Matcher}
   */
  function createMatcher(data, { lenders, outdated, numbers, today }) {
    const { words, entries } = data;
    const known = new Map(Object.entries(data.numbers));
    /** @type {Map<string, { surface: string; entry: number; guarded: boolean }[]>} */
    const heads = new Map();
    /** @param {string} surface @param {number} entry @param {number} guarded */
    const put = (surface, entry, guarded) => {
      const list = heads.get(surface[0]) ?? [];
      if (list.length === 0) heads.set(surface[0], list);
      list.push({ surface, entry, guarded: guarded > 0 });
    };
    if (outdated) {
      for (const [surface, entry, guarded] of data.names) put(surface, entry, guarded);
      for (const surface of data.hides) put(surface, HIDING, 0);
      for (const surface of data.documents) put(surface, DOCUMENT_CODE, 0);
      for (const list of heads.values()) list.sort((a, b) => b.surface.length - a.surface.length);
    }
    // By code unit: 1 where a name may begin with it, 2 where it may be the second one.
    const place = new Uint8Array(65536);
    let longest = 0;
    for (const { surface } of [...heads.values()].flat()) {
      for (const form of spellings(surface[0])) place[form] |= 1;
      for (const form of spellings(surface[1])) place[form] |= 2;
      longest = Math.max(longest, surface.length);
    }
    /** Whether a name may begin here, by its first two signs. @param {string} text @param {number} at */
    const isHead = (text, at) =>
      (place[text.charCodeAt(at)] & 1) === 1 && (place[text.charCodeAt(at + 1)] & 2) === 2;

    /** The longest name at each place, left to right. */
    /** @param {string} text */
    function* candidates(text) {
      for (let at = 0; at < text.length; at++) {
        if (!isHead(text, at)) continue;
        const found = heads
          .get(text[at])
          ?.find(
            ({ surface, entry }) =>
              text.startsWith(surface, at) &&
              (entry !== DOCUMENT_CODE || DOCUMENT.test(text.slice(at + surface.length, at + 40))),
          );
        if (!found) continue;
        yield { start: at, end: at + found.surface.length, ...found };
        at += found.surface.length - 1;
      }
    }

    /** @param {string} text @returns {Zhiquan.Span[]} */
    function findOutdated(text) {
      const folded = fold(text);
      const spans = [];
      let last = { kind: "", end: -1 }; // of a name that the words before it call a former one
      for (const { start, end, entry, guarded } of candidates(folded)) {
        if (entry < 0) continue;
        const fact = entries[entry];
        if (fact.since !== null && fact.since > today) continue;
        if (!isItself(folded, start, end, guarded, fact, data)) continue;
        const listed = last.kind === fact.kind && isListed(folded, last.end, start);
        if (listed || isFormerBefore(folded, start, fact, data)) {
          last = { kind: fact.kind, end };
          continue;
        }
        if (isExplainedAfter(folded, end, fact, data)) continue;
        spans.push({ lender: String(entry), surface: text.slice(start, end), start, end });
      }
      return spans;
    }

    /** @param {string} text @param {string} title @returns {Zhiquan.Span[]} */
    function findNumbers(text, title) {
      const doubtful = ZhiquanNumbers.find(text, known).filter(({ verified, start }) => {
        const before = fold(text.slice(Math.max(0, start - CUE), start));
        const cues = words.phone_cues;
        return (
          !verified &&
          cues.some((cue) => before.includes(cue)) &&
          !endsIn(before.replace(/[:是为 ]+$/, ""), words.number_cues)
        );
      });
      if (doubtful.length === 0) return [];
      const names = lenders.find(text, title);
      return doubtful
        .filter(({ start, end }) =>
          names.some((name) => name.start < end + BESIDE && name.end > start - BESIDE),
        )
        .map(({ start, end, number }) => ({ lender: "number", surface: number, start, end }));
    }

    /**
     * Where something to mark may begin. Blocks run together here, so a longer name over two
     * of them must not hide a shorter one.
     * @param {string} text
     */
    function placesIn(text) {
      const places = numbers ? [...text.matchAll(DIGITS)].map(({ index }) => index) : [];
      for (let at = 0; at < text.length; at++) {
        if (!isHead(text, at)) continue;
        const ahead = fold(text.slice(at, at + longest));
        const names = heads.get(ahead[0]) ?? [];
        if (names.some(({ surface, entry }) => entry >= 0 && ahead.startsWith(surface)))
          places.push(at);
      }
      return places.sort((a, b) => a - b);
    }

    return {
      placesIn,
      mayContain: (text) => placesIn(text).length > 0,
      remember: lenders.remember,
      find(text, title = "") {
        const spans = outdated ? findOutdated(text) : [];
        return numbers ? [...spans, ...findNumbers(text, title)] : spans;
      },
    };
  }

  /** @param {Zhiquan.NoteData} data @param {string} id @returns {Zhiquan.Note} */
  function describe(data, id) {
    /** @param {string} key @param {...string} rest */
    const say = (key, ...rest) => chrome.i18n.getMessage(key, rest);
    if (id === "number") return { status: say("noteNumber"), lines: [say("noteNumberText")] };
    const { status, successor, since } = data.entries[Number(id)];
    const lines = [
      successor && say("noteSuccessor", successor),
      since && say("sinceDate", since),
      say("noteOutdatedText"),
    ];
    return { status: say(`currency_${status}`), lines: lines.filter((line) => line !== null) };
  }

  /** The person's own date, YYYY-MM-DD. */
  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  /** @type {typeof ZhiquanNotes.start} */
  function start({ data, lenders, outdated, numbers, onFound }) {
    const options = { lenders, outdated, numbers, today: today() };
    const painter = ZhiquanPainter.create();
    const matcher = createMatcher(data, options);
    const scanner = ZhiquanScanner.create({
      // A matcher of patterns cannot say where: somewhere.
      placesIn: (text) => (matcher.mayContain(text) ? null : []),
      loadHits: async () => ZhiquanHits.create({ matcher, painter }),
      onChange: () => scanner.hits().length > 0 && onFound(painter.names),
    });
    return {
      near: painter.near,
      hits: scanner.hits,
      describe: (hit) => describe(data, hit.lender),
      setCurrent: painter.setCurrent,
      stop: scanner.stop,
    };
  }

  return Object.freeze({ createMatcher, describe, start, today });
})();
