"""A second process on the same database: what it does reaches the sockets of this one."""

import asyncio
import subprocess
import sys
import time
from uuid import uuid4

import pytest

from accounts.models import User
from consult.models import Citizen, Consultation
from live.bridge import Bridge, bridge
from live.groups import person
from live.hub import news
from live.protocol import DutyChanged
from tests.chat.screens import Opening, later
from tests.conftest import environment

pytestmark = pytest.mark.django_db(transaction=True)

SPEAK = """
import django, sys, time
from uuid import UUID
django.setup()
from chat.operations import post
from chat.posts import Post
from consult.models import Citizen
consultation, citizen, name = sys.argv[1:]
who = Citizen.objects.get(pk=citizen)
place = {"stream": name, "n": 1, "client_id": name}
said = Post(consultation=UUID(consultation), person=who, text="there", **place)
print(post(said).seq, time.time())
"""


async def test_a_message_stored_elsewhere_is_here_within_two_seconds(
    alice: Citizen, oscar: User, talk: Consultation, opens: Opening
) -> None:
    counsellor = await opens(oscar)
    await counsellor.greets(**{str(talk.pk): 2})
    await the_wire_is_up()

    command = [sys.executable, "-c", SPEAK, str(talk.pk), str(alice.pk), str(uuid4())]
    told = {**environment(), "DJANGO_SETTINGS_MODULE": "settings"}
    done = await asyncio.to_thread(
        subprocess.run, command, env=told, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    seq, stored_at = done.stdout.split()
    heard = await counsellor.hears("message.posted", seq=int(seq))
    assert heard["text"] == "there"
    assert time.time() - float(stored_at) < 2 + 1  # A second for the process to end.


async def test_a_hint_is_carried_to_the_sockets_of_other_processes_and_not_back(
    oscar: User, talk: Consultation, opens: Opening
) -> None:
    counsellor = await opens(oscar)
    elsewhere = Bridge()
    if not bridge.needed:
        return  # One process alone: there is nobody to carry anything to.
    await the_wire_is_up()

    await later(elsewhere.carry, [news(DutyChanged(), (person(oscar.pk),))])
    assert await counsellor.hears("duty.changed")

    elsewhere.origin = bridge.origin
    await later(elsewhere.carry, [news(DutyChanged(), (person(oscar.pk),))])
    assert await counsellor.hears_nothing_of("duty.changed")


async def the_wire_is_up() -> None:
    async with asyncio.timeout(5):
        while not bridge.healthy:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
