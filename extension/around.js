/**
 * What stands around a name of a statute or body: whether it is a part of another name, and
 * whether the text itself says that it no longer holds. For notes.js, which is loaded after it.
 */
globalThis.ZhiquanAround = (() => {
  /** How far around a name words may explain it (UTF-16 units), as the citation finder looks. */
  const BEFORE = 14;
  const AFTER = 40;
  const REPEALED = 70;
  const NEAR = 26;

  const OPENING = /[《“"'‘(〈「『 ]+$/;
  const CLOSING = /^[》”'(,、[【 "’〉」』]+/;
  /** 银监会令2011年第2号, 银监会公告〔2009〕: a document's number is never out of date. */
  const DOCUMENT =
    /^(?:办公厅)?(?:(?:令|公告|通告)(?: ?[〔[(【第]?\d|,(?:19|20)\d{2}年第)|[〔[(【](?:19|20)\d{2}|(?:19|20)\d{2}年第|\d{1,4}号)/;
  const ISSUED =
    /^(?:办公厅)?关于[^,。;!?\n]{4,60}?的(?:通知|公告|意见|指导意见|决定|批复|规定|风险提示)/;
  const NEW_NUMBER = /^[(,[【](?:现|今|新|修订后|修正后|修改后|新法|20\d\d年起)[^()\n]{0,12}?第/;
  /** (现市委金融办): whatever it is called now, the text says that it has another name. */
  const NOW_CALLED =
    /^[([【](?:现|今)(?!场|金|有|年|天|日)[^()[\]【】。;\n]{2,24}(?:局|办|会|部|委|署|办公室|分行)[)\]】]/;
  const REPLACED = /^[^。;!?\n]{0,24}?(?:被|由)[^。;!?\n]{0,14}?(?:取代|替代|代替|吸收|废止)/;
  const APPLYING = /关于(?:适用|审理|贯彻执行)《?$/;
  const INTERPRETING = /^》?[^对作的与和及、,。;!?《]{0,12}?解释/;
  /** 浙江省实施《…》: rules of a place under a law. */
  const CARRIED_OUT = /(?:贯彻实施|实施|贯彻|执行)[《“"'‘「『【〈<]?$/;
  const SENTENCE = /[。;!?\n]/;
  /** A law's articles behind its name; words behind them explain the law as well. */
  const PROVISIONS =
    /^[》”"’」』]?(?:[、,和及]?第?[\d〇○零一二三四五六七八九十百千]{1,9}条(?:之[一二三四五六七八九十])?(?:第?\(?[\d一二三四五六七八九十]{1,3}\)?[款项]){0,3}){1,6}/;
  /** What may stand between two names of one list. */
  const LISTED = /^》?(?:以及|[、,和与及或])?《?$/;
  /** How regulations of a province or city are called, never a law. */
  const LOCAL = /(?:条例|办法|规定|细则)$/;
  const PLACE_ENDING = /(?:特别行政区|自治区|自治州|省|市|州|县|区|盟)$/;

  /** @param {string} text @param {string[]} words */
  const endsIn = (text, words) => words.some((word) => text.endsWith(word));
  /** @param {string} text @param {string[]} words */
  const startsIn = (text, words) => words.some((word) => text.startsWith(word));
  /** @param {string} text @param {string[]} names */
  const isNear = (text, names) => names.some((name) => text.split(",")[0].includes(name));

  /** The text without the places that it ends in: 原 of 原江苏省苏州市. */
  /** @param {string} text @param {string[]} places @returns {string} */
  function withoutPlace(text, places) {
    const bare = text.replace(PLACE_ENDING, "");
    for (const stem of [bare, text]) {
      const place = places.find((one) => stem.endsWith(one));
      if (place) return withoutPlace(stem.slice(0, -place.length), places);
    }
    return text;
  }

  /** Whether the words before a name say that it is a former one. */
  /** @param {string} text @param {number} start @param {Zhiquan.NoteEntry} entry @param {Zhiquan.NoteData} data */
  function isFormerBefore(text, start, { kind }, { words, places }) {
    let before = text.slice(Math.max(0, start - BEFORE), start);
    if (kind === "regulator") before = withoutPlace(before, places);
    const stem = before.replace(OPENING, "").replace(/(?:我国|中国|国家)$/, "");
    const opened = before.endsWith("(") ? `${stem}(` : stem;
    if (endsIn(stem, words.former_before) || endsIn(opened, words.former_before)) return true;
    return kind === "statute" && endsIn(stem, words.repealed_before);
  }

  /** Whether a name goes on with a list whose last name ends at `last`. */
  /** @param {string} text @param {number} last @param {number} start */
  const isListed = (text, last, start) => LISTED.test(text.slice(last, start));

  /** Whether the words behind a name, or behind its provisions, say that it is a former one. */
  /** @param {string} text @param {number} end @param {Zhiquan.NoteEntry} entry @param {Zhiquan.NoteData} data */
  function isExplainedAfter(text, end, entry, data) {
    if (saysIt(text, end, entry, data)) return true;
    if (entry.kind !== "statute") return false;
    const provisions = PROVISIONS.exec(text.slice(end, end + REPEALED));
    return provisions !== null && saysIt(text, end + provisions[0].length, entry, data);
  }

  /** @param {string} text @param {number} end @param {Zhiquan.NoteEntry} entry @param {Zhiquan.NoteData} data */
  function saysIt(text, end, { kind, present }, { words }) {
    const after = text.slice(end, end + REPEALED).split(SENTENCE)[0];
    const near = after.slice(0, NEAR);
    const tail = near.replace(CLOSING, "");
    if (startsIn(tail, words.present_after) && isNear(tail, present)) return true;
    if (kind === "statute") {
      if (NEW_NUMBER.test(after) || words.repealed_after.some((word) => after.includes(word)))
        return true;
      return present.some((name) => near.includes(name)) && REPLACED.test(after);
    }
    const since = tail.replace(/^(?:现在|目前|现)/, "");
    if (startsIn(since, words.former_after) || startsIn(tail, words.former_after)) return true;
    if (/^[([【]/.test(near) && (isNear(tail, present) || NOW_CALLED.test(after))) return true;
    const told = text.slice(end, end + AFTER);
    return words.changes.some((change) => {
      const at = told.indexOf(change);
      return at >= 0 && at < NEAR && present.some((name) => told.slice(at).includes(name));
    });
  }

  /** Whether a name in a text stands for itself and not for a part of another one. */
  /** @param {string} text @param {number} start @param {number} end @param {boolean} guarded @param {Zhiquan.NoteEntry} entry @param {Zhiquan.NoteData} data */
  function isItself(text, start, end, guarded, { kind }, { words, places }) {
    const before = text.slice(Math.max(0, start - AFTER), start);
    const after = text.slice(end, end + REPEALED);
    if (/[a-z]$/.test(before) && /^[a-z]/.test(text.slice(start))) return false;
    if (/[a-z]$/.test(text.slice(start, end)) && /^[a-z]/.test(after)) return false;
    const open = before.lastIndexOf("《");
    const inTitle = open > before.lastIndexOf("》");
    if (kind === "regulator") {
      if (inTitle || DOCUMENT.test(after) || ISSUED.test(after)) return false;
      if (/(?:委|中央)$/.test(before)) return false; // offices of a party committee exist
      if (text[end - 1] !== "办") return true;
      if (endsIn(before, words.office_heads)) return false; // 在汽车金融办的贷款
      return !startsIn(after, words.office_tails); // 金融办理
    }
    if (APPLYING.test(before) || INTERPRETING.test(after)) return false;
    if (isDerived(before, after.replace(/^[》”"'’」』】〉>]/, ""), { words, places })) return false;
    if (inTitle) return open === before.length - 1 && /^(?:》|\([^()]{1,20}\)》|第)/.test(after);
    return isStatute(text.slice(start, end), before, after, guarded, { words, places });
  }

  /** Whether rules under the law bear its name, or a book on it: 《合同法》实施细则, 《合同法》释义. */
  /** @param {string} before @param {string} after @param {Pick<Zhiquan.NoteData, "words" | "places">} data */
  function isDerived(before, after, { words, places }) {
    if (startsIn(after, words.rules_under_law)) return true;
    const under = before.replace(CARRIED_OUT, "");
    if (under !== before && startsIn(after, words.local_rules))
      if (withoutPlace(under, places) !== under) return true;
    return startsIn(after, words.books_on_law) && !startsIn(after, words.books_on_law_not);
  }

  /** @param {string} surface @param {string} before @param {string} after @param {boolean} guarded @param {Pick<Zhiquan.NoteData, "words" | "places">} data */
  function isStatute(surface, before, after, guarded, { words, places }) {
    if (LOCAL.test(surface) && withoutPlace(before, places) !== before) return false; // 广东省信访条例
    if (surface.endsWith("总则") && startsIn(after, words.chapter_tails)) return false;
    if (surface.endsWith("法")) {
      if (endsIn(before, words.other_law_before)) return false;
      if (startsIn(after, words.word_tails) && !startsIn(after, words.word_tails_allowed))
        return false;
    }
    return !guarded || endsIn(before, words.lead_ins) || startsIn(after, words.said_of_law);
  }

  return Object.freeze({ DOCUMENT, endsIn, isExplainedAfter, isFormerBefore, isItself, isListed });
})();
