"""What the figures of one run share, made when first asked for and gone at the end."""

from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from bench import cores
from bench.houses import Caretaker, House, Talks
from bench.rounds import Plan
from tests import servers


class Premises(ExitStack):
    """A scratch folder, houses full of people, and the servers that stand beside."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self._folders = 0

    @cached_property
    def folder(self) -> Path:
        return self.enter_context(servers.scratch())

    def place(self) -> Path:
        """The path of a folder that does not exist yet."""
        self._folders += 1
        return self.folder / f"house-{self._folders}"

    @cached_property
    def addresses(self) -> dict[str, str]:
        """PostgreSQL (fsync on) and Redis, on the core of the crowd."""
        with cores.pinned(cores.driver()):
            return self.enter_context(servers.addresses())

    def small_talks(self, server: str) -> Talks:
        """Under `server` on a fresh SQLite file, everybody talking."""
        return self._talks(self._sample.copy(self.place()), server)

    def grown_talks(self, server: str) -> Talks:
        """Under `server` with PostgreSQL and Redis, everybody talking."""
        return self._talks(self._grown, server)

    def _talks(self, house: House, server: str) -> Talks:
        caretaker = Caretaker(house)
        self.callback(caretaker.leave)
        return Talks(house, server, caretaker)

    @cached_property
    def _grown(self) -> House:
        return self._peopled(House.at(self.place(), **self.addresses))

    @cached_property
    def _sample(self) -> House:
        return self._peopled(House.at(self.place()))

    def _peopled(self, house: House) -> House:
        house.make_people("talks", str(self.plan.pairs))
        return house
