/**
 * Finds lenders' names in a text by the same rules as crawler.mentions in Python; both are
 * held to tests/vectors/mentions.json. Touches neither the DOM nor any browser API.
 * Only a line in which anchors.js has found a place for a name is folded and matched exactly;
 * on a page this script is loaded for the first of them. It is one script however long, since
 * a page's scripts cannot import modules and each costs a request.
 */
globalThis.ZhiquanMatcher = (() => {
  const APART = -100; // rules a name out even where weak signs speak for it
  const NEVER = -99;
  const HARD = -3;
  const EDGE = "^";
  const LONGEST_CUE = 8;
  const LONGEST_BRACKET = 24;
  const NEAR = 1;
  const BRAND = 2;
  const FOIL = -2;
  const QUOTED = 1;
  const LISTED = 2;
  const LISTED_DOUBTFULLY = 1;
  const MOST_LISTED = 3;
  const DOUBTFUL_NEED = 3;
  const COMMON_NEED = 4; // a name so common needs neighbours that fit
  const SOFT = -2;
  const FAIR = 2;
  const FIRM = 3;
  const DEED = 2;
  const SIGN = 3; // the same for a common noun
  const HINT = 1; // the same elsewhere in the sentence
  const FREE = 1;
  const STEPS = 10; // of a point, in which weak signs are weighed
  const OVERRULING = 100; // steps from which on a name counts where a cue rules it out
  const LEAST = -4; // so far from its need a name's points count against them
  const MOST = 3;
  const CHECKED = 2 * STEPS; // the most where what follows speaks for a phrase of everyday
  const LOST = -MOST * STEPS; // below that no points help a name, from here on it needs none
  const WON = -LEAST * STEPS;
  const TOUCHING = 3; // characters beside a name that are read together
  const ZERO = 48; // stands for any number
  const SENTENCE_ENDS = "。;?!";
  const CLAUSE_ENDS = `${SENTENCE_ENDS},:`;
  /** What a character may be to the signs around a name, as bits. */
  const NUMERAL = 1;
  const ENDS_CLAUSE = 2;
  const ENDS_SENTENCE = 4;
  const PAIRED = 8; // the first of some pair that has a weight
  const OPENS = 16;
  const CLOSES = 32;
  const MOST_QUOTES = 4;
  const SAME_SURFACE = 2;
  const IN_TITLE = 2;
  const SAME_LENDER = 1;
  const COMPANY = 1;
  const LAST = 8; // names before one that tell what it may be short for
  const MANY_LENDERS = 3; // they make a text of lenders

  const { DROP, SEVERAL, STRANGE, SPACE } = ZhiquanAnchors.codes;
  /** @type {Zhiquan.Words} */
  const NOTHING = () => false;
  const MOST_ARGUMENTS = 4096;

  /** @param {number} code */
  function isCJK(code) {
    return (
      (code >= 0x4e00 && code <= 0x9fff) ||
      (code >= 0x2e80 && code <= 0x2fdf) ||
      (code >= 0x3005 && code <= 0x3007) ||
      (code >= 0x3040 && code <= 0x30ff) ||
      (code >= 0x3400 && code <= 0x4dbf) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0x20000 && code <= 0x3fffd)
    );
  }

  /** 1 for a digit, 2 for a Latin letter, else 0. @param {number} code */
  function wordKind(code) {
    if (code >= 48 && code <= 57) return 1;
    return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? 2 : 0;
  }

  /** Whether a Latin word or a number runs on from before a position. @param {string} text @param {number} at */
  function continuesWord(text, at) {
    const kind = wordKind(text.charCodeAt(at));
    return kind > 0 && kind === wordKind(text.charCodeAt(at - 1));
  }

  /** The folding of crawler.text, a line at a time. @param {Zhiquan.Folder} folder */
  function makeLineFolder({ table, several, foldCode }) {
    /** The line when its characters fold one to one, as in most lines; else null. @param {string} text @param {number} start @param {number} end */
    function foldPlainly(text, start, end) {
      const size = end - start;
      /** @type {number[]} */
      const units = new Array(size);
      let same = true;
      for (let at = 0; at < size; at++) {
        const code = text.charCodeAt(start + at);
        const unit = table[code] || foldCode(code);
        if (unit >= STRANGE || unit === SPACE) return null;
        if (unit !== code) same = false;
        units[at] = unit;
      }
      return same ? text.slice(start, end) : decode(units);
    }

    /** @param {string} text @param {number} start @param {number} end @returns {Zhiquan.FoldedLine} */
    function foldLine(text, start, end) {
      const plain = foldPlainly(text, start, end);
      if (plain !== null) return { text: plain, shift: start, from: null, to: null };
      let capacity = end - start + 8;
      let units = new Uint16Array(capacity);
      let from = new Int32Array(capacity);
      let to = new Int32Array(capacity);
      let size = 0;
      let beside = false; // whether the last solid character is Chinese
      let pending = 0; // spaces at the end that still have to prove their meaning
      /** @param {number} unit @param {number} a @param {number} b */
      function push(unit, a, b) {
        if (size === capacity) {
          capacity *= 2;
          const grown = new Uint16Array(capacity);
          grown.set(units);
          units = grown;
          [from, to] = [from, to].map((one) => {
            const larger = new Int32Array(capacity);
            larger.set(one);
            return larger;
          });
        }
        units[size] = unit;
        from[size] = a;
        to[size] = b;
        size++;
      }
      for (let at = start; at < end; ) {
        const code = Number(text.codePointAt(at));
        const next = at + (code > 0xffff ? 2 : 1);
        const unit = foldCode(code);
        if (unit === SPACE) {
          push(SPACE, at, next);
          pending++;
        } else if (unit !== DROP) {
          const chinese = isCJK(code);
          if (pending > 0 && (beside || chinese)) size -= pending;
          pending = 0;
          beside = chinese;
          if (unit === SEVERAL) for (const one of several.get(code) ?? []) push(one, at, next);
          else push(unit, at, next);
        }
        at = next;
      }
      if (pending > 0 && beside) size -= pending;
      return { text: decode([...units.subarray(0, size)]), shift: 0, from, to };
    }

    return foldLine;
  }

  /** The text of these units. A plain array takes a third of the time of a typed one. @param {number[]} units */
  function decode(units) {
    if (units.length <= MOST_ARGUMENTS) return String.fromCharCode.apply(null, units);
    let text = "";
    for (let at = 0; at < units.length; at += MOST_ARGUMENTS) {
      text += String.fromCharCode.apply(null, units.slice(at, at + MOST_ARGUMENTS));
    }
    return text;
  }

  /** @param {string} digits @param {number} at */
  function digit(digits, at) {
    const code = digits.charCodeAt(at);
    return code < 58 ? code - 48 : code - 87;
  }

  /** Names by hash. No object is made for a name. @param {Zhiquan.MatchData} data */
  function makeIndex(data) {
    const { names, anchors, needs } = data;
    const count = anchors.length;
    /** @type {string[] | undefined} */
    let lenders;
    // What exact matching needs is made when the first name is looked up.
    let mask = 1023;
    const starts = new Uint32Array(count + 1);
    /** @type {Int32Array | undefined} */
    let slots;

    function makeSlots() {
      while (mask < count * 2) mask = mask * 2 + 1;
      const made = new Int32Array(mask + 1);
      for (let name = 0, start = 0; name < count; name++) {
        const next = names.indexOf("\n", start);
        const end = next < 0 ? names.length : next;
        let slot = mix(hashOn(0, names, start, end)) & mask;
        while (made[slot]) slot = (slot + 1) & mask;
        made[slot] = name + 1;
        start = end + 1;
        starts[name + 1] = start;
      }
      return made;
    }

    /** The name that stands at start:end, or -1. @param {string} text @param {number} start @param {number} end @param {number} hash  Of that piece, by `hashOn`. */
    function nameAt(text, start, end, hash) {
      slots ??= makeSlots();
      let slot = mix(hash) & mask;
      for (; slots[slot]; slot = (slot + 1) & mask) {
        const name = slots[slot] - 1;
        const at = starts[name];
        if (starts[name + 1] - 1 - at !== end - start) continue;
        let same = 0;
        while (
          same < end - start &&
          names.charCodeAt(at + same) === text.charCodeAt(start + same)
        ) {
          same++;
        }
        if (same === end - start) return name;
      }
      return -1;
    }

    /** @type {Map<number, Zhiquan.Rules>} */
    const known = new Map();
    const general = anyOf(data.context);
    /** @type {Zhiquan.Rules} */
    const plain = {
      need: 0,
      blocks: [],
      before: new Map(),
      after: new Map(),
      brands: NOTHING,
      foils: NOTHING,
      noun: false,
      term: false,
      context: general,
    };

    /** The first and the last character of a name. @param {number} name */
    function edgesOf(name) {
      const start = starts[name];
      return [data.names[start], data.names[starts[name + 1] - 2]];
    }

    /** @param {number} name @returns {Zhiquan.Rules} */
    function rulesOf(name) {
      const before = known.get(name);
      if (before) return before;
      const own = data.rules[name];
      const need = digit(needs, name);
      if (!own && need === 0) return plain;
      const [head, tail] = need > 0 ? edgesOf(name) : ["", ""];
      const rules = {
        need,
        blocks: own?.blocks ?? [],
        before: crossed(false, own?.before, data.crossingBefore?.[head]),
        after: crossed(true, own?.after, data.crossingAfter?.[tail]),
        brands: anyOf(own?.brands),
        foils: anyOf(own?.foils),
        noun: own?.noun ?? false,
        term: own?.term ?? false,
        context: own?.context
          ? anyOf(own.context)
          : own?.more
            ? anyOf(data.context.concat(own.more))
            : general,
      };
      known.set(name, rules);
      return rules;
    }

    return {
      nameAt,
      rulesOf,
      /** @param {number} name */
      needOf: (name) => digit(needs, name),
      /** @param {number} name */
      pageOf: (name) => data.rules[name]?.page ?? digit(needs, name) > 0,
      /** @param {number} name */
      anchorOf: (name) => digit(anchors, name),
      /** Which of the lenders it is. @param {number} name */
      ownerOf: (name) => data.owners[name],
      /** @param {number} name */
      lenderOf: (name) => {
        lenders ??= data.lenders.split("\n");
        return lenders[data.owners[name]];
      },
    };
  }

  /** A name's own cues, and those that put it amid a word. @param {boolean} isBehind @param {Record<string, number>} [own] @param {string} [characters] */
  function crossed(isBehind, own = {}, characters = "") {
    const amid = Object.fromEntries([...characters].map((one) => [one, NEVER]));
    return cuesOfAll(isBehind, amid, own);
  }

  /**
   * Each cue and its points, the second record's before the first's; and by the character that
   * is nearest to the name the lengths of its cues, as bits.
   * @param {boolean} isBehind  Whether they follow the name.
   * @param {Record<string, number>} first
   * @param {Record<string, number>} [second]
   * @returns {Zhiquan.Cues}
   */
  function cuesOfAll(isBehind, first, second = {}) {
    /** @type {Zhiquan.Cues} */
    const cues = new Map();
    for (const record of [first, second]) {
      for (const [cue, points] of Object.entries(record)) {
        const key = cue.charCodeAt(isBehind ? 0 : cue.length - 1);
        cues.set(cue, points);
        cues.set(key, (cues.get(key) ?? 0) | (1 << cue.length));
      }
    }
    return cues;
  }

  /** A hash with more characters taken in. @param {number} hash @param {string} text @param {number} start @param {number} end */
  function hashOn(hash, text, start, end) {
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    return hash;
  }

  /** @param {number} hash */
  const mix = (hash) => hash ^ (hash >>> 15);

  /** Where a folded character begins in the original. @param {Zhiquan.FoldedLine} line @param {number} at */
  const fromOf = ({ shift, from }, at) => (from ? from[at] : shift + at);

  /** Where a folded character ends in the original. @param {Zhiquan.FoldedLine} line @param {number} at */
  const toOf = ({ shift, to }, at) => (to ? to[at] : shift + at + 1);

  /** Whether a piece ends at a position. @param {string} text @param {number} at @param {string} piece */
  function endsWith(text, at, piece) {
    return at >= piece.length && text.startsWith(piece, at - piece.length);
  }

  /** Tells whether any of the words stands in a text. @param {string[]} [words] @returns {Zhiquan.Words} */
  function anyOf(words = []) {
    if (words.length === 0) return NOTHING;
    /** @type {Map<number, string[]> | undefined} */
    let byFirst; // one look for each character: a pattern tries each word there
    return (text, start = 0, end = text.length) => {
      byFirst ??= bySign(words, (word) => word.charCodeAt(0));
      for (let at = start; at < end; at++) {
        const there = byFirst.get(text.charCodeAt(at));
        if (there?.some((word) => at + word.length <= end && text.startsWith(word, at)))
          return true;
      }
      return false;
    };
  }

  /** @type {Zhiquan.Neighbours} */
  const NOBODY = { starting: new Map(), ending: new Map() };

  /** @param {Zhiquan.Candidate[]} candidates */
  function neighboursOf(candidates) {
    /** @type {Map<Zhiquan.FoldedLine, Zhiquan.Neighbours>} */
    const around = new Map();
    /** @param {Map<number, Zhiquan.Candidate[]>} places @param {number} at @param {Zhiquan.Candidate} one */
    const add = (places, at, one) => {
      const there = places.get(at);
      if (there) there.push(one);
      else places.set(at, [one]);
    };
    for (const one of candidates) {
      let { starting, ending } = around.get(one.line) ?? NOBODY;
      if (!around.has(one.line)) {
        [starting, ending] = [new Map(), new Map()];
        around.set(one.line, { starting, ending });
      }
      add(starting, one.start, one);
      add(ending, one.end, one);
    }
    return around;
  }

  /** @param {string} text */
  const firstOf = (text) => text[0];
  /** @param {string} text */
  const lastOf = (text) => text[text.length - 1];

  /** Pieces of text by one of their characters, in the same order. @template {string | number} T @param {string[]} pieces @param {(piece: string) => T} key */
  function bySign(pieces, key) {
    /** @type {Map<T, string[]>} */
    const groups = new Map();
    for (const piece of pieces) {
      const others = groups.get(key(piece));
      if (others) others.push(piece);
      else groups.set(key(piece), [piece]);
    }
    return groups;
  }

  /** The points of the longest cue beside a name; the name's own go before general ones. @param {string} text @param {number} at  Where the name begins or ends. @param {boolean} isBehind  Whether what follows is read. @param {Zhiquan.Cues} own @param {Zhiquan.Cues} general */
  function pointsOf(text, at, isBehind, own, general) {
    const room = isBehind ? text.length - at : at;
    const nearest = room > 0 ? text.charCodeAt(isBehind ? at : at - 1) : EDGE.charCodeAt(0);
    const sizes = (own.get(nearest) ?? 0) | (general.get(nearest) ?? 0);
    // The text's edge stands for one more character.
    for (let size = Math.min(room + 1, LONGEST_CUE); size > 0; size--) {
      if (((sizes >> size) & 1) === 0) continue;
      let cue = isBehind ? text.slice(at, at + size) : text.slice(Math.max(0, at - size), at);
      if (size > room) cue = isBehind ? cue + EDGE : EDGE + cue;
      const points = own.get(cue) ?? general.get(cue);
      if (points !== undefined) return points;
    }
    return 0;
  }

  /** Judges one occurrence by what stands around it. @param {Zhiquan.MatchData} data @param {ReturnType<typeof makeIndex>} index */
  function makeScorer(data, index) {
    /** @param {boolean} noun */
    const cuesFor = (noun) => ({
      before: cuesOfAll(false, data.before, noun ? {} : data.namingBefore),
      after: cuesOfAll(true, data.after, noun ? {} : data.namingAfter),
    });
    /** @type {ReturnType<typeof cuesFor> | undefined} */
    let ofNouns;
    /** @type {ReturnType<typeof cuesFor> | undefined} */
    let ofOthers;

    /** @param {Zhiquan.Rules} rules */
    function generalOf({ noun }) {
      if (noun) {
        ofNouns ??= cuesFor(true);
        return ofNouns;
      }
      ofOthers ??= cuesFor(false);
      return ofOthers;
    }
    const kinds = new Uint8Array(0x10000);
    /** @param {string} characters @param {number} kind */
    const addKind = (characters, kind) => {
      for (let at = 0; at < characters.length; at++) kinds[characters.charCodeAt(at)] |= kind;
    };
    addKind(data.openers, OPENS);
    addKind(data.closers, CLOSES);
    addKind(data.numerals ?? "", NUMERAL);
    addKind(SENTENCE_ENDS, ENDS_SENTENCE);
    addKind(CLAUSE_ENDS, ENDS_CLAUSE);
    /** @param {string} text @param {number} at @param {number} kind */
    const isOf = (text, at, kind) => (kinds[text.charCodeAt(at)] & kind) !== 0;
    const separatorsBefore = bySign(data.separators, lastOf);
    const separatorsAfter = bySign(data.separators, firstOf);
    const window = data.reach + MOST_QUOTES + LONGEST_CUE + LONGEST_BRACKET;
    const deeds = anyOf(data.deeds);
    const signs = anyOf(data.signs);

    /** Where the quotation marks around a name end. @param {Zhiquan.Candidate} candidate */
    function edgesOf({ line: { text }, start, end }) {
      let left = start;
      let right = end;
      while (left > 0 && start - left < MOST_QUOTES && isOf(text, left - 1, OPENS)) left--;
      while (right < text.length && right - end < MOST_QUOTES && isOf(text, right, CLOSES)) right++;
      return { left, right };
    }

    /** @param {string} text @param {number} at @param {Zhiquan.Rules} rules */
    const afterPoints = (text, at, rules) =>
      pointsOf(text, at, true, rules.after, generalOf(rules).after);

    /** @param {string} text @param {number} at @param {Zhiquan.Rules} rules */
    const beforePoints = (text, at, rules) =>
      pointsOf(text, at, false, rules.before, generalOf(rules).before);

    /** The points of the best cue on each side. @param {Zhiquan.Candidate} candidate @param {Zhiquan.Rules} rules */
    function cuesOf(candidate, rules) {
      candidate.cues ??= readCues(candidate, rules);
      return candidate.cues;
    }

    /** @param {Zhiquan.Candidate} candidate @param {Zhiquan.Rules} rules @returns {[number, number]} */
    function readCues(candidate, rules) {
      const { text } = candidate.line;
      const { left, right } = edgesOf(candidate);
      let points = afterPoints(text, right, rules);
      if (points <= 0 && points > NEVER && text.startsWith("(", right)) {
        const past = text.slice(right, right + LONGEST_BRACKET).indexOf(")");
        if (past >= 0) points = Math.max(points, afterPoints(text, right + past + 1, rules));
      }
      return [beforePoints(text, left, rules), points];
    }

    /** Whether it stands inside a longer phrase or word. @param {Zhiquan.Candidate} candidate */
    function isRuledOut(candidate) {
      const { line, name, start, end } = candidate;
      const { text } = line;
      if (continuesWord(text, start) || continuesWord(text, end)) return true;
      const rules = index.rulesOf(name);
      const isBlocked = rules.blocks.some(
        ([head, tail]) => text.startsWith(tail, end) && endsWith(text, start, head),
      );
      if (!isBlocked) {
        if (rules.need === 0 && rules.before.size === 0 && rules.after.size === 0) return false;
        const [left, right] = cuesOf(candidate, rules);
        if (left === APART || right === APART) return true;
        if (left > NEVER && right > NEVER) return false;
      }
      return rules.need === 0 || usageOf(candidate, rules) < OVERRULING;
    }

    /** Points for standing in a list beside another lender's name. @param {Zhiquan.Candidate} candidate @param {Zhiquan.Neighbours} around */
    function listed(candidate, around) {
      const { text } = candidate.line;
      const { left, right } = edgesOf(candidate);
      let points = 0;
      const head = separatorsBefore.get(text[left - 1])?.find((one) => endsWith(text, left, one));
      if (head !== undefined) {
        let at = left - head.length;
        for (let turn = 0; turn < MOST_QUOTES && isOf(text, at - 1, CLOSES); turn++) at--;
        points = listing(candidate, around.ending.get(at));
      }
      const tail = separatorsAfter.get(text[right])?.find((one) => text.startsWith(one, right));
      if (tail !== undefined) {
        let at = right + tail.length;
        for (let turn = 0; turn < MOST_QUOTES && isOf(text, at, OPENS); turn++) at++;
        points += listing(candidate, around.starting.get(at));
      }
      return Math.min(points, MOST_LISTED);
    }

    /** @param {Zhiquan.Candidate} candidate @param {Zhiquan.Candidate[]} [neighbours] */
    function listing(candidate, neighbours = []) {
      const owner = index.ownerOf(candidate.name);
      const needs = neighbours
        .filter((one) => index.ownerOf(one.name) !== owner)
        .map((one) => index.needOf(one.name));
      if (needs.length === 0) return 0;
      return Math.min(...needs) < DOUBTFUL_NEED ? LISTED : LISTED_DOUBTFULLY;
    }

    /** What stands between such marks on both sides of a name: the text's parts before and behind it. @param {Zhiquan.Candidate} candidate @param {number} ends  The marks' kind. */
    function within({ line: { text }, start, end }, ends) {
      const least = Math.max(0, start - window);
      const most = Math.min(text.length, end + window);
      let from = start;
      let past = end;
      while (from > least && !isOf(text, from - 1, ends)) from--;
      while (past < most && !isOf(text, past, ends)) past++;
      return {
        /** @param {Zhiquan.Words} words */
        has: (words) => words(text, from, start) || words(text, end, past),
        isEmpty: () => `${text.slice(from, start)}${text.slice(end, past)}`.trim() === "",
      };
    }

    /** @type {ReturnType<typeof weightsOf> | undefined} */
    let weights;
    let turn = 0; // of weighing: a pair counts once in each

    /**
     * What touches a name on one side, and the weight of its clause's pairs there. Every number
     * counts as the same; nothing is copied, since most names looked at are ordinary words.
     * @param {string} text @param {number} from  The nearest character.
     * @param {number} past  The one behind the last to be read.
     * @param {Map<number, Map<number, Pair>>} pairs
     */
    function readSide(text, from, past, pairs) {
      const step = past < from ? -1 : 1;
      let near = "";
      let size = 0;
      let steps = 0;
      let last = 0;
      let isNumber = false;
      let inClause = true;
      /** @type {Map<number, Pair> | undefined} */
      let row;
      for (let at = from; at !== past && (inClause || size < TOUCHING); at += step) {
        let unit = text.charCodeAt(at);
        if ((kinds[unit] & NUMERAL) !== 0) {
          if (isNumber) continue;
          isNumber = true;
          unit = ZERO;
        } else isNumber = false;
        if (size++ < TOUCHING) {
          const sign = String.fromCharCode(unit);
          near = step < 0 ? sign + near : near + sign;
        }
        const kind = kinds[unit];
        inClause &&= (kind & ENDS_CLAUSE) === 0;
        if (!inClause) continue;
        const own = (kind & PAIRED) !== 0 ? pairs.get(unit) : undefined;
        const found = step < 0 ? own?.get(last) : row?.get(unit);
        if (found && found.turn !== turn) {
          found.turn = turn;
          steps += found.weight;
        }
        row = own;
        last = unit;
      }
      return { near, size, steps, isEmpty: last === 0 };
    }

    /** How much a name stands as lenders' names do, in steps of a point; crawler/mentions/usage.py has the signs. @param {Zhiquan.Candidate} candidate @param {Zhiquan.Rules} [rules] */
    function usageOf(candidate, rules = index.rulesOf(candidate.name)) {
      candidate.usage ??= data.usage ? weigh(candidate, rules) : 0;
      return candidate.usage;
    }

    /** @param {Zhiquan.Candidate} candidate @param {Zhiquan.Rules} rules */
    function weigh(candidate, rules) {
      weights ??= weightsOf(data.usage ?? {}, kinds);
      const { pairs, others } = weights;
      const { line, start, end } = candidate;
      const { text } = line;
      const edges = edgesOf(candidate);
      turn++;
      const first = Math.max(0, start - window);
      const left = readSide(text, edges.left - 1, first - 1, pairs);
      const right = readSide(text, edges.right, Math.min(text.length, end + window), pairs);
      const head = left.size < TOUCHING ? EDGE + left.near : left.near;
      const tail = right.size < TOUCHING ? right.near + EDGE : right.near;
      const surface = text.slice(start, end);
      let steps = (data.usageBias ?? 0) + left.steps + right.steps;
      /** @param {string} sign */
      const count = (sign) => {
        steps += others.get(sign) ?? 0;
      };
      count(`n${surface}`);
      count(`k${rules.need}`);
      if (rules.noun) count("m");
      if (edges.left < start && edges.right > end) count("q");
      for (let size = 1; size <= head.length; size++) count(`l${head.slice(-size)}`);
      for (let size = 1; size <= tail.length; size++) count(`r${tail.slice(0, size)}`);
      count(`z${lastOf(head)}${firstOf(tail)}`);
      count(`x${surface}${lastOf(head)}`);
      count(`y${surface}${firstOf(tail)}`);
      if (left.isEmpty) count("s");
      if (right.isEmpty) count("e");
      return steps;
    }

    /** The most steps that weak signs count for a name. @param {Zhiquan.Candidate} candidate */
    function limitOf(candidate) {
      const rules = index.rulesOf(candidate.name);
      if (rules.noun) return Number.POSITIVE_INFINITY;
      const [left, right] = cuesOf(candidate, rules);
      return left < FAIR && right === SOFT ? CHECKED : Number.POSITIVE_INFINITY;
    }

    /** Whether words stand near a candidate. @param {Zhiquan.Candidate} candidate @param {Zhiquan.Words} words */
    function isNear({ line: { text }, start, end }, words) {
      return words(text, Math.max(0, start - data.reach), Math.min(text.length, end + data.reach));
    }

    /** @param {Zhiquan.Candidate} candidate @param {Zhiquan.Neighbours} around @param {(words: Zhiquan.Words) => boolean} inTitle  Whether the title is context. */
    function score(candidate, around, inTitle) {
      const { start, end } = candidate;
      const rules = index.rulesOf(candidate.name);
      let [left, right] = cuesOf(candidate, rules);
      if (left >= FAIR && right === SOFT) right = 0; // 打开X的时候 speaks of the verb, not of X
      const firm = Math.max(left, right) >= FIRM;
      const near = firm || inTitle(rules.context) || isNear(candidate, rules.context);
      const brand = isNear(candidate, rules.brands);
      const inList = listed(candidate, around);
      let points = left + right + inList + (near ? NEAR : 0) + (brand ? BRAND : 0);
      const edges = edgesOf(candidate);
      if (edges.left < start && edges.right > end) points += QUOTED;
      if (isNear(candidate, rules.foils)) points += FOIL;
      const least = Math.min(left, right);
      let hasContext = near || brand || inList > 0 || Math.max(left, right) >= FAIR;
      const isEnough = hasContext && points >= rules.need;
      const isDoubtful = rules.need >= DOUBTFUL_NEED || !rules.noun;
      if (least >= 0 && !isEnough && isDoubtful && !rules.term) {
        const clause = within(candidate, ENDS_CLAUSE);
        const isBare = clause.isEmpty();
        if (clause.has(rules.noun ? signs : deeds)) {
          points += rules.noun ? SIGN : DEED;
          hasContext = true;
        } else if (!isBare && within(candidate, ENDS_SENTENCE).has(signs)) {
          points += HINT;
          hasContext = true;
        }
        if (!isBare && (least > 0 || left >= FAIR) && !rules.noun) points += FREE;
      }
      const fits = left !== HARD && right !== HARD;
      const isOpen = fits && (rules.need < COMMON_NEED || least > 0);
      return { points, hasContext, fits, isOpen };
    }

    return { isRuledOut, limitOf, score, usageOf };
  }

  /** @typedef {{ weight: number; turn: number }} Pair  Two characters that follow each other in a clause; when it counted last. */

  /** The pairs by their first and second unit, and the weight of each other sign. @param {Record<string, string>} usage @param {Uint8Array} kinds  Of characters. */
  function weightsOf(usage, kinds) {
    /** @type {Map<number, Map<number, Pair>>} */
    const pairs = new Map();
    /** @type {Map<string, number>} */
    const others = new Map();
    for (const [key, signs] of Object.entries(usage)) {
      const weight = Number(key);
      for (const sign of signs.split(" ")) {
        if (sign[0] === "c") {
          const one = sign.charCodeAt(1);
          kinds[one] |= PAIRED;
          const row = pairs.get(one) ?? new Map();
          pairs.set(one, row.set(sign.charCodeAt(2), { weight, turn: 0 }));
        } else others.set(sign, weight);
      }
    }
    return { pairs, others };
  }

  /** Whether a name counts, given its weak signs and the points for evidence elsewhere. @param {ReturnType<ReturnType<typeof makeScorer>["score"]>} score @param {number} usage @param {number} need @param {number} [evidence] */
  function reaches({ points, hasContext }, usage, need, evidence = 0) {
    let margin = points + evidence - need;
    if (!hasContext && evidence === 0) margin = Math.min(margin, -1);
    return Math.max(LEAST, Math.min(margin, MOST)) * STEPS + usage >= 0;
  }

  /**
   * A matcher for one lexicon. Throws when the document has another form.
   * @param {{ [key: string]: unknown }} lexicon  A LexiconDocument.
   * @param {Zhiquan.Anchors} [anchors]  Of the same lexicon, when they are there already.
   */
  function create(lexicon, anchors) {
    const data = /** @type {Zhiquan.MatchData} */ (lexicon.match);
    if (typeof data?.names !== "string") throw new TypeError("The lexicon has no names to match.");
    const { shapes, folder, mayHave, placesIn, mayContain } =
      anchors ?? ZhiquanTables.makeAnchors(data);
    const { foldCode } = folder;
    const foldLine = makeLineFolder(folder);
    const index = makeIndex(data);
    const scorer = makeScorer(data, index);
    const pageWords = data.pageWords?.length ? anyOf(data.pageWords) : null;

    /** Every occurrence that no longer word, phrase or name rules out, in order. @param {string} text @param {number[]} places  Where names may stand. */
    function candidatesIn(text, places) {
      /** @type {Zhiquan.Candidate[]} */
      const kept = [];
      const hasLines = text.includes("\n"); // few have, and to look back takes long
      for (let turn = 0; turn < places.length; ) {
        const start = hasLines ? text.lastIndexOf("\n", places[turn]) + 1 : 0;
        const next = hasLines ? text.indexOf("\n", places[turn]) : -1;
        const end = next < 0 ? text.length : next;
        const line = foldLine(text, start, end);
        /** @type {Zhiquan.Candidate[]} */
        const found = [];
        if (line.from) {
          for (let folded = 0; folded < line.text.length; folded++) {
            const forms = shapes.get(line.text.charCodeAt(folded))?.exact;
            if (forms) addNames(line, folded, forms, found);
          }
        }
        for (; places[turn] < end; turn++) {
          if (line.from) continue;
          // A line that folds one to one has no space: only names without one can stand in it.
          const forms = shapes.get(line.text.charCodeAt(places[turn] - start))?.loose;
          if (forms) addNames(line, places[turn] - start, forms, found);
        }
        if (found.length === 0) continue;
        if (found.length > 1) found.sort((a, b) => a.start - b.start || b.end - a.end);
        for (const one of withoutInner(found)) {
          // What no longer name covers is judged last: the signs around it take longest to weigh.
          const isCertain = index.needOf(one.name) === 0;
          if (isCertain || !(isPieced(one, text) || scorer.isRuledOut(one))) kept.push(one);
        }
      }
      return kept;
    }

    /** Adds the names whose anchor stands at a position of the line. @param {Zhiquan.FoldedLine} line @param {number} at @param {number[]} forms @param {Zhiquan.Candidate[]} found */
    function addNames(line, at, forms, found) {
      const { text } = line;
      let hash = 0; // forms that begin at one place follow each other
      let from = -1;
      let to = 0;
      for (const form of forms) {
        const start = at - (form >> 8);
        const end = start + (form & 255);
        if (start < 0 || end > text.length) continue;
        if (start !== from) {
          hash = 0;
          from = start;
          to = start;
        }
        hash = hashOn(hash, text, to, end);
        to = end;
        if (!line.from && !mayHave(hash)) continue;
        const name = index.nameAt(text, start, end, hash);
        if (name < 0 || index.anchorOf(name) !== at - start) continue;
        const candidate = { line, name, start, end, cues: null, usage: null };
        if (index.needOf(name) > 0 || !scorer.isRuledOut(candidate)) found.push(candidate);
      }
    }

    /** @param {Zhiquan.Candidate[]} ordered */
    function withoutInner(ordered) {
      let covered = -1;
      return ordered.filter((one) => {
        if (one.end <= covered) return false;
        if (index.needOf(one.name) === 0) covered = one.end;
        return true;
      });
    }

    /** Whether an ambiguous name has white space at some of its joints and not at others. @param {Zhiquan.Candidate} candidate @param {string} original */
    function isPieced({ line, name, start, end }, original) {
      if (!line.from || index.needOf(name) === 0) return false;
      let wide = 0;
      for (let at = start; at < end - 1; at++) {
        for (let gap = toOf(line, at); gap < fromOf(line, at + 1); gap++) {
          if (foldCode(original.charCodeAt(gap)) === SPACE) {
            wide++;
            break;
          }
        }
      }
      return wide > 0 && wide < end - start - 1;
    }

    /** Whether a name is the end of one in the title: there 月付 is short for 抖音月付. @param {Zhiquan.Candidate} candidate @param {string[]} titled */
    function isShortFor(candidate, titled) {
      const surface = surfaceOf(candidate);
      return titled.some((one) => one.length > surface.length && one.endsWith(surface));
    }

    /** Whether the same holds of what the text named last, its own lender and brands apart. @param {Zhiquan.Candidate} candidate @param {Zhiquan.Memory} memory */
    function isShortForLast(candidate, { last }) {
      const surface = surfaceOf(candidate);
      for (let at = last.length - 1; at >= 0; at--) {
        const other = last[at];
        if (index.ownerOf(other.name) === index.ownerOf(candidate.name)) return false;
        const isLonger = other.end - other.start > surface.length;
        if (!isLonger || !endsWith(other.line.text, other.end, surface)) continue;
        const start = other.line === candidate.line ? other.end : 0;
        return !index.rulesOf(candidate.name).brands(candidate.line.text, start, candidate.start);
      }
      return false;
    }

    /** @param {Zhiquan.Candidate} candidate */
    const surfaceOf = ({ line, start, end }) => line.text.slice(start, end);

    /** Whether a title speaks of the thing that a common noun means: weak signs do not speak for a lender then. @param {number} name @param {string} title */
    function isSubject(name, title) {
      const { noun, foils, brands } = index.rulesOf(name);
      return noun && foils(title) && !brands(title);
    }

    /** @param {Zhiquan.Candidate} candidate @param {Zhiquan.Memory} memory */
    function note(candidate, { last }) {
      last.push(candidate);
      if (last.length > LAST) last.shift();
    }

    /** @param {Zhiquan.Candidate[]} candidates @param {Zhiquan.Title} title @param {Zhiquan.Memory} memory */
    function accept(candidates, title, memory) {
      const { inTitle, titled, heading } = title;
      const [subject] = heading.split("\n", 1);
      const accepted = [];
      const open = [];
      /** @type {ReturnType<typeof neighboursOf> | undefined} */
      let around; // made only when a name needs evidence
      /** @param {Zhiquan.Words} words */
      const isContext = (words) => inTitle.size > 0 || words(heading);
      for (const one of candidates) {
        const need = index.needOf(one.name);
        const owner = index.ownerOf(one.name);
        if (need > 0) {
          let usage = scorer.usageOf(one);
          if (inTitle.size === 0 && usage > 0 && isSubject(one.name, subject)) usage = 0;
          if (usage < LOST) continue;
          if (usage > CHECKED) usage = Math.min(usage, scorer.limitOf(one));
          const isShort = isShortFor(one, titled);
          if (!inTitle.has(owner) && (isShort || isShortForLast(one, memory))) continue;
          if (usage < WON) {
            around ??= neighboursOf(candidates);
            const score = scorer.score(one, around.get(one.line) ?? NOBODY, isContext);
            // A title with 京东金条 tells what 金条 is, though it is a common noun.
            if (!reaches(score, usage, need, isShort && score.fits ? IN_TITLE : 0)) {
              if (score.isOpen) open.push({ one, score, usage, need });
              continue;
            }
          }
          memory.names.add(one.name);
        }
        accepted.push(one);
        memory.lenders.add(owner);
        note(one, memory);
      }
      for (const { one, score, usage, need } of open) {
        const owner = index.ownerOf(one.name);
        let evidence = 0;
        if (inTitle.has(owner)) evidence = IN_TITLE;
        else if (memory.names.has(one.name)) evidence = SAME_SURFACE;
        else if (memory.lenders.has(owner)) evidence = SAME_LENDER;
        else if (memory.lenders.size >= MANY_LENDERS && need < COMMON_NEED) evidence = COMPANY;
        if (index.rulesOf(one.name).noun) evidence = Math.min(evidence, SAME_LENDER);
        if (evidence > 0 && reaches(score, usage, need, evidence)) accepted.push(one);
        else memory.undecided++;
      }
      return accepted;
    }

    /** @param {string} text */
    function foldAll(text) {
      const lines = [];
      for (let start = 0; start <= text.length; ) {
        const next = text.indexOf("\n", start);
        const end = next < 0 ? text.length : next;
        lines.push(foldLine(text, start, end).text);
        start = end + 1;
      }
      return lines.join("\n");
    }

    /**
     * Whether names that need a page of lending or firms count among these; crawler/mentions/page.py
     * has the rule. What a page has once shown holds for all of it.
     * @param {Zhiquan.Candidate[]} candidates @param {string} heading  Folded.
     * @param {string} text @param {Zhiquan.Memory} memory
     */
    function allows(candidates, heading, text, memory) {
      if (!pageWords || memory.speaks) return true;
      memory.speaks =
        candidates.some((one) => !index.pageOf(one.name)) ||
        new Set(candidates.map((one) => index.ownerOf(one.name))).size >= MANY_LENDERS;
      if (memory.speaks) return true;
      const surfaces = [...new Set(candidates.map(surfaceOf))].sort((a, b) => b.length - a.length);
      const signs = [pageWords, ...candidates.map((one) => index.rulesOf(one.name).brands)];
      /** @param {string} one */
      const isSaid = (one) => signs.some((sign) => sign(one));
      /** @param {string} one  What stands in a name does not count. */
      const speaks = (one) =>
        isSaid(one) &&
        isSaid(surfaces.reduce((cut, surface) => cut.replaceAll(surface, "\n"), one));
      memory.speaks = speaks(heading) || speaks(foldAll(text));
      if (memory.speaks || memory.page === "") return memory.speaks;
      // The page is the same for many names: what it says is looked for once for each.
      if (page.text !== memory.page) {
        page = { text: memory.page, folded: foldAll(memory.page), speaks: new Map() };
      }
      const key = surfaces.join("\n");
      memory.speaks = page.speaks.get(key) ?? speaks(page.folded);
      page.speaks.set(key, memory.speaks);
      return memory.speaks;
    }

    /** The page read last beyond what is searched, and whether it speaks beside such names. */
    let page = { text: "", folded: "", speaks: /** @type {Map<string, boolean>} */ (new Map()) };

    /** A memory for the pieces of one document, to be handed to each `find`. @returns {Zhiquan.Memory} */
    function remember() {
      return {
        lenders: new Set(),
        names: new Set(),
        undecided: 0,
        speaks: false,
        page: "",
        last: [],
      };
    }

    /** A title that is still to be searched. @param {string} text @returns {Zhiquan.Title} */
    const makeTitle = (text) => ({
      text,
      heading: foldAll(text),
      inTitle: new Set(),
      titled: [],
      candidates: [],
    });

    /** The last title read: a page is searched in many pieces under one title. */
    let known = makeTitle("");

    /** The folded title, the lenders it names and by which names. @param {string} text */
    function readTitle(text) {
      if (text !== known.text) {
        const title = makeTitle(text);
        title.candidates = candidatesIn(text, placesIn(text));
        const named = accept(title.candidates, title, remember());
        for (const one of named) title.inTitle.add(index.ownerOf(one.name));
        title.titled = named.map(surfaceOf);
        known = title;
      }
      return known;
    }

    /**
     * The mentions in a text, ordered and non-overlapping. Context never reaches across a
     * line break. Lines for which `mayContain` is false may be left out without any change.
     * @param {string} text
     * @param {string} [title]  Helps to judge ambiguous names.
     * @param {Zhiquan.Memory} [memory]  When a document is searched piece by piece.
     * @param {number[]} [places]  Of this text or of a longer one around it, when known.
     * @returns {Zhiquan.Found[]}
     */
    function find(text, title = "", memory = remember(), places = placesIn(text)) {
      const candidates = candidatesIn(text, places);
      if (candidates.length === 0) return [];
      const only = candidates.length === 1 ? candidates[0].name : -1;
      if (only >= 0 && index.needOf(only) === 0 && !index.pageOf(only)) {
        memory.speaks = true;
        const { line, name, start: first, end: past } = candidates[0];
        memory.lenders.add(index.ownerOf(name));
        note(candidates[0], memory);
        const start = fromOf(line, first);
        const end = toOf(line, past - 1);
        return [{ lender: index.lenderOf(name), surface: text.slice(start, end), start, end }];
      }
      const known = readTitle(title);
      if (!allows([...candidates, ...known.candidates], known.heading, text, memory)) {
        memory.undecided += candidates.length;
        return [];
      }
      const accepted = accept(candidates, known, memory).map((one) => ({
        lender: index.lenderOf(one.name),
        start: fromOf(one.line, one.start),
        end: toOf(one.line, one.end - 1),
        order: one.start,
        size: one.end - one.start,
        line: one.line,
      }));
      accepted.sort((a, b) => a.start - b.start || a.order - b.order || b.size - a.size);
      /** @type {Zhiquan.Found[]} */
      const chosen = [];
      let covered = 0;
      let last = null;
      for (const { lender, start, end, order, size, line } of accepted) {
        if (line === last && order < covered) continue;
        chosen.push({ lender, surface: text.slice(start, end), start, end });
        covered = order + size;
        last = line;
      }
      return chosen;
    }

    return Object.freeze({ find, mayContain, placesIn, remember });
  }

  return Object.freeze({ create });
})();
