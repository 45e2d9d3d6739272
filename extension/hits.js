/**
 * The names found in one frame: each unit in which one may stand is read and matched exactly,
 * and its hits are kept until the page changes their text. Works in small steps, as generators.
 */
globalThis.ZhiquanHits = (() => {
  /** Text is searched in pieces of this size with this overlap (UTF-16 units). */
  const PIECE = 20_000;
  const OVERLAP = 200;
  /** More hits than a reader could ever use are not kept. */
  const MOST_HITS = 20_000;
  /** What tells of what a page speaks: so much text around so many names, so many elements up. */
  const AROUND = 4_000;
  const MOST_AROUND = 3;
  const STEPS_UP = 2;

  /** @type {undefined[]} */
  const NO_STEPS = [];

  const { isEditable } = ZhiquanBlocks;
  const { readLine, placeOf, findBreaks } = ZhiquanLines;

  /**
   * @param {{ matcher: Zhiquan.Matcher; painter: Zhiquan.Painter | null }} options
   * @returns {Zhiquan.Hits}
   */
  function create({ matcher, painter }) {
    const memory = matcher.remember();
    /** @type {Map<Text, Zhiquan.Hit[]>} */
    const hits = new Map();
    /** @type {{ unit: Zhiquan.Unit; known: number }[]} */
    let doubtful = [];
    let size = 0;

    /** Forgets hits whose text the page has changed or removed. */
    function* dropStale() {
      let seen = 0;
      for (const [node, list] of hits) {
        if (!node.isConnected || list.some((hit) => !isIntact(hit))) forget(node);
        if (++seen % 200 === 0) yield;
      }
    }

    /** @param {Zhiquan.Hit} hit */
    function isIntact({ startNode, startOffset, endNode, endOffset, head, tail }) {
      return (
        endNode.isConnected &&
        startNode.data.startsWith(head, startOffset) &&
        endNode.data.slice(0, endOffset).endsWith(tail)
      );
    }

    /** @param {Text} node */
    function forget(node) {
      const list = hits.get(node);
      if (!list) return;
      for (const hit of list) painter?.remove(hit);
      size -= list.length;
      hits.delete(node);
    }

    /**
     * Matches one unit, in which a name may stand. Nearly all are short and have each name on
     * one line: they are done at once, for less than the steps would cost.
     * @param {Zhiquan.Unit} unit
     * @param {string} title
     * @returns {Iterable<undefined>}  The steps that are left.
     */
    function read(unit, title) {
      const { undecided } = memory;
      if (!addAtOnce(unit, title)) return readOn(unit, title, undecided);
      noteDoubt(unit, undecided);
      return NO_STEPS;
    }

    /** @param {Zhiquan.Unit} unit @param {string} title @param {number} undecided @returns {Generator<undefined, void, void>} */
    function* readOn(unit, title, undecided) {
      yield* addHits(unit, title);
      noteDoubt(unit, undecided);
    }

    /** @param {Zhiquan.Unit} unit @param {number} undecided  Names left undecided before it. */
    function noteDoubt(unit, undecided) {
      // Its text may be another one by then: it is to be read anew.
      if (memory.undecided > undecided) doubtful.push({ unit: unread(unit), known: known() });
    }

    /** @param {Zhiquan.Unit} unit @returns {Zhiquan.Unit} */
    const unread = (unit) => ({ ...unit, text: "", places: null });

    /** How much the page has taught: names found further down help to judge earlier ones. */
    const known = () => memory.names.size + memory.lenders.size + (memory.speaks ? 1 : 0);

    /** Looks again at what was judged before the page had taught all it has. @param {string} title */
    function* judgeAgain(title) {
      if (!memory.speaks) {
        const first = doubtful.slice(0, MOST_AROUND);
        memory.page = first.map(({ unit }) => textAround(unit)).join("\n");
      }
      for (const { unit, known: then } of doubtful) {
        const isTaught = then < known() || memory.page !== "";
        if (isTaught && unit.container.isConnected) yield* addHits(unit, title);
        yield;
      }
      memory.page = "";
      doubtful = [];
    }

    /** What stands around a unit, which was not read for want of names. @param {Zhiquan.Unit} unit */
    function textAround({ container }) {
      let place = container;
      for (let step = 0; step < STEPS_UP && place.parentElement; step++) {
        place = place.parentElement;
      }
      // Of a long page no more than that is put together.
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      let text = "";
      while (text.length < AROUND && walker.nextNode()) text += walker.currentNode.nodeValue;
      return text.slice(0, AROUND);
    }

    /**
     * The spans in a line, piece by piece, at least one piece.
     * @param {Zhiquan.Line} line
     * @param {string} title
     */
    function* findSpans({ text, places }, title) {
      if (text.length <= PIECE) {
        yield matcher.find(text, title, memory, places ?? undefined);
        return;
      }
      for (let at = 0; at < text.length; at += PIECE) {
        const from = Math.max(0, at - OVERLAP);
        const limit = Math.min(at + PIECE, text.length);
        yield matcher
          .find(text.slice(from, at + PIECE + OVERLAP), title, memory)
          .map((span) => ({ ...span, start: span.start + from, end: span.end + from }))
          .filter(({ start }) => start >= at && start < limit);
      }
    }

    /** Replaces the hits of one unit; whether that took no more than one look. @param {Zhiquan.Unit} unit @param {string} title */
    function addAtOnce(unit, title) {
      const line = readLine(unit);
      if (line.text.length > PIECE) return false;
      const found = matcher
        .find(line.text, title, memory, line.places ?? undefined)
        .map(({ lender, start, end }) => makeHit(lender, line, start, end));
      if (found.some((hit) => findBreaks(line, hit).length > 0)) return false;
      replaceHits(unit, line, found);
      return true;
    }

    /** Replaces the hits of one unit, step by step. @param {Zhiquan.Unit} unit @param {string} title */
    function* addHits(unit, title) {
      /** @type {Set<Text>} */
      const breaks = new Set();
      // A name over several nodes counts only when they stand on one line. Each turn adds a
      // break, so there are at most as many turns as nodes; more than a few mean no page.
      for (let turn = 0; turn < 8; turn++) {
        const line = readLine(unit, breaks);
        /** @type {Zhiquan.Hit[]} */
        const found = [];
        for (const spans of findSpans(line, title)) {
          for (const { lender, start, end } of spans) {
            found.push(makeHit(lender, line, start, end));
          }
          yield;
        }
        const broken = found.flatMap((hit) => findBreaks(line, hit));
        if (broken.length === 0) return replaceHits(unit, line, found);
        for (const node of broken) breaks.add(node);
      }
    }

    /** @param {Zhiquan.Unit} unit @param {Zhiquan.Line} line @param {Zhiquan.Hit[]} found */
    function replaceHits(unit, line, found) {
      if (hits.size > 0) for (const node of line.nodes) forget(node);
      // What is off limits above it was looked at when its root was.
      if (found.length === 0 || isEditable(unit.container)) return;
      for (const hit of found) keep(hit);
    }

    /** @param {string} lender @param {Zhiquan.Line} line @param {number} start @param {number} end */
    function makeHit(lender, line, start, end) {
      const { startNode, startOffset, endNode, endOffset } = placeOf(line, start, end);
      const isOne = startNode === endNode;
      const surface = line.text.slice(start, end);
      // A space may be another character on the page; all else is the same, and known.
      const isKnown = isOne && !surface.includes(" ");
      const head = isKnown
        ? surface
        : startNode.data.slice(startOffset, isOne ? endOffset : undefined);
      const tail = isOne ? head : endNode.data.slice(0, endOffset);
      const range = null;
      return { lender, surface, startNode, startOffset, endNode, endOffset, head, tail, range };
    }

    /** @param {Zhiquan.Hit} hit */
    function keep(hit) {
      if (size >= MOST_HITS) return;
      const list = hits.get(hit.startNode);
      if (list) list.push(hit);
      else hits.set(hit.startNode, [hit]);
      size += 1;
      painter?.add(hit);
    }

    return {
      list: () => [...hits.values()].flat(),
      size: () => size,
      read,
      judgeAgain,
      dropStale,
      stop() {
        painter?.stop();
        hits.clear();
      },
    };
  }

  return { create };
})();
