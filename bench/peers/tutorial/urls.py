"""No pages: the crowd knows the address of the socket."""

from typing import Any

urlpatterns: list[Any] = []
