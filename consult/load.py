"""How much of a counsellor one conversation takes (PRODUCT.md, Pairing)."""

from django.db.models import Case, FloatField, Sum, Value, When
from django.db.models.functions import Now

from consult.models import Consultation

OFFERED = AWAITING_COUNSELLOR = 1.0
AWAITING_CITIZEN = 0.5
ON_HOLD = 0.25

WEIGHT = Case(
    When(state=Consultation.State.OFFERED, then=Value(OFFERED)),
    When(hold_until__gt=Now(), then=Value(ON_HOLD)),
    When(awaiting=Consultation.Awaiting.CITIZEN, then=Value(AWAITING_CITIZEN)),
    default=Value(AWAITING_COUNSELLOR),
    output_field=FloatField(),
)


def loads() -> dict[int, float]:
    """The load of every counsellor who holds anything, by id."""
    held = Consultation.objects.held().order_by()
    return dict(held.values_list("holder").annotate(load=Sum(WEIGHT)).values_list("holder", "load"))


def load_of(counsellor_id: int) -> float:
    """The load of one counsellor."""
    held = Consultation.objects.held().filter(holder=counsellor_id)
    return float(held.aggregate(load=Sum(WEIGHT))["load"] or 0)
