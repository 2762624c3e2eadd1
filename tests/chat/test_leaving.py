"""A process that is asked to go: nobody new, everybody sent on, nothing taken on is lost."""

import json
import signal
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from consult.models import Citizen, Consultation
from ops.web import Site, serving
from tests.conftest import environment
from tests.people import cookie_of

pytestmark = pytest.mark.django_db(transaction=True)
IN_TIME = 10.0


def test_a_process_that_leaves_sends_everybody_on_and_stores_what_it_took(
    alice: Citizen, talk: Consultation
) -> None:
    with serving("uvicorn", environment()) as site, opened(site, alice) as socket:
        said = [post(socket, talk, n) for n in range(1, 6)]
        began = time.monotonic()
        site.process.send_signal(signal.SIGTERM)

        assert next(frame for frame in frames(socket) if frame["type"] == "reconnect")
        assert status_of(site, "/ready/") == 503
        with pytest.raises(InvalidStatus) as turned_away:
            opened(site, alice)
        assert turned_away.value.response.status_code == 503
        with pytest.raises(ConnectionClosed) as closed:
            list(frames(socket))
        assert site.process.wait(IN_TIME) == -signal.SIGTERM
        assert time.monotonic() - began < IN_TIME

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012
    assert set(said) <= set(talk.messages.values_list("client_id", flat=True))


def test_a_process_that_stays_is_ready(db: None) -> None:
    with serving("daphne", environment()) as site:
        assert status_of(site, "/ready/") == 200


def test_a_body_that_nobody_would_read_is_stopped_at_the_door(db: None) -> None:
    with (
        serving("uvicorn", environment()) as site,
        closing(HTTPConnection("127.0.0.1", site.port, timeout=IN_TIME)) as said,
    ):
        said.putrequest("POST", "/ask/")
        said.putheader("Content-Length", str(settings.LIMITS["body_bytes"] + 1))
        said.endheaders(b"question=")

        assert said.getresponse().status == 413


def opened(site: Site, citizen: Citizen) -> ClientConnection:
    name, value = cookie_of(citizen)
    origin = Origin(f"http://127.0.0.1:{site.port}")
    where = f"ws://127.0.0.1:{site.port}/ws/citizen/"
    headers = {"Cookie": f"{name}={value}"}
    return connect(where, origin=origin, additional_headers=headers, open_timeout=IN_TIME)


def post(socket: ClientConnection, talk: Consultation, n: int) -> str:
    name = str(uuid4())
    frame = {"consultation": str(talk.pk), "stream": "page", "n": n, "client_id": name}
    socket.send(json.dumps({"type": "message.post", "text": f"line {n}", **frame}))
    return name


def frames(socket: ClientConnection) -> Any:
    while True:
        yield json.loads(socket.recv(IN_TIME))


def status_of(site: Site, path: str) -> int:
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=IN_TIME)) as asked:
        asked.request("GET", path)
        return asked.getresponse().status
