"""The three modes: what starts, what refuses to, and how strictly."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

SAFE = {
    "RAYZAN_MODE": "production",
    "RAYZAN_SECRET_KEY": "a long and winding key, of fifty characters or more 0123456789",
    "RAYZAN_VAULT_KEYS": Fernet.generate_key().decode(),
    "RAYZAN_HOSTS": "rayzan.example",
    "RAYZAN_ORIGINS": "https://rayzan.example",
    "RAYZAN_TRUST_PROXY": "1",
    "DATABASE_URL": "postgres://rayzan:secret@127.0.0.1:1/rayzan",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
WEAKENED = [
    ("RAYZAN_SECRET_KEY", "too short"),
    ("RAYZAN_VAULT_KEYS", ""),
    ("RAYZAN_HOSTS", "*"),
    ("RAYZAN_ORIGINS", "https://rayzan.example,http://rayzan.example"),
    ("RAYZAN_TRUST_PROXY", "0"),
    ("DATABASE_URL", "sqlite:////tmp/rayzan.sqlite3"),
    ("REDIS_URL", ""),
]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python at the root of the house, with this environment and no other."""
    bare = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**bare, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(expression: str, **environment: str) -> str:
    """What `expression` is, in a house with this environment."""
    done = python("-c", f"import settings; print(({expression}))", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_production_starts_when_everything_is_said() -> None:
    assert setting("settings.MODE", **SAFE) == "production"


@pytest.mark.parametrize(("name", "value"), WEAKENED)
def test_production_refuses_to_start_when_one_thing_is_weak(name: str, value: str) -> None:
    done = python("-c", "import settings", **{**SAFE, name: value})

    assert done.returncode != 0
    assert "ImproperlyConfigured: Production does not start without" in done.stderr
    assert name in done.stderr.rsplit("without", 1)[1]


def test_production_names_everything_that_is_missing_at_once() -> None:
    done = python("-c", "import settings", RAYZAN_MODE="production")

    for name, _value in WEAKENED:
        assert name in done.stderr.rsplit("without", 1)[1]


def test_an_unknown_mode_is_refused() -> None:
    assert (
        "it is demo, production or test" in python("-c", "import settings", RAYZAN_MODE="x").stderr
    )


def test_djangos_own_check_of_production_is_clean(tmp_path: Path) -> None:
    done = python(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        **{**SAFE, "RAYZAN_DATA": str(tmp_path)},
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("mode", ["demo", "test", "production"])
def test_debug_pages_are_off_in_every_mode(mode: str, tmp_path: Path) -> None:
    environment = {**SAFE, "RAYZAN_MODE": mode, "RAYZAN_DATA": str(tmp_path)}

    assert setting("settings.DEBUG", **environment) == "False"


def test_production_binds_cookies_to_this_host_and_to_tls() -> None:
    names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME"
    secure = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE"

    assert setting(names, **SAFE) == "('__Host-rayzan-session', '__Host-rayzan-csrf')"
    assert setting(secure, **SAFE) == "(True, True)"


def test_passwords_are_kept_with_argon2() -> None:
    assert setting("settings.PASSWORD_HASHERS[0]", **SAFE).endswith("Argon2PasswordHasher")


def test_the_demo_makes_its_keys_once_and_for_its_owner_only(tmp_path: Path) -> None:
    keys = "settings.SECRET_KEY, settings.VAULT_KEYS"
    first = setting(keys, RAYZAN_DATA=str(tmp_path))

    assert setting(keys, RAYZAN_DATA=str(tmp_path)) == first
    for name in ("secret-key", "vault-key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_the_demo_is_open_to_this_machine_at_its_port_only(tmp_path: Path) -> None:
    origins = setting("settings.ORIGINS", PORT="9000", RAYZAN_DATA=str(tmp_path))

    assert origins == "['http://127.0.0.1:9000', 'http://localhost:9000']"


def test_one_factor_scales_every_timer(tmp_path: Path) -> None:
    fast = {"RAYZAN_TIME_FACTOR": "0.05", "RAYZAN_DATA": str(tmp_path)}

    assert setting("settings.TIMERS['lease'], settings.TIMERS['sweep']", **fast) == "(2.25, 0.05)"
