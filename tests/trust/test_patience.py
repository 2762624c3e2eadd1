"""Only who says so may let a transaction idle."""

import pytest
from django.db import connection, transaction

from trust.patience import think_as_long_as_it_takes

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite ends no transaction for idling."
)


def allowed() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('idle_in_transaction_session_timeout')")
        [found] = cursor.fetchone()
        return str(found)


@pytest.mark.django_db(transaction=True)
def test_a_command_may_think_until_its_transaction_ends() -> None:
    usually = allowed()
    assert usually != "0"

    with transaction.atomic():
        think_as_long_as_it_takes()
        assert allowed() == "0"

    assert allowed() == usually
