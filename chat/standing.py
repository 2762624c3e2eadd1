"""What the people behind the open sockets may still do: asked again and again, for all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.identity import live_sessions
from accounts.models import User
from chat.sockets import ConversationSocket
from consult.models import Citizen
from consult.operations.access import open_cases


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is still signed in, has a role, and may open which case."""

    sessions: set[str]
    staff: set[int]
    citizens: set[int]
    cases: dict[int, tuple[UUID, ...]]

    def admits(self, socket: ConversationSocket) -> bool:
        """Whether this socket may stay open at all."""
        if isinstance(socket.person, Citizen):
            return socket.person.pk in self.citizens and (
                not socket.cases or bool(self.cases_of(socket))
            )
        return socket.session in self.sessions and socket.person.pk in self.staff

    def cases_of(self, socket: ConversationSocket) -> tuple[UUID, ...]:
        """Those cases of the socket that may still be heard on it."""
        return tuple(case for case in socket.cases if case in self.cases.get(socket.person.pk, ()))


def standing_of(sockets: Iterable[ConversationSocket]) -> Standing:
    """The database's word on everybody behind `sockets`."""
    found = list(sockets)
    citizens = {each.person.pk for each in found if isinstance(each.person, Citizen)}
    staff = {each.counsellor for each in found if each.counsellor}
    keys = {each.session for each in found if each.session}
    employed = User.objects.filter(pk__in=staff, is_active=True, posts__isnull=False)
    living = Citizen.objects.filter(pk__in=citizens, revoked_at=None)
    return Standing(
        sessions=live_sessions(keys),
        staff=set(employed.values_list("pk", flat=True)),
        citizens=set(living.values_list("pk", flat=True)),
        cases=open_cases(citizens),
    )
