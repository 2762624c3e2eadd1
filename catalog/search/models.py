"""What the search knows: an entry for each published card, and every word of theirs.

Derived from the published editions by `catalog.search.indexing`; it can be thrown away and made
again at any time. Each database adds its own index to these tables (`catalog.search.store`).
"""

from django.db import models


class SearchEntry(models.Model):
    """A published card in the words that it is found by, and what it can be browsed by."""

    card = models.OneToOneField(
        "catalog.ServiceCard", models.CASCADE, primary_key=True, related_name="entry"
    )
    edition = models.ForeignKey("catalog.CardEdition", models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey("agency.Unit", models.CASCADE, related_name="+")
    audiences = models.CharField(max_length=60)  # Codes, with a space before and after each.
    life_events = models.CharField(max_length=300)
    electronic = models.BooleanField()  # No visit in person at all.
    length = models.FloatField()
    title = models.TextField()
    keywords = models.TextField()
    body = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["length"], name="entry_length"),
            models.Index(
                fields=["unit", "audiences", "life_events", "electronic"], name="entry_facets"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id}"


class SearchWord(models.Model):
    """A word of the entries, folded: in how many of them, how it sounds and how it is written."""

    word = models.CharField(max_length=80, primary_key=True)
    cards = models.IntegerField()
    skeleton = models.CharField(max_length=80, blank=True)  # Empty for what nobody types.
    spelling = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["skeleton"], name="word_skeleton")]

    def __str__(self) -> str:
        return self.spelling or self.word
