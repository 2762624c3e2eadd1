"""The sample data of the project, put where it belongs. Everything is marked as a sample."""

import json
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from accounts.models import Post, Role, User
from agency.models import Skill, Topic, Unit
from catalog.models import ServiceCard
from catalog.operations import columns_of, publish
from desk.founding.founding import set_up_agency
from desk.founding.reading import read as read_agency

DEMO_PASSWORD: Final = "rayzan-demo"
BASE: Final = Path(settings.BASE_DIR)
AGENCY: Final = "agency/sample/agency.yaml"
PEOPLE: Final = "agency/sample/people.json"
QUESTIONS: Final = "agency/sample/questions.json"


def read(path: str) -> Any:
    return json.loads((BASE / path).read_text(encoding="utf-8"))


def load(*, with_people: bool) -> None:
    """Fill an empty installation: the agency by the door that every agency comes through."""
    set_up_agency(read=read_agency((BASE / AGENCY).read_bytes(), "yaml"))
    _cards(read("catalog/sample/services.json")["services"])
    if with_people:
        _people(read(PEOPLE)["people"])


def _cards(said: list[dict[str, Any]]) -> None:
    units = {each.code: each for each in Unit.objects.all()}
    skills = {each.code: each for each in Skill.objects.all()}
    topics = {each.code: each for each in Topic.objects.all()}
    for each in said:
        card = ServiceCard.objects.create(
            slug=each["slug"],
            code=each["sample_code"],
            national_id=each["national_id"],
            sample=each["sample"],
            unit=units[each["unit"]],
            skill=skills[each["skill"]],
            **columns_of(each),
        )
        card.topics.set(topics[code] for code in each["topics"])
        publish(card=card)


def _people(said: list[dict[str, Any]]) -> None:
    units = {each.code: each for each in Unit.objects.all()}
    skills = {each.code: each for each in Skill.objects.all()}
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
