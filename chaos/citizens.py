"""Citizens: they ask, talk until it is over, and ask again."""

import asyncio
from contextlib import suppress
from typing import Final
from uuid import UUID, uuid4

from chaos.people import IN_A_ROW, LANGUAGE, Person, Weather
from chaos.web import UnansweredError, consultation_in
from chat.lines import LINES
from live.client import Client
from live.frame import Event
from live.protocol import ConsultationChanged, MessagePosted, SeeMessage

LEAVES: Final = 0.01  # Of their words, those after which they go.
SETTLING: Final = 60.0
ENDINGS: Final = frozenset(line for code, line in LINES.items() if code.startswith("ended_"))


class Citizen(Person):
    """Asks, talks until it is over, asks again."""

    def __init__(self, weather: Weather, name: str, *, shy: bool = False) -> None:
        super().__init__(weather, name)
        self._shy = shy  # Falls silent the first time, until the conversation was parked.
        self._closed, self._turn = asyncio.Event(), asyncio.Event()
        self._last_line = False
        self._open: UUID | None = None  # Older cases are heard of on the same socket.

    async def live(self) -> None:
        await self._arrive()
        while self.weather.talking:
            self._closed, self._turn = asyncio.Event(), asyncio.Event()
            self._last_line = False
            self._open = await self._ask()
            if self._open is not None:
                await self._talk(self._open)
            await self.moment(2)

    async def _arrive(self) -> None:
        while True:
            with suppress(UnansweredError):
                await self.browser.open("/ask/")
                return
            await asyncio.sleep(0.5)

    async def _ask(self) -> UUID | None:
        place = await self.browser.insist(
            "/ask/",
            question=f"پرسش {self.diary.who} {uuid4().hex[:8]}",
            topic=self.chance.choice(self.weather.topics),
            language=LANGUAGE,
            consent="on",
            client_id=str(uuid4()),
        )
        found = consultation_in(place)
        self.diary.counts["asked" if found else "ticket"] += 1
        return found

    async def _talk(self, consultation: UUID) -> None:
        """On one page after another, until it has ended or the run has."""
        silent, self._shy = self._shy, False
        while True:
            stayed = False
            async with self.online() as client:
                client.follow(consultation, self._last(consultation))
                await self._stay(client, consultation, silent=silent)
                await self._settled(client)
                if not self.weather.talking and not self._last_line:
                    await self.weather.over.wait()
                    stayed = True
            if self._last_line or stayed:
                self.diary.whole.add(consultation)
                return
            self.diary.counts["went away"] += 1
            await asyncio.sleep(self.chance.uniform(0.5, 6))
            silent = False

    async def _stay(self, client: Client, consultation: UUID, *, silent: bool) -> None:
        """Talk for a while on one page; then it is over, or the page is closed."""
        for _turn in range(self.chance.randint(6, 30)):
            await self._wait(self._turn, 30 if silent else self.weather.pace * 6)
            if silent:  # Says nothing until the conversation was parked, then comes back.
                silent = False
                await self._wait(self._closed, self.chance.uniform(31, 36))
            if self._closed.is_set() or not self.weather.talking:
                return
            self._turn.clear()
            await self.moment()
            for _word in range(self.chance.choice(IN_A_ROW)):
                await self.say(client, consultation)
            client.tell(SeeMessage(consultation=consultation, seq=self._last(consultation)))
            if self.chance.random() < LEAVES:
                await self.browser.insist(f"/consultations/{consultation}/leave/")
                await self._wait(self._closed, 10)

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        """Whatever happens first: the event, patience ends, or the run does."""
        while seconds > 0 and not event.is_set() and self.weather.talking:
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), min(seconds, 1.0))
            seconds -= 1.0

    async def _settled(self, client: Client) -> None:
        """Nobody closes the page on words that are on their way, nor before the last line."""
        left = SETTLING
        while left > 0 and (client.unacknowledged or self._closed.is_set() > self._last_line):
            await asyncio.sleep(0.1)
            left -= 0.1
        if left <= 0:
            self.diary.stuck = f"{len(client.unacknowledged)} unanswered, up {client.up}, closed "
            self.diary.stuck += f"{self._closed.is_set()}, last line {self._last_line}"

    def _heard(self, event: Event) -> None:
        super()._heard(event)
        match event:
            case MessagePosted(role="counsellor"):
                self._turn.set()
            case MessagePosted(consultation=pk, role="system", lines=dict(lines)) if (
                pk == self._open and lines["en"] in ENDINGS
            ):
                self._last_line = True
                self._closed.set()
                self._turn.set()
            case ConsultationChanged(consultation=pk, state="closed") if pk == self._open:
                self._closed.set()
                self._turn.set()
