from django.db import migrations
from django.db.models import Max

REMEMBERED = 64


def say_where_they_stand(apps, schema_editor):
    """Whoever is talking now must be able to go on where they stopped."""
    consultations = apps.get_model("consult", "Consultation").objects.exclude(state="closed")
    said = apps.get_model("chat", "Message").objects.exclude(role="system")
    for pk in consultations.values_list("pk", flat=True):
        streams = said.filter(consultation=pk).values_list("stream", "role")
        ends = streams.annotate(end=Max("n"), last=Max("seq")).order_by("last")
        outboxes = [[stream, end, role] for stream, role, end, _last in ends][-REMEMBERED:]
        consultations.filter(pk=pk).update(outboxes=outboxes)


class Migration(migrations.Migration):
    """The places of an outbox are counted with its consultation, no longer by an index."""

    dependencies = [("chat", "0002_fewer_indexes"), ("consult", "0003_outboxes")]

    operations = [
        migrations.RunPython(say_where_they_stand, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="message", name="a_place_in_an_outbox_once"),
    ]
