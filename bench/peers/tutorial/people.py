"""`python -m bench.peers.tutorial.people PAIRS`: tables, signed-in people; prints the cast."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.tutorial.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402


@transaction.atomic
def main(pairs: int) -> None:
    for n in range(pairs * 2):
        browser = Client()
        browser.force_login(User.objects.create(username=f"person-{n}", password="!"))
        name = settings.SESSION_COOKIE_NAME
        print(f"/ws/chat/room-{n // 2}/\t{name}={browser.cookies[name].value}\t\t0")


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    main(int(sys.argv[1]))
