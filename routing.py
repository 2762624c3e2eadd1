"""Every socket address, and the consumer that answers it."""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import OriginValidator, WebsocketDenier
from django.conf import settings
from django.urls import path, re_path

from chat.consumers import CitizenSocket, StaffSocket

sockets = OriginValidator(
    URLRouter(
        [
            path("ws/citizen/", CitizenSocket.as_asgi()),
            path("ws/staff/", AuthMiddlewareStack(StaffSocket.as_asgi())),
            re_path("", WebsocketDenier.as_asgi()),
        ]
    ),
    settings.ORIGINS,
)
