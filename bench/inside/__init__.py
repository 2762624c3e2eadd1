"""Programs that run inside the house's Django, on the database that the environment names.

Each is a process of its own, because Django reads its settings once; they speak JSON or plain
lines on standard output (`bench.houses` starts them).
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()
