"""Reading the environment for settings.py: words, switches, secrets and the database's address."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg_pool import ConnectionPool


def said(name: str, default: str = "") -> str:
    """What the environment says about `name`."""
    return os.environ.get(f"RAYZAN_{name}", default).strip()


def listed(name: str) -> list[str]:
    """The comma-separated values of `name`."""
    return [each.strip() for each in said(name).split(",") if each.strip()]


def switched(name: str, *, default: bool) -> bool:
    """Whether the switch `name` is on."""
    return said(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def origins() -> list[str]:
    """Where our own pages come from: https://rayzan.example and the like."""
    return [each.rstrip("/") for each in listed("ORIGINS")]


def faults_of_production() -> list[str]:
    """Everything that production still lacks, so that one look mends it all."""
    hosts, ours = listed("HOSTS"), origins()
    postgres, redis = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    wanted = {
        "RAYZAN_SECRET_KEY (50 characters or more)": len(said("SECRET_KEY")) >= 50,
        "RAYZAN_VAULT_KEYS (comma-separated Fernet keys, the newest first)": listed("VAULT_KEYS"),
        "RAYZAN_HOSTS (comma-separated host names, no *)": hosts and "*" not in hosts,
        "RAYZAN_ORIGINS (comma-separated, every one https://…)": ours
        and all(each.startswith("https://") for each in ours),
        "DATABASE_URL (postgres://…)": _leads(postgres, "postgres://", "postgresql://"),
        "REDIS_URL (redis://… or rediss://…)": _leads(redis, "redis://", "rediss://"),
        "RAYZAN_TRUST_PROXY=1 (a proxy ends TLS and sets X-Forwarded-Proto)": switched(
            "TRUST_PROXY", default=False
        ),
    }
    return [name for name, given in wanted.items() if not given]


def _leads(address: str, *schemes: str) -> bool:
    return address.strip().startswith(schemes)


def kept(path: Path, make: Callable[[], str]) -> str:
    """A secret of this installation: made once, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(make())
        try:
            path.hardlink_to(made)  # Whole or not at all; when two start at once, the first wins.
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text().strip()


def database(url: str, usual: Path) -> dict[str, Any]:
    """The database at `url`: postgres://… or sqlite:///…; without one, the usual file."""
    scheme, _separator, path = url.partition("://")
    if scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    if scheme in {"sqlite", ""}:
        return sqlite(Path(unquote(path)) if path else usual)
    raise ImproperlyConfigured(f"DATABASE_URL begins with {scheme}://, not with postgres://.")


def postgresql(url: str) -> dict[str, Any]:
    """Short patience everywhere: a stuck statement must not hold up everybody's messages."""
    parts = urlsplit(url)
    patience = (
        f"-c statement_timeout={said('STATEMENT_TIMEOUT', '4s')} "
        "-c lock_timeout=3s -c idle_in_transaction_session_timeout=5s"
    )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": int(said("POOL", "16")),
                "timeout": 5,
                # It never gives up: who waits for a connection would wait in vain.
                "reconnect_timeout": 1,
                "reconnect_failed": ConnectionPool.check,
            },
            "options": patience,
            "connect_timeout": 2,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            **dict(parse_qsl(parts.query)),
        },
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Every transaction takes the write lock at once: waiting is safe, upgrading a lock is not."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 15,
            # The sweep brings on what is logged. Where it cannot keep up, whoever commits does it
            # every 80 MB, not every 4: pages written again and again move once.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA wal_autocheckpoint=20000; PRAGMA cache_size=-32000;"
            ),
        },
        # A file, not memory: threads and a server beside the tests must see one database.
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }
