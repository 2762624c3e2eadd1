"""When a card was retired or brought back, for those who follow the changes."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def retired_when_last_changed(apps: Any, _schema: Any) -> None:
    cards = apps.get_model("catalog", "ServiceCard")
    cards.objects.filter(status="retired").update(turned_at=F("updated_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_parents"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicecard",
            name="turned_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(retired_when_last_changed, migrations.RunPython.noop),
    ]
