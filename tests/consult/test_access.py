"""How a citizen without an account is let in: a token in the browser, or code and second answer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from consult.models import Access, Case, Citizen
from consult.operations.access import admit, case_behind, let_in, readable_pin, recognise, revoke
from consult.queries import earlier_with
from tests.people import Asking
from trust.models import Attempt, AuditEntry

pytestmark = pytest.mark.django_db

HERE, THERE = "203.0.113.7", "198.51.100.9"
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def case(alice: Citizen, asks: Asking) -> Case:
    """Alice's, who gave her mobile number."""
    return asks(alice, contact="0912 345 6789").case


@pytest.fixture
def pin(alice: Citizen, case: Case) -> str:
    return readable_pin(citizen=alice, case=case)


def opens(citizen: Citizen, code: str, factor: str, address: str = HERE) -> str:
    """ "open", or the code of the refusal."""
    try:
        let_in(citizen=citizen, case=case_behind(code=code, factor=factor, address=address))
    except ValidationError as refused:
        return str(refused.code)
    return "open"


def sees(citizen: Citizen, case: Case) -> bool:
    return Case.objects.visible_to(citizen).filter(pk=case.pk).exists()


def test_a_token_is_recognised_and_only_its_digest_is_stored() -> None:
    newcomer = admit()

    assert recognise(newcomer.token) == newcomer.citizen
    assert newcomer.token not in str(Citizen.objects.values_list().get())
    assert len(newcomer.token) >= 43  # 256 bits.


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
def test_a_token_of_nobody_is_not_recognised(alice: Citizen, token: str) -> None:
    assert recognise(token) is None
    assert recognise(alice.digest) is None


def test_a_revoked_token_is_nobodys() -> None:
    newcomer = admit()
    Citizen.objects.update(revoked_at=timezone.now())

    assert recognise(newcomer.token) is None


def test_the_browser_that_asked_sees_its_case_and_no_other_does(
    alice: Citizen, mallet: Citizen, case: Case
) -> None:
    assert sees(alice, case)
    assert not sees(mallet, case)


@pytest.mark.parametrize("change", ["expires_at", "revoked_at"])
def test_access_runs_out_and_can_be_taken_away(alice: Citizen, case: Case, change: str) -> None:
    Access.objects.update(**{change: timezone.now()})

    assert not sees(alice, case)


def test_a_citizen_who_is_revoked_sees_nothing(alice: Citizen, case: Case) -> None:
    Citizen.objects.update(revoked_at=timezone.now())

    assert not sees(alice, case)


def test_a_visit_makes_the_time_longer_but_never_opens_again(alice: Citizen, case: Case) -> None:
    newcomer = admit()
    Access.objects.update(citizen=newcomer.citizen, expires_at=timezone.now() + timedelta(hours=1))
    Citizen.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    recognise(newcomer.token)
    assert Access.objects.get().expires_at > timezone.now() + timedelta(hours=23)

    Access.objects.update(expires_at=timezone.now())
    Citizen.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    recognise(newcomer.token)
    assert not sees(newcomer.citizen, case)


def test_the_code_and_the_pin_open_the_case_in_another_browser(
    mallet: Citizen, case: Case, pin: str
) -> None:
    assert opens(mallet, case.tracking_code, pin) == "open"
    assert sees(mallet, case)
    assert AuditEntry.objects.get().action == AuditEntry.Action.RESUMED


def test_the_pin_is_readable_for_the_asker_alone(
    alice: Citizen, mallet: Citizen, case: Case, pin: str
) -> None:
    opens(mallet, case.tracking_code, pin)

    assert pin
    assert readable_pin(citizen=mallet, case=case) == ""
    Access.objects.filter(citizen=alice).update(expires_at=timezone.now())
    assert readable_pin(citizen=alice, case=case) == ""


@pytest.mark.parametrize("digits", [{}, PERSIAN, ARABIC], ids=["latin", "persian", "arabic"])
def test_code_and_answer_may_be_typed_in_any_digits(
    mallet: Citizen, case: Case, pin: str, digits: dict[int, int]
) -> None:
    code = str(case).translate(digits)

    assert opens(mallet, f" {code} ", pin.lower().translate(digits)) == "open"
    assert opens(mallet, code, "6789".translate(digits)) == "open"


def test_an_email_opens_too(alice: Citizen, mallet: Citizen, asks: Asking) -> None:
    case = asks(alice, contact="Alice7@example.org").case

    assert opens(mallet, case.tracking_code, " ALICE۷@example.org ") == "open"
    assert opens(mallet, case.tracking_code, "alice@example.org") == "wrong"


@pytest.mark.parametrize("factor", ["", "      ", "AAAAAA", "0000", "6788", "09123456789", "%"])
def test_a_wrong_answer_opens_nothing(mallet: Citizen, case: Case, factor: str) -> None:
    assert opens(mallet, case.tracking_code, factor) == "wrong"
    assert not sees(mallet, case)


def test_a_wrong_answer_and_an_unknown_code_sound_alike(mallet: Citizen, case: Case) -> None:
    said = []
    for code in (case.tracking_code, "123456789015", "not a code"):
        with pytest.raises(ValidationError) as refused:
            case_behind(code=code, factor="AAAAAA", address=HERE)
        said.append((refused.value.message, refused.value.code))

    assert len(set(said)) == 1


def test_five_wrong_answers_to_a_code_close_it_for_an_hour_even_to_the_right_one(
    mallet: Citizen, case: Case, pin: str
) -> None:
    tries = settings.LIMITS["tries_per_code_an_hour"]
    for number in range(tries):
        assert opens(mallet, case.tracking_code, "AAAAAA", address=f"192.0.2.{number}") == "wrong"

    assert opens(mallet, str(case).translate(PERSIAN), pin, address=THERE) == "slow_down"

    Attempt.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert opens(mallet, case.tracking_code, pin, address=THERE) == "open"


def test_an_address_that_guesses_codes_is_slowed_down_and_others_are_not(
    mallet: Citizen, case: Case, pin: str
) -> None:
    for number in range(settings.LIMITS["tries_per_address_an_hour"]):
        opens(mallet, f"{100_000_000_000 + number}", "AAAAAA")

    assert opens(mallet, case.tracking_code, pin) == "slow_down"
    assert opens(mallet, case.tracking_code, pin, address=THERE) == "open"


def test_a_right_answer_is_no_attempt(mallet: Citizen, case: Case, pin: str) -> None:
    for _ in range(settings.LIMITS["tries_per_code_an_hour"] + 1):
        assert opens(mallet, case.tracking_code, pin) == "open"


def test_a_case_that_was_closed_to_every_browser_opens_again_with_its_code(
    alice: Citizen, case: Case, pin: str
) -> None:
    revoke(case=case)
    assert not sees(alice, case)

    assert opens(alice, case.tracking_code, pin) == "open"
    assert sees(alice, case)


def test_who_opened_a_case_with_its_code_brings_no_past_of_their_own_to_it(
    alice: Citizen, mallet: Citizen, case: Case, asks: Asking
) -> None:
    own, theirs = case.consultations.get(), asks(mallet)
    let_in(citizen=mallet, case=case)
    assert (earlier_with(own), earlier_with(theirs)) == ([], [])

    again = asks(alice)
    assert (earlier_with(again), earlier_with(own)) == ([own], [again])
