"""The tables of the search, and what each database adds to them."""

import django.db.models.deletion
from django.db import migrations, models

from catalog.search.store import STORES


def create(apps, schema_editor):
    for statement in STORES[schema_editor.connection.vendor].create:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in STORES[schema_editor.connection.vendor].drop:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("agency", "0001_initial"), ("catalog", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry",
                        serialize=False,
                        to="catalog.servicecard",
                    ),
                ),
                ("audiences", models.CharField(max_length=60)),
                ("life_events", models.CharField(max_length=300)),
                ("electronic", models.BooleanField()),
                ("length", models.FloatField()),
                ("title", models.TextField()),
                ("keywords", models.TextField()),
                ("body", models.TextField()),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.cardedition",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agency.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["length"], name="entry_length"),
                    models.Index(
                        fields=["unit", "audiences", "life_events", "electronic"],
                        name="entry_facets",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("cards", models.IntegerField()),
                ("skeleton", models.CharField(blank=True, max_length=80)),
                ("spelling", models.CharField(blank=True, max_length=80)),
            ],
            options={"indexes": [models.Index(fields=["skeleton"], name="word_skeleton")]},
        ),
        migrations.RunPython(create, drop, elidable=False),
    ]
