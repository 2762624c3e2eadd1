"""A graph of things that refer to each other, as JSON-LD; nobody has to fetch its context."""

from collections.abc import Mapping
from typing import Any

from catalog.form.content import Words
from catalog.open_data.addresses import Addresses

Node = dict[str, Any]
Document = dict[str, Any]
Ref = dict[str, str]

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Graph:
    """Nodes by address. What is said of a node first stays: shared ones are put again and again."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self._nodes: dict[str, Node] = {}

    def put(self, address: str, types: str | list[str], said: Mapping[str, object]) -> Ref:
        """Say what a thing is, leaving out what is empty; a reference to it."""
        if address not in self._nodes:
            filled = {name: value for name, value in said.items() if value not in (None, "", [])}
            self._nodes[address] = {"@id": address, "@type": types, **filled}
        return {"@id": address}

    def document(self) -> Document:
        context = {**PREFIXES, "irs": self.addresses.own_terms}
        return {"@context": context, "@graph": list(self._nodes.values())}


def words(said: Words | None) -> list[dict[str, str]]:
    """A text in the languages that it exists in."""
    pairs = [("fa", said.fa), ("en", said.en)] if said else []
    return [{"@language": tag, "@value": text} for tag, text in pairs if text.strip()]


def typed(kind: str, value: object) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": str(value)}


def link(address: str) -> Ref:
    return {"@id": address}
