"""`manage.py demo_signins`: who may be signed in as, in a demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import User
from desk.sample import DEMO_PASSWORD, PEOPLE, read


class Command(BaseCommand):
    help = "Print the demo people; nothing in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE == "production":
            return
        names = [each["username"] for each in read(PEOPLE)["people"]]
        people = User.objects.filter(is_active=True, username__in=names)
        for person in people.order_by("pk").prefetch_related("posts"):
            roles = ", ".join(dict.fromkeys(post.role for post in person.posts.all()))
            self.stdout.write(f"  {person.username:<10} {DEMO_PASSWORD:<14} {roles}")
