"""What a signed-in socket costs with Channels alone: stock AuthMiddlewareStack, nothing behind it.

On the house's own settings and database, so that sessions and people are the same:

    python -m uvicorn bench.peers.stack:application
"""

import os
from typing import Any, cast

from channels.auth import AuthMiddlewareStack
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
pages = get_asgi_application()


class Door(AsyncWebsocketConsumer):
    """Lets in who is signed in."""

    async def connect(self) -> None:
        person = self.scope["user"]
        if person is not None and person.is_authenticated:
            await self.accept()
        else:
            await self.close()


addresses: list[Any] = [path("ws/staff/", cast(Any, Door.as_asgi()))]
application = ProtocolTypeRouter(
    {"http": pages, "websocket": AuthMiddlewareStack(cast(Any, URLRouter(addresses)))}
)
