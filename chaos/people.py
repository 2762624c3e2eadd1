"""What everybody who uses the house has in common: a browser, a socket, a diary, and the weather.

Two hundred people do what people do (write, wait, fall silent, go away, come back, ask again)
through the pages and `live.client`: `chaos.citizens` ask and talk, `chaos.counsellors` answer.
Chance is seeded; the wire is not.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from chaos.diary import Diary
from chaos.web import Browser
from live.client import Client, Sent
from live.frame import Event
from live.protocol import MessageStored

PASSWORD: Final = "rayzan-demo"
LANGUAGE: Final = "fa"
IN_A_ROW: Final = (1, 1, 1, 2, 3)  # Messages that people send before they wait.
LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")  # Digits might be masked.


@dataclass
class Weather:
    """What everybody knows: where the house is, whether to go on, what may be chosen."""

    address: str
    seed: int
    topics: list[str]
    pace: float = 4.0  # Seconds between what one says and the next, more or less.
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
        client.follow(consultation, self._last(consultation))  # What has ended it has forgotten.
        sent = await client.post(consultation, text)
        sent.acknowledged.add_done_callback(_read)
        return sent

    async def moment(self, scale: float = 1.0) -> None:
        """As long as people take."""
        await asyncio.sleep(self.weather.pace * scale * self.chance.uniform(0.3, 1.7))

    def _last(self, consultation: UUID) -> int:
        heard = self.diary.heard.get(consultation)
        return heard[-1].seq if heard else 0

    def _heard(self, event: Event) -> None:
        self.diary.hear(event)


def _read(answer: "asyncio.Future[MessageStored]") -> None:
    """A refusal stands in the diary; here it is only looked at, so that nobody warns."""
    if not answer.cancelled():
        answer.exception()
