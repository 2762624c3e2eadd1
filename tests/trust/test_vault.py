"""What is sealed can be read again, by whoever holds a key that is still in use."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from pytest_django import Settings

from trust.vault import seal, unseal


def test_what_is_sealed_can_be_read_again() -> None:
    assert unseal(seal("۰۰۱۲۳۴۵۶۷۹")) == "۰۰۱۲۳۴۵۶۷۹"


def test_a_new_key_seals_at_once_and_the_old_one_still_opens(settings: Settings) -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.VAULT_KEYS = [old]
    before = seal("پیش از آن")

    settings.VAULT_KEYS = [new, old]
    after = seal("پس از آن")

    assert unseal(before) == "پیش از آن"
    assert Fernet(new).decrypt(after).decode() == "پس از آن"


def test_a_key_taken_away_opens_nothing_more(settings: Settings) -> None:
    sealed = seal("راز")

    settings.VAULT_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        unseal(sealed)
