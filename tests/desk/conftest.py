"""What the tests of the desk begin with."""

import pytest

from consult.models import Consultation
from desk.models import Ticket
from desk.operations import become_ticket


@pytest.fixture
def ticket(talk: Consultation) -> Ticket:
    """Born from the conversation of Alice and Oscar."""
    return become_ticket(consultation=talk)
