"""Making the database ready: tables, translations, and on the very first time the sample."""

import os

import django
from django.core.management import call_command

from catalog import letters
from trust import durability


def prepare() -> None:
    """Bring everything up to date; data that is already there stays as it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    django.setup()
    call_command("compile_translations")
    durability.insist()
    letters.insist()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_sample")


if __name__ == "__main__":
    prepare()
