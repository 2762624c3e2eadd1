"""What is stored of cases, consultations and duties."""

from consult.models.case import Access, Case, Citizen
from consult.models.consultation import NO_CARD, Consultation, ConsultationQuerySet, Person
from consult.models.duty import Assignment, Duty

__all__ = [
    "NO_CARD",
    "Access",
    "Assignment",
    "Case",
    "Citizen",
    "Consultation",
    "ConsultationQuerySet",
    "Duty",
    "Person",
]
