"""Telling every screen that shows a consultation that it is different now."""

from consult.models import Consultation
from live import groups
from live.protocol import BoardChanged, ConsultationChanged, DutyChanged, LineMoved
from live.publish import publish


def announce(consultation: Consultation, *counsellors: int | None) -> None:
    """Publish the change to the citizen's side, the holder and any other `counsellors` (ids)."""
    staff = {groups.person(each) for each in (consultation.holder_id, *counsellors) if each}
    event = ConsultationChanged(
        consultation=consultation.pk, version=consultation.version, state=consultation.state
    )
    publish(event, groups.case(consultation.case_id), groups.BOARD, *staff)


def announce_line() -> None:
    """Places in the line may be different; so may the board and the summary of every console."""
    publish(LineMoved(), groups.LINE, groups.STAFF)
    publish(BoardChanged(), groups.BOARD)


def announce_duty(counsellor: int) -> None:
    """This person's duty changed, on all their screens and on the board."""
    publish(DutyChanged(), groups.person(counsellor))
    publish(BoardChanged(), groups.BOARD)
