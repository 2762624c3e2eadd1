"""Every socket address, and the consumer that answers it."""

from typing import Any, cast

from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.urls import path, re_path

from chat.consumers import CitizenSocket, StaffSocket
from chat.sweep import WithClock
from live.origin import OwnOriginsOnly

# Django's `path` is typed for views; Channels routes ASGI applications with it.
addresses: list[Any] = [
    path("ws/citizen/", cast(Any, CitizenSocket.as_asgi())),
    path("ws/staff/", cast(Any, StaffSocket.as_asgi())),
    re_path("", cast(Any, WebsocketDenier.as_asgi())),
]
sockets = WithClock(OwnOriginsOnly(URLRouter(addresses), settings.ORIGINS))
