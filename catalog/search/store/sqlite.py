"""SQLite: FTS5 beside the tables, kept true by triggers.

The text is tokenised already, so `unicode61` only has to cut at spaces; folding has left nothing
that it would change. Misspelt words are looked up by their trigrams among the known ones.
"""

import json
from collections.abc import Collection

from catalog.search.store.base import Store, rows


class SqliteStore(Store):
    create = (
        """CREATE VIRTUAL TABLE catalog_searchtext USING fts5(title, keywords, body,
            content='catalog_searchentry', content_rowid='card_id', detail='column',
            tokenize="unicode61 remove_diacritics 0")""",
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
    ranked = """SELECT e.card_id, e.length, e.title, e.keywords, e.body
        FROM (SELECT rowid, bm25(catalog_searchtext, 3, 4, 1) AS place FROM catalog_searchtext
            WHERE catalog_searchtext MATCH %s ORDER BY place, rowid LIMIT %s) AS f
        JOIN catalog_searchentry e ON e.card_id = f.rowid"""
    similar = """SELECT word FROM catalog_searchletters WHERE catalog_searchletters MATCH %s
        ORDER BY rank LIMIT %s"""

    def near(self, words: Collection[str], most: int) -> dict[str, list[str]]:
        asked = ((word, self.any_of(_pieces(word))) for word in words)
        return {
            word: [each for (each,) in rows(self.similar, pieces, most)] for word, pieces in asked
        }

    def listed(self, values: Collection[str]) -> str:
        return json.dumps(list(values), ensure_ascii=False)

    def any_of(self, terms: Collection[str]) -> str:
        return " OR ".join(f'"{each}"' for each in terms)


def _pieces(word: str) -> list[str]:
    return [word[at : at + 3] for at in range(len(word) - 2)]
