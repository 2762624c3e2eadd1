"""A socket that died without a word keeps nobody on duty. Random runs missed this once."""

import asyncio
import os
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from agency.models import Topic
from chaos.house import House, Web, environment
from chaos.proxy import Proxy
from consult.models import Duty
from live.client import Client
from ops.web import free_port
from tests.chat.screens import later
from tests.conftest import database_url
from tests.people import GoingOnDuty, cookie_of

pytestmark = pytest.mark.django_db(transaction=True)
LEASE = 45 * 0.05


@pytest.mark.parametrize("mutant", ["", "ghost_presence"])
async def test_a_lease_outlives_its_counsellor_only_in_the_mutant(
    mutant: str, oscar: User, topic: Topic, on_duty: GoingOnDuty, tmp_path: Path
) -> None:
    name, value = await later(cookie_of, oscar)
    async with Proxy([free_port()]) as proxy:
        told = environment(House(tmp_path, database_url()), proxy.address, mutant)
        told["RAYZAN_DATA"] = os.environ["RAYZAN_DATA"]  # Its keys signed the cookie.
        web = Web(proxy.backends[0], told, tmp_path / "log")
        web.start()
        try:
            await web.ready()
            async with Client(proxy.address, "/ws/staff/", f"{name}={value}") as client:
                while not client.up:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                await later(on_duty, oscar)
                proxy.barred.add(f"{name}={value}")
                for link in proxy.sockets:
                    link.freeze()
                await asyncio.sleep(LEASE + 2.5)
                duty = await Duty.objects.aget(counsellor=oscar)
        finally:
            web.kill()

    assert (duty.lease_until > timezone.now()) == (mutant == "ghost_presence")
