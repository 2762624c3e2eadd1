"""The sample data of the project, put where it belongs. Everything is marked as a sample."""

import json
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import holidays
from django.conf import settings
from django.utils import timezone

from accounts.models import Post, Role, User
from agency.models import Agency, OpeningHours, Skill, SpecialDay, Topic, Unit
from catalog.models import ServiceCard
from catalog.operations import publish
from chat.models import CannedReply

DEMO_PASSWORD = "rayzan-demo"
LONG_AGO = date(2020, 3, 20)


def read(path: str) -> Any:
    return json.loads((Path(settings.BASE_DIR) / path).read_text(encoding="utf-8"))


def load(*, with_people: bool) -> None:
    """Fill an empty installation."""
    own, canned = read("agency/sample/agency.json"), read("agency/sample/canned.json")
    catalogue = read("catalog/sample/services.json")
    agency = _agency(own["agency"])
    units = _units(agency, catalogue["code_lists"]["unit"])
    _hours(own["hours"])
    _holidays()
    skills = _skills(canned["skills"])
    topics = _topics(canned["topics"], own, skills, units)
    _cards(catalogue["services"], canned["topics"], units, skills, topics)
    _replies(canned["replies"], topics)
    if with_people:
        _people(own["people"], units, skills)


def _both(words: dict[str, Any], name: str) -> dict[str, str]:
    return {f"{name}_fa": words["fa"], f"{name}_en": words.get("en") or ""}


def _agency(said: dict[str, Any]) -> Agency:
    return Agency.objects.create(
        code=said["code"],
        phone=said["phone"],
        email=said["email"],
        retention_months=settings.RETENTION_MONTHS,
        **_both(said["name"], "name"),
        **_both(said["parent"], "parent"),
        **_both(said["address"], "address"),
    )


def _units(agency: Agency, said: dict[str, Any]) -> dict[str, Unit]:
    return {
        code: Unit.objects.create(agency=agency, code=code, **_both(title, "title"))
        for code, title in said.items()
    }


def _hours(said: list[dict[str, Any]]) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(
            weekday=weekday,
            opens_at=each["opens_at"],
            closes_at=each["closes_at"],
            valid_from=LONG_AGO,
        )
        for each in said
        for weekday in each["weekdays"]
    )


def _holidays() -> None:
    """Official holidays of this year and the next; lunar ones are marked as estimated."""
    this_year = timezone.localdate().year
    fa = holidays.country_holidays("IR", years=range(this_year, this_year + 2), language="fa_IR")
    en = holidays.country_holidays("IR", years=range(this_year, this_year + 2), language="en_US")
    SpecialDay.objects.bulk_create(
        SpecialDay(
            day=day,
            title_fa=title[:200],
            title_en=en.get(day, "")[:200],
            estimated="تخمینی" in title,
        )
        for day, title in sorted(fa.items())
    )


def _skills(said: dict[str, Any]) -> dict[str, Skill]:
    return {
        code: Skill.objects.create(code=code, **_both(title, "title"))
        for code, title in said.items()
    }


def _topics(
    said: list[dict[str, Any]],
    own: dict[str, Any],
    skills: dict[str, Skill],
    units: dict[str, Unit],
) -> dict[str, Topic]:
    topics = {}
    for each in said:
        follow_up = each["default_ticket_type"] == "follow_up"
        topics[each["code"]] = topic = Topic.objects.create(
            code=each["code"],
            unit=units[own["topic_units"][each["skills"][0]]],
            keywords=each["keywords"],
            urgent=each["urgent"],
            default_ticket_type="request" if follow_up else each["default_ticket_type"],
            **_both(each["title"], "title"),
        )
        # A language is asked for by the citizen, not by the topic.
        topic.skills.set(skills[code] for code in each["skills"] if not code.startswith("lang_"))
    general = own["general_topic"]
    topics[general["code"]] = Topic.objects.create(
        code=general["code"], unit=units[general["unit"]], **_both(general["title"], "title")
    )
    return topics


def _cards(
    said: list[dict[str, Any]],
    routing: list[dict[str, Any]],
    units: dict[str, Unit],
    skills: dict[str, Skill],
    topics: dict[str, Topic],
) -> None:
    for each in said:
        card = ServiceCard.objects.create(
            slug=each["slug"],
            code=each["sample_code"],
            national_id=each["national_id"],
            sample=each["sample"],
            unit=units[each["unit"]],
            skill=skills[each["skill"]],
            keywords=list(chain.from_iterable(each["keywords"].values())),
            content=each,
            **_both(each["title"], "title"),
            **_both(each["description"], "description"),
        )
        card.topics.set(topics[t["code"]] for t in routing if t["service"] == each["slug"])
        publish(card=card)


def _replies(said: list[dict[str, Any]], topics: dict[str, Topic]) -> None:
    CannedReply.objects.bulk_create(
        CannedReply(
            code=each["code"],
            shortcut=each["shortcut"],
            topic=topics.get(each["topic"] or ""),
            sample=True,
            **_both(each["title"], "title"),
            **_both(each["body"], "body"),
        )
        for each in said
    )


def _people(said: list[dict[str, Any]], units: dict[str, Unit], skills: dict[str, Skill]) -> None:
    for each in said:
        in_charge = "administrator" in each["roles"]
        person = User(
            username=each["username"],
            first_name_fa=each["name"]["fa"][0],
            last_name_fa=each["name"]["fa"][1],
            first_name_en=each["name"]["en"][0],
            last_name_en=each["name"]["en"][1],
            languages=each["languages"],
            capacity=each["capacity"],
            is_staff=in_charge,
            is_superuser=in_charge,
        )
        person.set_password(DEMO_PASSWORD)
        person.save()
        known = skills if each["skills"] == "all" else each["skills"]
        person.skills.set(skills[code] for code in known)
        for role in each["roles"]:
            for code in units if each["units"] == "all" else each["units"]:
                Post.objects.create(
                    person=person,
                    role=Role(role),
                    unit=units[code],
                    desk=each["desk"],
                    publishes=each.get("publishes", False),
                )
