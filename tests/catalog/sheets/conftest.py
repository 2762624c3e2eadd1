"""A card that says something in every field of the national form."""

from typing import Any

import pytest

from catalog.models import ServiceCard
from catalog.operations import Imprint, issue

FULL: dict[str, Any] = {
    "title": {"fa": "رسیدگی به حقوق معوقه", "en": "Unpaid wages"},
    "description": {"fa": "شرح کار", "en": ""},
    "provider": {
        "executive_body": {"fa": "دستگاه مجری", "en": "Executing body"},
        "parent_body": {"fa": "وزارت بالادست", "en": "Upper ministry"},
    },
    "service_type": ["G2C", "G2B"],
    "recipients": {"fa": "کارگران", "en": "Workers"},
    "nature": "sovereign",
    "level": "rural",
    "life_events": ["marriage", "death"],
    "start_mode": "scheduled_time",
    "conditions": {"fa": "شرط نخست", "en": "First condition"},
    "documents": [
        {"fa": "گذرنامه", "en": "Passport", "form": "https://example.org/blank", "required": False},
        {"fa": "سابقهٔ بیمه", "en": "Record", "obtained_by": "inquiry"},
    ],
    "laws": [
        {
            "fa": "قانون نمونه",
            "en": "Sample act",
            "articles": "۱۵۷ و ۱۵۸",
            "date": "1369/08/29",
            "link": "https://example.org/law",
            "certainty": "named",
        }
    ],
    "statistics": {"recipients": 1200, "per": "season"},
    "duration": {"value": 45, "unit": "working_day"},
    "frequency": {"kind": "times_per", "times": 3, "per": "year"},
    "in_person_visits": 2,
    "service_hours": {"fa": "بامدادان", "en": "Mornings"},
    "fee": {
        "kind": "fixed",
        "amount_irr": 1_500_000,
        "note": {"fa": "یادداشت هزینه", "en": "Fee note"},
        "items": [{"fa": "تمبر", "en": "Stamp", "amount_irr": 70_000}],
        "accounts": ["IR760170000000000000000001"],
        "e_payment": True,
    },
    "url": "https://example.org/direct",
    "system_name": {"fa": "سامانهٔ آزمون", "en": "Test system"},
    "channels": {
        "information": {"electronic": True, "media": ["sms"]},
        "request": {"electronic": True, "media": ["mobile_app"]},
        "production": {"electronic": True, "media": ["intranet"]},
        "delivery": {"non_electronic": {"visit_level": "county", "reasons": ["no_infrastructure"]}},
    },
    "internal_systems": [{"fa": "بانک داده", "en": "Data bank", "exchanged": "نام پدر"}],
    "external_bodies": [
        {
            "body": {"fa": "ثبت احوال", "en": "Registry"},
            "system": "سجل",
            "exchanged": "تاریخ تولد",
            "mode": "batch",
            "amount_irr": 9_000,
        }
    ],
    "processes": ["فرایند نخست"],
    "steps": [
        {"order": 1, "fa": "ثبت دادخواست", "en": "File it", "actor": "applicant", "next": [2]},
        {"order": 2, "fa": "صدور رأی", "en": "Decide", "actor": "agency", "days": 7},
    ],
    "output": {"fa": "رأی", "en": "Award"},
    "complaint": {"fa": "راه شکایت", "en": "How to complain"},
    "related": ["appeal"],
    "category": "wages",
    "keywords": {"fa": ["دستمزد"], "en": ["salary"]},
    "contact": {
        "filled_by": "مریم آزمونی",
        "unit": {"fa": "واحد آزمون", "en": "Test unit"},
        "phone": "021-88888888",
        "email": "unit@example.org",
    },
}


@pytest.fixture
def appeal(card: ServiceCard) -> ServiceCard:
    """A published card that the full one is related to."""
    other = ServiceCard.objects.create(
        slug="appeal", code="T-02", unit=card.unit, skill=card.skill, title_fa="اعتراض به رأی"
    )
    issue(card=other, content={"title": {"fa": "اعتراض به رأی"}, "parent": card.slug})
    return other


@pytest.fixture
def full(card: ServiceCard, appeal: ServiceCard) -> ServiceCard:
    """The card of unpaid wages, with the whole form filled, in its second edition."""
    issue(card=card, content=FULL, imprint=Imprint())
    card.refresh_from_db()
    return card


def longer_than_a_page() -> dict[str, Any]:
    """More than anybody should write."""
    text = "متنی دراز که هیچ‌کس آن را کوتاه نکرده است و همچنان ادامه دارد " * 4
    return FULL | {
        "title": {"fa": "خدمتی با نامی دراز " * 10, "en": "A service with a long name " * 7},
        "description": {"fa": text * 20, "en": ""},
        "documents": [{"fa": f"مدرک {number}: {text}"} for number in range(40)],
        "steps": [{"order": number, "fa": f"گام {number}: {text}"} for number in range(1, 31)],
        "laws": [{"fa": f"قانون {number}: {text}"} for number in range(25)],
        "fee": {"kind": "tariff", "note": {"fa": text * 3}},
    }
