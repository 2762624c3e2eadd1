"""Counsellors: on duty they answer whoever is given to them, end, and hand over."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from chaos.people import IN_A_ROW, LANGUAGE, PASSWORD, Person, Weather
from chaos.web import UnansweredError, held_in
from live.client import Client
from live.frame import Event
from live.protocol import ConsultationChanged, MessagePosted

ENOUGH: Final = 24  # Messages after which a counsellor thinks that it is answered.


class Counsellor(Person):
    """On duty: answers whoever is given to them, ends what is answered, hands some over."""

    path = "/ws/staff/"

    def __init__(self, weather: Weather, name: str, capacity: int) -> None:
        super().__init__(weather, name)
        self.capacity = capacity
        self.away = False  # Vanished: a fault, not a wish.
        self.on_duty = asyncio.Event()
        self._owed: dict[UUID, float] = {}
        self._answers: dict[UUID, int] = {}
        self._held: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        await self._sign_in()
        await self._go_on_duty()
        self.on_duty.set()
        async with self.online() as client:
            await self._work(client)

    async def _sign_in(self) -> None:
        while True:
            with suppress(UnansweredError):
                await self.browser.open("/staff/sign-in/")
                name = self.diary.who
                await self.browser.send("/staff/sign-in/", username=name, password=PASSWORD)
                await self.browser.open("/staff/console/")
                return
            await asyncio.sleep(0.5)

    async def _go_on_duty(self) -> None:
        await self.browser.insist(
            "/staff/duty/",
            action="start",
            topics=self.weather.topics,
            languages=[LANGUAGE],
            capacity=str(self.capacity),
        )

    async def _work(self, client: Client) -> None:
        tasks = [asyncio.create_task(each) for each in (self._watch(client), self._answer(client))]
        try:
            while not self.weather.over.is_set():
                await asyncio.sleep(0.1)
                if self.away:
                    await self._be_away()
        finally:
            for task in (*tasks, *self._tasks):
                task.cancel()
            await asyncio.gather(*tasks, *self._tasks, return_exceptions=True)

    async def _be_away(self) -> None:
        """The device has no network; afterwards the duty may have ended."""
        began = time.time()
        while self.away or (self.client is not None and not self.client.up):
            await asyncio.sleep(0.1)
        self.diary.absences.append((began, time.time()))
        self.diary.counts["came back"] += 1
        await self._go_on_duty()

    async def _watch(self, client: Client) -> None:
        """What the console lists, now and then: a hint that tells of a new one may be lost."""
        while True:
            with suppress(UnansweredError):
                listed = held_in(await self.browser.open("/staff/console/list/"))
                for pk in listed - self._held:
                    self._begin(client, pk)
                self._held &= listed
            await asyncio.sleep(self.chance.uniform(5, 10))

    def _begin(self, client: Client, pk: UUID) -> None:
        self._held.add(pk)
        client.follow(pk, self._last(pk))
        self._owed.setdefault(pk, 0.0)

    async def _answer(self, client: Client) -> None:
        """Whoever waits longest, first; a word takes a moment."""
        while True:
            owed = [pk for pk in self._owed if pk in self._held]
            if not owed or not self.weather.talking:
                await asyncio.sleep(0.05)
                continue
            await self.moment(0.12)
            pk = owed[0]
            self._owed.pop(pk, None)
            for _word in range(self.chance.choice(IN_A_ROW)):
                await self.say(client, pk)
            self._answers[pk] = self._answers.get(pk, 0) + 1
            if self._answers[pk] >= ENOUGH * self.chance.uniform(0.5, 1.5):
                self._aside(self._end(pk))
            elif self.chance.random() < 0.004:
                self._aside(self._hand_over(pk))

    async def _end(self, pk: UUID) -> None:
        await asyncio.sleep(0.5)
        await self._try(f"/staff/consultations/{pk}/close/", reason="answered")
        self._held.discard(pk)

    async def _hand_over(self, pk: UUID) -> None:
        topic = self.chance.choice(self.weather.topics)
        path = f"/staff/consultations/{pk}/transfer/"
        if await self._try(path, topic=topic, summary="برای همکار"):
            self.diary.counts["handed over"] += 1
            self._held.discard(pk)

    async def _try(self, path: str, **typed: str) -> bool:
        for _each in range(20):
            try:
                await self.browser.send(path, **typed)
            except UnansweredError as error:
                if "404" in str(error):
                    return False  # It is with a colleague by now.
                await asyncio.sleep(0.5)
            else:
                return True
        return False

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _heard(self, event: Event) -> None:
        super()._heard(event)
        match event:
            case MessagePosted(role="citizen", consultation=pk):
                self._owed[pk] = self._owed.pop(pk, 0.0)
            case MessagePosted(role="system", consultation=pk, lines=dict(lines)):
                if "ended" in lines["en"]:
                    self._held.discard(pk)
            case ConsultationChanged(consultation=pk, state="active"):
                if self.client is not None and pk not in self._held:
                    self._begin(self.client, pk)
            case ConsultationChanged(consultation=pk):
                self._held.discard(pk)
