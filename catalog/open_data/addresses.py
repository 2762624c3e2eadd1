"""What things are called on the web: one URI each, whatever the language and the format.

A URI names the service; asking for it leads on (303) to its page or to its data. The origin is the
first of `RAYZAN_ORIGINS`, not what a request says, so that a copy says the same as the original.
"""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from django.conf import settings

from catalog.form.content import Words

KINDS = ("catalogue", "concept", "event", "evidence-type", "hours", "law", "organisation", "unit")
WELL_FORMED = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address that open data names, below one origin."""

    origin: str

    def thing(self, *parts: str) -> str:
        return f"{self.origin}/id/{'/'.join(parts)}"

    def service(self, slug: str) -> str:
        return self.thing("service", slug)

    def edition(self, slug: str, number: int) -> str:
        return self.thing("service", slug, "edition", str(number))

    def page(self, slug: str, language: str = "fa") -> str:
        return f"{self.origin}{'/en' if language == 'en' else ''}/services/{slug}/"

    def at(self, path: str) -> str:
        return f"{self.origin}{path}"

    @property
    def own_terms(self) -> str:
        """The name space of what CPSV-AP has no word for."""
        return f"{self.origin}/id/def#"


def our_addresses() -> Addresses:
    return Addresses(settings.ORIGINS[0])


def name_of(words: Words, code: str = "") -> str:
    """A part of an address for something without a code: the same name, the same address."""
    return code or sha256(words.fa.strip().encode()).hexdigest()[:12]


def iri(address: str) -> str:
    """A typed web address with what no address may hold written in percents."""
    return quote(address.strip(), safe=WELL_FORMED)
