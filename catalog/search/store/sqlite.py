"""SQLite: FTS5 beside the tables, kept true by triggers.

The text is tokenised already, so `unicode61` only has to cut at spaces; folding has left nothing
that it would change. Misspelt words are looked up by their trigrams among the known ones.
"""

import json
from collections.abc import Collection, Mapping

from catalog.search.ranking import Candidate
from catalog.search.store.base import Store, rows


class SqliteStore(Store):
    create = (
        """CREATE VIRTUAL TABLE catalog_searchtext USING fts5(title, keywords, body,
            content='catalog_searchentry', content_rowid='card_id', detail='column',
            columnsize=0, tokenize="unicode61 remove_diacritics 0")""",
        """CREATE TRIGGER catalog_searchtext_added AFTER INSERT ON catalog_searchentry BEGIN
            INSERT INTO catalog_searchtext (rowid, title, keywords, body)
            VALUES (new.card_id, new.title, new.keywords, new.body); END""",
        """CREATE TRIGGER catalog_searchtext_gone AFTER DELETE ON catalog_searchentry BEGIN
            INSERT INTO catalog_searchtext (catalog_searchtext, rowid, title, keywords, body)
            VALUES ('delete', old.card_id, old.title, old.keywords, old.body); END""",
        """CREATE TRIGGER catalog_searchtext_changed AFTER UPDATE ON catalog_searchentry BEGIN
            INSERT INTO catalog_searchtext (catalog_searchtext, rowid, title, keywords, body)
            VALUES ('delete', old.card_id, old.title, old.keywords, old.body);
            INSERT INTO catalog_searchtext (rowid, title, keywords, body)
            VALUES (new.card_id, new.title, new.keywords, new.body); END""",
        """CREATE VIRTUAL TABLE catalog_searchletters USING fts5(word, detail='none',
            columnsize=0, tokenize="trigram")""",
        """CREATE TRIGGER catalog_searchletters_added AFTER INSERT ON catalog_searchword
            WHEN new.skeleton <> '' BEGIN
            INSERT INTO catalog_searchletters (rowid, word) VALUES (new.rowid, new.word); END""",
        """CREATE TRIGGER catalog_searchletters_gone AFTER DELETE ON catalog_searchword
            WHEN old.skeleton <> '' BEGIN
            DELETE FROM catalog_searchletters WHERE rowid = old.rowid; END""",
    )
    drop = (
        "DROP TRIGGER catalog_searchletters_gone",
        "DROP TRIGGER catalog_searchletters_added",
        "DROP TABLE catalog_searchletters",
        "DROP TRIGGER catalog_searchtext_changed",
        "DROP TRIGGER catalog_searchtext_gone",
        "DROP TRIGGER catalog_searchtext_added",
        "DROP TABLE catalog_searchtext",
    )
    known = """SELECT word, cards FROM catalog_searchword
        WHERE word IN (SELECT value FROM json_each(%s))"""
    consonants = """SELECT skeleton, word FROM catalog_searchword
        WHERE skeleton IN (SELECT value FROM json_each(%s)) ORDER BY cards DESC, word LIMIT 400"""
    # One look a term: bm25() would read every place of every term again for each entry.
    ranked = """SELECT e.card_id, e.length, e.title, e.keywords, e.body
        FROM (SELECT f.rowid AS card_id, sum(asked.value) AS worth
            FROM json_each(%s) AS asked
            CROSS JOIN catalog_searchtext AS f ON f.catalog_searchtext MATCH asked.key
            GROUP BY f.rowid ORDER BY worth DESC, f.rowid LIMIT %s) AS best
        JOIN catalog_searchentry e USING (card_id)"""
    similar = """SELECT word FROM catalog_searchletters WHERE catalog_searchletters MATCH %s
        ORDER BY rank LIMIT %s"""

    def entries(self, worths: Mapping[str, float], most: int) -> list[Candidate]:
        asked = {f'"{term}"': worth for term, worth in worths.items()}
        asked |= {f'{{title keywords}}: "{term}"': 2 * worth for term, worth in worths.items()}
        return [Candidate(*row) for row in rows(self.ranked, json.dumps(asked), most)]

    def near(self, words: Collection[str], most: int) -> dict[str, list[str]]:
        return {
            word: [each for (each,) in rows(self.similar, _pieces(word), most)] for word in words
        }

    def listed(self, values: Collection[str]) -> str:
        return json.dumps(list(values), ensure_ascii=False)


def _pieces(word: str) -> str:
    """The search for any of its pieces. Folded words have no quotes in them."""
    return " OR ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
