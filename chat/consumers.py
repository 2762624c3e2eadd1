"""The two sockets: one per citizen's page, one per person of the staff. They decide nothing."""

import asyncio

from django.core.exceptions import PermissionDenied

from accounts.models import Role
from chat.door import Guest, Knock
from chat.models import Message
from chat.sockets import ConversationSocket
from chat.workers import workers
from live import groups
from live.consumer import Scope, UnavailableError


class CitizenSocket(ConversationSocket):
    """Somebody who asked, in one browser."""

    __slots__ = ()

    role = Message.Role.CITIZEN
    sockets_limit = "sockets_per_citizen"

    async def subscribe(self, scope: Scope) -> tuple[str, ...]:
        guest = await admit(scope, staff=False)
        self.person, self.cases = guest.person, guest.cases
        return (groups.citizen(guest.person.pk), groups.LINE, *map(groups.case, self.cases))


class StaffSocket(ConversationSocket):
    """A person of the staff: all their conversations on one connection."""

    __slots__ = ()

    role = Message.Role.COUNSELLOR
    sockets_limit = "sockets_per_staff"

    async def subscribe(self, scope: Scope) -> tuple[str, ...]:
        guest = await admit(scope, staff=True)
        self.person, self.session = guest.person, guest.session
        board = (groups.BOARD,) if Role.SUPERVISOR in guest.roles else ()
        return (groups.person(guest.person.pk), groups.STAFF, *board)


async def admit(scope: Scope, *, staff: bool) -> Guest:
    """Who knocks; `PermissionDenied` for a stranger, `UnavailableError` when nobody can say."""
    knock = Knock(scope, staff, asyncio.get_running_loop().create_future())
    if not workers().door.put(knock):
        raise UnavailableError
    guest = await knock.answer
    if not isinstance(guest, Guest):
        raise PermissionDenied
    return guest
