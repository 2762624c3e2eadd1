"""Sockets that are closed after the test, with everything they started."""

import math
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.db import connections

from chat.sweep import stop_sweep
from chat.workers import stop_workers
from consult.models import Person
from live.bridge import bridge
from live.limits import forget_idle
from tests.chat.screens import Opening, Screen, knock, later


@pytest.fixture
async def quiet_after(transactional_db: None) -> AsyncIterator[None]:
    """Whatever the sockets of this test started ends with it."""
    yield
    await stop_workers()
    await stop_sweep()
    await bridge.stop()
    layer: Any = get_channel_layer()
    await layer.flush()
    await later(connections.close_all)
    forget_idle(math.inf)


@pytest.fixture
async def opens(quiet_after: None) -> AsyncIterator[Opening]:
    """`await opens(alice)` opens a page of hers."""
    screens: list[Screen] = []

    async def open_(person: Person) -> Screen:
        communicator, opened, code = await knock(person)
        assert opened, f"refused with {code}"
        screens.append(Screen(communicator))
        return screens[-1]

    yield open_
    for screen in screens:
        await screen.leaves()
