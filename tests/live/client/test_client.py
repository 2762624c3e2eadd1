"""Two clients on a real server, and a wire that is cut between them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from accounts.models import User
from chaos.proxy import Proxy
from chat.models import Message
from chat.operations import end
from consult.models import Citizen, Consultation
from live.client import Client, RefusedError, TurnedAwayError
from live.client.conversation import Placed
from live.frame import Event
from tests.chat.screens import later
from tests.people import cookie_of

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Stage:
    """The house, the wire to it, and the cookies of the two."""

    site: str
    proxy: Proxy
    talk: UUID
    alice: str
    oscar: str

    def client(self, who: str, heard: list[Event] | None = None) -> Client:
        """Alice's or Oscar's, through the proxy."""
        path, cookie = (
            ("/ws/citizen/", self.alice) if who == "alice" else ("/ws/staff/", self.oscar)
        )
        keep = (lambda _event: None) if heard is None else heard.append
        return Client(self.proxy.address, path, cookie, origin=self.site, heard=keep)


@pytest.fixture
async def stage(
    either_site: str, talk: Consultation, alice: Citizen, oscar: User
) -> AsyncIterator[Stage]:
    cookies = [f"{n}={v}" for n, v in [await later(cookie_of, each) for each in (alice, oscar)]]
    port = urlsplit(either_site).port
    assert port
    async with Proxy([port]) as proxy:
        yield Stage(either_site, proxy, talk.pk, *cookies)


def seqs(heard: list[Event]) -> list[int]:
    return [event.seq for event in heard if isinstance(event, Placed)]


def texts(consultation: UUID) -> list[str]:
    rows = Message.objects.filter(consultation=consultation).order_by("seq")
    return [row.text for row in rows if row.role != Message.Role.SYSTEM]


async def test_what_one_says_the_other_hears_once_and_in_order(stage: Stage) -> None:
    hers: list[Event] = []
    his: list[Event] = []
    async with stage.client("alice", hers) as alice, stage.client("oscar", his) as oscar:
        alice.follow(stage.talk)
        oscar.follow(stage.talk)
        async with asyncio.timeout(10):
            stored = await (await alice.post(stage.talk, "Is my petition ready?")).acknowledged
            await (await oscar.post(stage.talk, "It is.")).acknowledged
            while not (alice.last(stage.talk) == oscar.last(stage.talk) == 4):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    assert stored.seq == 3
    assert seqs(hers) == seqs(his) == [1, 2, 3, 4]


async def test_a_wire_that_is_cut_again_and_again_loses_and_doubles_nothing(stage: Stage) -> None:
    hers: list[Event] = []
    his: list[Event] = []
    said = [f"line {number}" for number in range(15)]
    async with stage.client("alice", hers) as alice, stage.client("oscar", his) as oscar:
        oscar.follow(stage.talk)
        sent = []
        async with asyncio.timeout(40):
            for number, text in enumerate(said):
                sent.append(await alice.post(stage.talk, text))
                if number % 5 == 2:
                    await asyncio.sleep(0.05)
                    for link in stage.proxy.sockets:
                        link.unruly = True
                if number % 5 == 4:
                    for link in list(stage.proxy.links):
                        link.cut()
            answers = [await each.acknowledged for each in sent]
            while oscar.last(stage.talk) < answers[-1].seq:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    assert [answer.seq for answer in answers] == list(range(3, 18))
    assert (await later(texts, stage.talk))[1:] == said
    assert seqs(hers) == seqs(his) == list(range(1, 18))
    assert alice.unacknowledged == []


async def test_a_connection_that_died_without_a_word_is_noticed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.client.client.MISSED_HEARTBEATS", 0.01)
    async with stage.client("alice") as alice, asyncio.timeout(30):
        await (await alice.post(stage.talk, "before")).acknowledged
        monkeypatch.setattr(alice, "_heartbeat", 0.1)
        for link in stage.proxy.sockets:
            link.freeze()

        assert (await (await alice.post(stage.talk, "after")).acknowledged).seq == 4


async def test_what_will_never_be_stored_is_said_so_and_the_next_one_is(stage: Stage) -> None:
    async with stage.client("alice") as alice, asyncio.timeout(15):
        too_long = await alice.post(stage.talk, "x" * 4001)
        fine = await alice.post(stage.talk, "shorter")

        with pytest.raises(RefusedError, match="too_long"):
            await too_long.acknowledged
        assert (await fine.acknowledged).seq == 3


async def test_a_conversation_that_ended_brings_its_last_line_and_is_greeted_no_more(
    stage: Stage, talk: Consultation
) -> None:
    hers: list[Event] = []
    async with stage.client("alice", hers) as alice, asyncio.timeout(15):
        await (await alice.post(stage.talk, "Thank you.")).acknowledged
        await later(end, consultation=talk, reason=Consultation.CloseReason.ANSWERED)
        with pytest.raises(RefusedError, match="closed"):
            await (await alice.post(stage.talk, "too late")).acknowledged
        while alice.last(stage.talk) < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        for link in list(stage.proxy.links):
            link.cut()
        while alice.up:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    assert seqs(hers) == [1, 2, 3, 4]


async def test_whoever_has_no_rights_is_told_so_in_the_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.client.backoff.FAR_UP", 0)
    monkeypatch.setattr("live.client.client.TURNED_AWAY", 2)
    stranger = Client(stage.site, "/ws/citizen/", "rayzan-citizen=nobody")

    async with stranger as client, asyncio.timeout(10):
        with pytest.raises(TurnedAwayError):
            await anext(aiter(client))
