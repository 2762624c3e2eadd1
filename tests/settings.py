"""The settings under test: those of the house, in a scratch folder, in test mode.

RAYZAN_TEST_BACKEND says on what: "sqlite" (the embedded default) or "grown" (PostgreSQL and Redis,
started here and stopped with the process). Nothing else that the environment says is believed.
"""

import atexit
import os
from contextlib import ExitStack

from tests import servers

BACKEND = os.environ.get("RAYZAN_TEST_BACKEND", "sqlite")

if os.environ.get("RAYZAN_MODE") != "test":  # Workers of one run share what the first one made.
    kept_until_the_end = ExitStack()
    atexit.register(kept_until_the_end.close)
    for name in [name for name in os.environ if name.startswith("RAYZAN_")]:
        del os.environ[name]
    for name in ("DATABASE_URL", "REDIS_URL", "PORT"):
        os.environ.pop(name, None)
    os.environ |= {
        "RAYZAN_MODE": "test",
        "RAYZAN_TEST_BACKEND": BACKEND,
        "RAYZAN_DATA": str(kept_until_the_end.enter_context(servers.scratch())),
    }
    if BACKEND == "grown":
        os.environ |= kept_until_the_end.enter_context(servers.addresses())
        # All tables are emptied after each test; a busy machine needs its time for that.
        os.environ["RAYZAN_STATEMENT_TIMEOUT"] = "20s"

# Workers share one Redis; each hears its own hints only.
os.environ["RAYZAN_REDIS_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "rayzan")

from settings import *  # noqa: E402, F403
