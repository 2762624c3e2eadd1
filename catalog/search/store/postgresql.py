"""PostgreSQL: `simple` text search over text that is tokenised already, and pg_trgm for letters.

The columns are generated, so nothing has to keep them true. `lead` is title and keywords
alone, where a term is worth three times as much. How the indexes are kept: migration 0006.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from catalog.search.ranking import Candidate
from catalog.search.store.base import Store, rows

_LEAD = """setweight(to_tsvector('simple', title), 'A')
    || setweight(to_tsvector('simple', keywords), 'A')"""


class PostgresqlStore(Store):
    create = (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        f"""ALTER TABLE catalog_searchentry
            ADD COLUMN lead tsvector GENERATED ALWAYS AS ({_LEAD}) STORED,
            ADD COLUMN whole tsvector
                GENERATED ALWAYS AS ({_LEAD} || to_tsvector('simple', body)) STORED""",
        "CREATE INDEX catalog_searchentry_whole ON catalog_searchentry USING gin (whole)",
        """CREATE INDEX catalog_searchword_letters ON catalog_searchword
            USING gin (word gin_trgm_ops) WHERE skeleton <> ''""",
    )
    drop = (
        "DROP INDEX catalog_searchword_letters",
        "DROP INDEX catalog_searchentry_whole",
        "ALTER TABLE catalog_searchentry DROP COLUMN lead, DROP COLUMN whole",
    )
    known = "SELECT word, cards FROM catalog_searchword WHERE word = ANY(%s)"
    consonants = """SELECT skeleton, word FROM catalog_searchword
        WHERE skeleton = ANY(%s) ORDER BY cards DESC, word LIMIT 400"""
    # One look a term: of all terms at once the planner would rather read every text there is.
    ranked = """SELECT e.card_id, e.length, e.title, e.keywords, e.body
        FROM (SELECT found.card_id, sum(found.times * asked.worth) AS worth
            FROM unnest(%s::tsquery[], %s::float8[]) AS asked(term, worth)
            CROSS JOIN LATERAL (
                SELECT s.card_id, 1 AS times FROM catalog_searchentry s WHERE s.whole @@ asked.term
                UNION ALL
                SELECT s.card_id, 2 AS times FROM catalog_searchentry s WHERE s.lead @@ asked.term
            ) AS found
            GROUP BY found.card_id ORDER BY worth DESC, found.card_id LIMIT %s) AS best
        JOIN catalog_searchentry e USING (card_id)"""
    similar = """SELECT asked.word, found.word FROM unnest(%s::text[]) AS asked(word),
        LATERAL (SELECT w.word FROM catalog_searchword w
            WHERE w.skeleton <> '' AND w.word %% asked.word
            ORDER BY similarity(w.word, asked.word) DESC, w.word LIMIT %s) AS found"""

    def entries(self, worths: Mapping[str, float], most: int) -> list[Candidate]:
        terms = [f"'{each}'" for each in worths]  # Folded: no quotes in a term.
        return [Candidate(*row) for row in rows(self.ranked, terms, [*worths.values()], most)]

    def near(self, words: Collection[str], most: int) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for asked, word in rows(self.similar, self.listed(words), most) if words else ():
            found[asked].append(word)
        return found

    def listed(self, values: Collection[str]) -> list[str]:
        return list(values)
