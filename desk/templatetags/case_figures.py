"""Figures of the cases about a service, for the page of its card.

The page stands lower than the desk, so its template asks for them here, and no module below has to
know the desk.
"""

from django import template

from catalog.models import ServiceCard
from desk.figures import CaseFigures, case_figures

register = template.Library()


@register.simple_tag
def figures_of_cases(card: ServiceCard) -> CaseFigures:
    """`{% figures_of_cases card as figures %}`"""
    return case_figures(card.pk)
