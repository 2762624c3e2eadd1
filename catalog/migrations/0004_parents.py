"""The column of what a service is a part of says from now on what the form in force says."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.state import StateApps


def say_what_the_forms_say(apps: StateApps, _editor: object) -> None:
    ServiceCard = apps.get_model("catalog", "ServiceCard")
    numbers = dict(ServiceCard.objects.values_list("slug", "pk"))
    for card in ServiceCard.objects.filter(parent=None).only("pk", "content").iterator():
        parent = numbers.get(card.content.get("parent") or "")
        if parent and not goes_round(ServiceCard, card.pk, parent):
            ServiceCard.objects.filter(pk=card.pk).update(parent_id=parent)


def goes_round(cards: Any, card: int, above: int | None) -> bool:
    while above is not None and above != card:
        above = cards.objects.values_list("parent_id", flat=True).get(pk=above)
    return above == card


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_drafts")]

    operations = [
        migrations.AlterField(
            model_name="servicecard",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="sub_services",
                to="catalog.servicecard",
                verbose_name="service that this is a part of",
            ),
        ),
        migrations.RunPython(say_what_the_forms_say, migrations.RunPython.noop),
    ]
