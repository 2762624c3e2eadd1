"""The limits that the page for strangers names are those that the code keeps."""

import inspect
import re

import pytest
from django.conf import settings

from chat.batches import Batches
from chat.posts import MAX_LENGTH
from chat.sockets import TYPING
from live import consumer, outlet
from live.frame import MAX_CURSORS
from tests.test_settings import SAFE, setting

PAGE = settings.BASE_DIR / "docs" / "protocol.md"
LIMITS = settings.LIMITS
QUEUE = inspect.signature(Batches).parameters["queue"].default
SAID = [
    ("a frame to the server", f"{LIMITS['frame_bytes']:,} bytes"),
    ("frames that make no sense", f"{LIMITS['malformed']}"),
    ("refusals for haste", f"{consumer.PATIENCE}, and each frame in time forgives one"),
    (
        "frames that wait for a slow reader",
        f"{outlet.BACKLOG}, or {outlet.SEND_TIMEOUT:g} s for one",
    ),
    ("`typing.show`", f"one in {TYPING:g} s"),
    ("conversations in a `hello`", f"{MAX_CURSORS}"),
    ("a text", f"1 to {MAX_LENGTH:,} characters after cleaning"),
    (
        "frames, on all sockets together",
        f"{LIMITS['bucket_burst']} at once, {LIMITS['bucket_per_second']} a second",
    ),
    (
        "sockets",
        f"{LIMITS['sockets_per_citizen']} for a citizen, "
        f"{LIMITS['sockets_per_staff']} for one of the staff",
    ),
    ("messages that wait to be stored", f"{QUEUE:,}"),
    ("receipts and typing that wait to be passed on", f"{QUEUE:,}"),
    (
        "wrong tries at `/track/`, and at the sign-in",
        f"{LIMITS['tries_per_address_an_hour']} an hour each",
    ),
    (
        "wrong tries",
        f"{LIMITS['tries_per_code_an_hour']} an hour for a code, "
        f"{2 * LIMITS['tries_per_code_an_hour']} for a name",
    ),
    (
        "the fields of a form, and a body at all",
        f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20} MB and {LIMITS['body_bytes'] >> 20} MB",
    ),
]


@pytest.mark.parametrize(("what", "much"), SAID, ids=[what for what, _much in SAID])
def test_a_limit_is_said_as_it_is(what: str, much: str) -> None:
    rows = re.findall(rf"^\|[^|]+\| {re.escape(what)} \| ([^|]+) \|", PAGE.read_text(), re.M)

    assert rows == [much]


def test_questions_of_one_address_are_limited_in_production_as_it_is_said() -> None:
    much = setting("settings.LIMITS['asks_per_address_an_hour']", **SAFE)

    assert f"| questions (`/ask/`, `/file/`) | {much} an hour |" in PAGE.read_text()
