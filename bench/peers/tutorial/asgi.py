"""The tutorial's asgi.py: pages by Django, sockets by Channels, for people who are signed in."""

import os
from typing import Any, cast

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.tutorial.settings")
pages = get_asgi_application()  # Fills the registry; the consumer imports a model.

from bench.peers.tutorial.consumers import ChatConsumer  # noqa: E402

addresses: list[Any] = [path("ws/chat/<slug:room_name>/", cast(Any, ChatConsumer.as_asgi()))]
application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(cast(Any, URLRouter(addresses)))
        ),
    }
)
