"""`manage.py load_sample`: the sample agency, catalogue, topics, replies and (in a demo) people.

Once: where an agency exists already, nothing is touched.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from agency.models import Agency
from desk.sample import load


class Command(BaseCommand):
    help = "Load the sample data into an empty installation; harmless to repeat."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Agency.objects.exists():
            return
        load(with_people=settings.MODE != "production")
        if options["verbosity"]:
            self.stdout.write("The sample agency and its catalogue are loaded.")
