"""Two hundred people who use the house: citizens who ask and talk, counsellors who answer.

Each does what people do (writes, waits, falls silent, goes away, comes back, asks again) through
the pages and `live.client`, and keeps a diary. Chance is seeded; the wire is not.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from chaos.diary import Diary
from chaos.web import Browser, UnansweredError, consultation_in, held_in
from chat.lines import LINES
from live.client import Client, Sent
from live.frame import Event
from live.protocol import ConsultationChanged, MessagePosted, MessageStored, SeeMessage

PASSWORD: Final = "rayzan-demo"
LANGUAGE: Final = "fa"
ENOUGH: Final = 24  # Messages after which a counsellor thinks that it is answered.
IN_A_ROW: Final = (1, 1, 1, 2, 3)  # Messages that people send before they wait.
LEAVES: Final = 0.01  # Of their words, those after which they go.
LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")  # Digits might be masked.
SETTLING: Final = 60.0
ENDINGS: Final = frozenset(line for code, line in LINES.items() if code.startswith("ended_"))


@dataclass
class Weather:
    """What everybody knows: where the house is, whether to go on, what may be chosen."""

    address: str
    seed: int
    topics: list[str]
    pace: float = 1.0  # Seconds between what one says and the next, more or less.
    talking: bool = True  # Later nobody writes or asks any more; all listen to the end.
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Person:
    """Somebody with a browser and a diary."""

    path = "/ws/citizen/"

    def __init__(self, weather: Weather, name: str) -> None:
        self.weather = weather
        self.diary = Diary(name)
        self.chance = random.Random(f"{weather.seed} {name}")
        self.browser = Browser(weather.address)
        self.client: Client | None = None
        self._words = 0

    @asynccontextmanager
    async def online(self) -> AsyncIterator[Client]:
        """On the wire, with what was heard before."""
        made = Client(
            self.weather.address,
            self.path,
            self.browser.cookie,
            heard=self._heard,
            log=self.diary.log,
        )
        async with made as self.client:
            try:
                yield made
            finally:
                self.diary.pending = {sent.client_id for sent in made.unacknowledged}
        self.client = None

    async def say(self, client: Client, consultation: UUID) -> Sent:
        """Something that nobody else says."""
        self._words += 1
        text = f"حرف {self._words} of {self.diary.who}: word {uuid4().hex.translate(LETTERS)}"
        sent = await client.post(consultation, text)
        sent.acknowledged.add_done_callback(_read)
        return sent

    async def moment(self, scale: float = 1.0) -> None:
        """As long as people take."""
        await asyncio.sleep(self.weather.pace * scale * self.chance.uniform(0.3, 1.7))

    def _heard(self, event: Event) -> None:
        self.diary.hear(event)


def _read(answer: "asyncio.Future[MessageStored]") -> None:
    """A refusal stands in the diary; here it is only looked at, so that nobody warns."""
    if not answer.cancelled():
        answer.exception()


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
            async with self.online() as client:
                client.follow(consultation, self._last(consultation))
                await self._stay(client, consultation, silent=silent)
                await self._settled(client)
                if not self.weather.talking and not self._last_line:
                    await self.weather.over.wait()
            if self._last_line or not self.weather.talking:
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

    def _last(self, consultation: UUID) -> int:
        heard = self.diary.heard.get(consultation)
        return heard[-1].seq if heard else 0

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

    def _last(self, consultation: UUID) -> int:
        heard = self.diary.heard.get(consultation)
        return heard[-1].seq if heard else 0

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
