"""`make run`: the whole house on this machine, with daphne and nothing else."""

import os
import sys
from socket import AF_INET, SO_REUSEADDR, SOL_SOCKET, socket

from ops.greeting import greet
from ops.prepare import prepare
from ops.terminal import asked_to_stop, wait_for_end
from ops.web import serving


def main() -> int:
    """Serve until somebody stops it; the exit code says whether it was wanted."""
    port = int(os.environ.get("RAYZAN_PORT") or os.environ.get("PORT", "8000"))
    if taken(port):
        return complain(f"Port {port} is taken. Another one: make run PORT={port + 1}")
    with asked_to_stop() as asked:
        prepare()
        with serving("daphne", os.environ, port) as site:
            greet(site.address)
            return wait_for_end(asked, [site.process])


def taken(port: int) -> bool:
    """Whether somebody listens there already."""
    with socket(AF_INET) as probe:
        probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False


def complain(sentence: str) -> int:
    """Say what is wrong, where errors belong."""
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
