"""Encryption of what must be readable again, by few: the originals behind the masks."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.VAULT_KEYS])


def seal(text: str) -> bytes:
    """Encrypt with the newest key."""
    return _fernet().encrypt(text.encode())


def unseal(ciphertext: bytes | memoryview) -> str:
    """Decrypt with any key in use; `cryptography.fernet.InvalidToken` if none fits."""
    return _fernet().decrypt(bytes(ciphertext)).decode()
