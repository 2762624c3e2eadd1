"""The threads of one process that talk to the database for its sockets."""

import asyncio

from chat.door import start_door
from chat.reading import start_reader
from chat.relays import start_relays
from chat.writer import start_writer


class Workers:
    """One of each, on the running loop. None of them waits for another."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.writer, self.relays = start_writer(), start_relays()
        self.door, self.reader = start_door(), start_reader()

    async def stop(self) -> None:
        """Finish what is queued."""
        await self.door.stop()
        await self.relays.stop()
        await self.writer.stop()
        await self.reader.stop()


_workers: list[Workers] = []


def workers() -> Workers:
    """Those of the running loop; made when first needed."""
    loop = asyncio.get_running_loop()
    if not _workers or _workers[0].loop is not loop:
        _workers[:] = [Workers()]
    return _workers[0]


async def stop_workers() -> None:
    """For the end of a process, or of a test."""
    if _workers and _workers[0].loop is asyncio.get_running_loop():
        await _workers.pop().stop()
