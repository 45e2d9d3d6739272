"""The whole path of one page through the pure steps: ``Page`` -> ``CuratedArticle``.

No step does I/O; the same call runs in the crawler, on a folder of files and in a batch.
"""

from __future__ import annotations

from datetime import date

from crawler.citations import CitationFinder
from crawler.contacts import ContactFinder
from crawler.extraction import extract_article
from crawler.mentions import Headings, MentionFinder, TitleNames, find_about, mark_about
from crawler.model import Article, CuratedArticle, Page, Rejected, SiteKnowledge
from crawler.rejection import Judge
from crawler.topics import TopicClassifier
from crawler.vocabulary import References


class Curator:
    """Curates pages with one set of reference data; holds nothing that a page changes."""

    def __init__(self, references: References) -> None:
        self._names = TitleNames(references.lexicon)
        self._mentions = MentionFinder(references.lexicon)
        self._headings = Headings(references.lexicon)
        self._citations = CitationFinder(references)
        self._contacts = ContactFinder(references)
        self._topics = TopicClassifier(references)
        self._judge = Judge(references)

    def curate(self, page: Page, on: date, site: SiteKnowledge | None = None) -> CuratedArticle:
        """Everything recognised in ``page``, judged on the day ``on``.

        A page without an article comes back with its reason and no blocks. Never raises
        for a bad page.
        """
        article = extract_article(page, site)
        if isinstance(article, Rejected):
            empty = Article(page.url, article.encoding, None, None, None, None, ())
            return CuratedArticle(page, empty, rejected=article.reason)
        text = article.text
        heading = self._headings.find(article.title, text)
        found = self._mentions.find_mentions(text, heading)
        about = find_about(found, article.title, text, self._names)
        ranking = self._topics.find_ranking(article.title, article.blocks)
        return CuratedArticle(
            page=page,
            article=article,
            lenders=about,
            mentions=mark_about(found, about),
            citations=self._citations.find_citations(text, on, article.published),
            contacts=self._contacts.find_contacts(text),
            topics=ranking.ids,
            rejected=self._judge.find_rejection(article, ranking, len(found)),
        )
