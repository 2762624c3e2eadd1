"""Our own format: the national form and the columns of each card, as one JSON document.

The types are the form's, so that the published schema (docs/cards.schema.json) and what is
accepted are the same thing. What was published where the file comes from is said, and not taken
over: people decide that here.
"""

from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta, Struct

from catalog.form.content import Content, Slug, plain, read
from catalog.importing.fields import said_of
from catalog.importing.rows import Proposal, RefusedError, Row
from catalog.models import CardEdition, ServiceCard
from catalog.operations import working_copy

FORMAT = "rayzan-cards"
VERSION = 1

CardCode = Annotated[str, Meta(min_length=1, max_length=20)]
NationalId = Annotated[str, Meta(pattern=r"^[0-9]{8,13}$")]
Reference = Annotated[str, Meta(max_length=50, pattern=r"^[-a-zA-Z0-9_]+$")]


class Record(Content, kw_only=True):
    """A card: its columns, and the whole form."""

    slug: Slug
    code: CardCode | None = None
    sample_code: CardCode | None = None  # What the sample catalogue calls it.
    national_id: NationalId | None = None
    status: str = ""
    edition: int | None = None
    sample: bool = False
    unit: Reference | None = None
    skill: Reference | None = None
    topics: list[Reference] | None = None
    search_words: list[str] | None = None  # Where they are not simply the keywords.


class File(Struct, kw_only=True):
    """A document of cards. Anything else that stands beside the list is passed over."""

    services: list[Record]
    format: str = FORMAT
    version: int = VERSION


def schema() -> dict[str, Any]:
    """The JSON Schema of the format."""
    found: dict[str, Any] = msgspec.json.schema(File, schema_hook=_choices)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _choices(choices: Any) -> dict[str, Any]:
    return {"title": choices.__name__, "enum": [str(each) for each in choices.values]}


# --- Out ----------------------------------------------------------------------------------------


def record_of(card: ServiceCard, edition: CardEdition | None = None) -> dict[str, Any]:
    """A card as a record: what `edition` says, else its working copy."""
    said = form_in(edition.snapshot if edition else working_copy(card))
    columns = {
        "slug": card.slug,
        "code": card.code,
        "national_id": card.national_id,
        "status": card.status,
        "edition": edition.number if edition else None,
        "sample": card.sample,
        "unit": card.unit.code,
        "skill": card.skill.code,
        "topics": [each.code for each in card.topics.all()],
        "search_words": card.keywords if card.keywords != words_in(said) else None,
    }
    filled = {name: value for name, value in columns.items() if value is not None}
    return {**filled, **said}


def form_in(said: dict[str, Any]) -> dict[str, Any]:
    """The form with every field."""
    return plain(read(said))


def words_in(form: dict[str, Any]) -> list[str]:
    """What the search takes from the form."""
    return [*form["keywords"]["fa"], *form["keywords"]["en"]]


# --- In -----------------------------------------------------------------------------------------


def proposal(row: Row) -> Proposal:
    """What a record wants; raises `RefusedError`."""
    if row.fault:
        raise RefusedError(row.fault)
    try:
        record = msgspec.convert(row.values, Record)
    except msgspec.ValidationError as fault:
        raise RefusedError(said_of(fault)) from None
    if strange := _strange(row.values, msgspec.to_builtins(record)):
        raise RefusedError(_("A card has no field “%(name)s”.") % {"name": strange})
    if not record.title.fa.strip():
        raise RefusedError(_("A title in Persian is needed."))
    return Proposal(
        line=row.line,
        form=form_in(row.values),
        whole=True,
        slug=record.slug,
        code=record.code or record.sample_code,
        national_id=record.national_id,
        unit=record.unit,
        skill=record.skill,
        topics=record.topics,
        sample=record.sample,
        words=record.search_words,
    )


def _strange(said: Any, known: Any) -> str:
    """The first field that the form does not have: a misspelt name is not passed over."""
    if isinstance(said, dict) and isinstance(known, dict):
        for name, value in said.items():
            if name not in known:
                return str(name)
            if isinstance(value, dict | list) and (found := _strange(value, known[name])):
                return f"{name}{found}" if found.startswith("[") else f"{name}.{found}"
    elif isinstance(said, list) and isinstance(known, list):
        for number, (value, kept) in enumerate(zip(said, known, strict=True)):
            if isinstance(value, dict) and (found := _strange(value, kept)):
                return f"[{number}].{found}"
    return ""
