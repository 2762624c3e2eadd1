"""How much of a counsellor one conversation takes (PRODUCT.md, Pairing)."""

from django.db.models import Case, F, FloatField, Q, Sum, Value, When
from django.db.models.functions import Now

from consult.models import Consultation

OFFERED = AWAITING_COUNSELLOR = 1.0
AWAITING_CITIZEN = 0.5
ON_HOLD = 0.25

# The counsellor's next message ends a hold: from then on they wait for the citizen.
ON_HOLD_NOW = Q(
    hold_until__gt=Now(),
    awaiting=Consultation.Awaiting.COUNSELLOR,
    awaiting_since__lte=F("hold_at"),
)

WEIGHT = Case(
    When(state=Consultation.State.OFFERED, then=Value(OFFERED)),
    When(ON_HOLD_NOW, then=Value(ON_HOLD)),
    When(awaiting=Consultation.Awaiting.CITIZEN, then=Value(AWAITING_CITIZEN)),
    default=Value(AWAITING_COUNSELLOR),
    output_field=FloatField(),
)

# The same, said once more for the pairing's one statement. `test_line` holds the two together.
WEIGHT_SQL = f"""CASE
    WHEN state = 'offered' THEN {OFFERED}
    WHEN hold_until > %s AND awaiting = 'counsellor' AND awaiting_since <= hold_at
        THEN {ON_HOLD}
    WHEN awaiting = 'citizen' THEN {AWAITING_CITIZEN}
    ELSE {AWAITING_COUNSELLOR} END"""


def loads() -> dict[int, float]:
    """The load of every counsellor who holds anything, by id."""
    held = Consultation.objects.held().order_by()
    return dict(held.values_list("holder").annotate(load=Sum(WEIGHT)).values_list("holder", "load"))


def load_of(counsellor_id: int) -> float:
    """The load of one counsellor."""
    held = Consultation.objects.held().filter(holder=counsellor_id)
    return float(held.aggregate(load=Sum(WEIGHT))["load"] or 0)
