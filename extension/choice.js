/** Which guidance the card offers: what fits the page, by its own words, comes first. */
globalThis.ZhiquanChoice = (() => {
  /** As much of the page's text is read for its topics (UTF-16 units). */
  const TOPIC_TEXT = 200_000;
  const MOST_ITEMS = 5;
  const MOST_HOUSE = 3;
  const NO_FIT = 999;
  /** A word counts this often at most, and this much more when the title has it. */
  const MOST_COUNTED = 4;
  const TITLE = 6;

  /**
   * Topic ids by how much the page's own text speaks of them, best first; read here and
   * told to nobody. One strong word shows a topic, or two weak ones; the title counts most.
   * @param {Zhiquan.TopicWords[]} topics
   */
  function rankTopics(topics) {
    const body = (document.body?.textContent ?? "").slice(0, TOPIC_TEXT);
    const scored = topics.map(({ id, strong, weak, negative, severity }) => {
      const [text, title] = [body, document.title].map((one) => without(one, negative));
      /** @param {string} word */
      const weigh = (word) =>
        Math.min(MOST_COUNTED, text.split(word).length - 1) + (title.includes(word) ? TITLE : 0);
      const firm = strong.map(weigh).filter(Boolean);
      const faint = weak.map(weigh).filter(Boolean);
      const isShown = firm.length > 0 || faint.length > 1;
      return { id, severity, score: isShown ? 2 * total(firm) + total(faint) : 0 };
    });
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || b.severity - a.severity)
      .map(({ id }) => id);
  }

  /** @param {number[]} numbers */
  const total = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

  /** The text without phrases in which a topic's word means something else. */
  /** @param {string} text @param {string[]} phrases */
  function without(text, phrases) {
    return phrases.reduce((rest, phrase) => rest.replaceAll(phrase, "\n"), text);
  }

  /**
   * What to offer: house texts that fit the page and articles about this lender, each kind
   * with its best, then whatever room is left.
   * @param {Zhiquan.CardData} data
   */
  function chooseItems({ items, topics }) {
    const ranks = new Map(rankTopics(topics).map((id, rank) => [id, rank]));
    /** @param {Zhiquan.GuidanceItem} item */
    const rank = (item) => Math.min(NO_FIT, ...item.topics.map((id) => ranks.get(id) ?? NO_FIT));
    const ordered = items
      .map((item, at) => ({ item, at, fit: rank(item) }))
      .sort((a, b) => a.fit - b.fit || a.at - b.at);
    const house = ordered.filter(({ item }) => item.origin === "house");
    const articles = ordered.filter(({ item }) => item.origin === "article");
    const first = house.filter(({ fit }) => fit < NO_FIT).slice(0, MOST_HOUSE);
    const chosen = [...first, ...articles.slice(0, MOST_ITEMS - first.length)];
    const rest = house.filter((one) => !chosen.includes(one));
    const shown = [...chosen, ...rest.slice(0, MOST_ITEMS - chosen.length)];
    return { fitting: first.length > 0, shown: shown.map(({ item }) => item) };
  }

  return { chooseItems };
})();
