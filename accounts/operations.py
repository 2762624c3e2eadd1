"""What happens to a person of the staff as such."""

from django.contrib.auth import logout
from django.http import HttpRequest

from accounts.models import User
from trust.models import AuditEntry
from trust.network import address_of, shortened
from trust.operations import record


def sign_out(*, request: HttpRequest, person: User) -> None:
    """End this session. Its sockets close within half a minute; what is held stays held."""
    record(
        actor=person,
        action=AuditEntry.Action.SIGNED_OUT,
        subject=("person", str(person.pk)),
        address=shortened(address_of(request)),
    )
    logout(request)
