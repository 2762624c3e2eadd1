"""What is told and never stored reaches who talks, and nobody who is only being asked."""

from typing import Any

import pytest

from accounts.models import User
from consult.models import Citizen
from tests.chat.screens import Opening, later
from tests.people import Asking, GoingOnDuty

pytestmark = pytest.mark.django_db(transaction=True)


async def test_whom_it_is_only_offered_to_takes_no_part_yet(
    alice: Citizen,
    oscar: User,
    asks: Asking,
    on_duty: GoingOnDuty,
    opens: Opening,
    settings: Any,
) -> None:
    settings.AUTO_ACCEPT = False
    await later(on_duty, oscar)
    offered = await later(asks, alice)
    citizen, counsellor = await opens(alice), await opens(oscar)

    await counsellor.says("typing.show", consultation=offered.pk)
    await citizen.says("typing.show", consultation=offered.pk)

    assert (await counsellor.hears("refused"))["code"] == "not_yours"
    assert await citizen.hears_nothing_of("typing.shown", "refused")
    assert await counsellor.hears_nothing_of("typing.shown")
