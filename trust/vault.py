"""Encryption of what must be readable again, by few: the originals behind the masks."""

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=1)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    """Made anew only when the keys are others: reading them costs as much as sealing."""
    return MultiFernet([Fernet(key) for key in keys])


def _vault() -> MultiFernet:
    return _fernet(tuple(settings.VAULT_KEYS))


def seal(text: str) -> bytes:
    """Encrypt with the newest key."""
    return _vault().encrypt(text.encode())


def unseal(ciphertext: bytes | memoryview) -> str:
    """Decrypt with any key in use; `cryptography.fernet.InvalidToken` if none fits."""
    return _vault().decrypt(bytes(ciphertext)).decode()
