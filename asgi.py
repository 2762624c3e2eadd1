"""HTTP and WebSocket joined; nothing else."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
pages = get_asgi_application()  # Sets Django up; the sockets import models.

from django.conf import settings  # noqa: E402

from chat.lifespan import Lifespan  # noqa: E402
from chat.sweep import WithClock  # noqa: E402
from live.bodies import SmallBodiesOnly  # noqa: E402
from routing import sockets  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": WithClock(SmallBodiesOnly(pages, settings.LIMITS["body_bytes"])),
        "websocket": sockets,
        "lifespan": Lifespan(),
    }
)
