"""The two sockets: one per citizen's page, one per person of the staff. They decide nothing."""

from uuid import UUID

from channels.db import database_sync_to_async
from django.core.exceptions import PermissionDenied

from accounts.identity import signed_in
from accounts.models import Role, User
from chat.models import Message
from chat.sockets import ConversationSocket
from chat.sweep import renew_leases
from consult.cookies import citizen_in
from consult.models import Access, Citizen
from live import groups


class CitizenSocket(ConversationSocket):
    """Somebody who asked, in one browser."""

    role = Message.Role.CITIZEN
    sockets_limit = "sockets_per_citizen"

    async def subscribe(self) -> tuple[str, ...]:
        citizen = await database_sync_to_async(citizen_in)(self.scope)
        if citizen is None:
            raise PermissionDenied
        self.person = citizen
        self.cases = await database_sync_to_async(_cases)(citizen)
        return (f"citizen.{citizen.pk}", groups.LINE, *map(groups.case, self.cases))


class StaffSocket(ConversationSocket):
    """A person of the staff: all their conversations on one connection."""

    role = Message.Role.COUNSELLOR
    sockets_limit = "sockets_per_staff"

    async def subscribe(self) -> tuple[str, ...]:
        person = await signed_in(self.scope)
        roles = await database_sync_to_async(_roles)(person)
        if not roles:
            raise PermissionDenied
        self.person, self.counsellor = person, person.pk
        self.session = self.scope["session"].session_key or ""
        await database_sync_to_async(renew_leases)([person.pk])  # Whoever comes back is back.
        board = (groups.BOARD,) if Role.SUPERVISOR in roles else ()
        return (groups.person(person.pk), groups.STAFF, *board)


def _cases(citizen: Citizen) -> tuple[UUID, ...]:
    return tuple(Access.objects.live().filter(citizen=citizen).values_list("case_id", flat=True))


def _roles(person: User) -> set[str]:
    return set(person.posts.values_list("role", flat=True))
