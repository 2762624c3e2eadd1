"""Two editors of the unit of labour."""

import pytest

from accounts.models import Post, Role, User
from agency.models import Unit
from tests.people import person


@pytest.fixture
def elham(labour: Unit) -> User:
    """Edits."""
    return person("elham", "الهام", Role.EDITOR, labour)


@pytest.fixture
def mina(labour: Unit) -> User:
    """Edits, and may publish."""
    mina = person("mina", "مینا", Role.EDITOR, labour)
    Post.objects.filter(person=mina).update(publishes=True)
    return mina
