"""`make cluster`: what production has, on this machine, in a scratch folder.

PostgreSQL, Redis, two uvicorn processes and nginx in front of them. Only nginx's port is known
to anybody; everything is gone at the end.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.core.management import call_command

from ops.greeting import greet
from ops.prepare import prepare
from ops.run import complain, taken
from ops.terminal import asked_to_stop, wait_for_end
from ops.web import Site, serving, stop, wait_until_ready
from tests import servers
from tests.programs import ProgramMissingError, program

PROCESSES = 2


def main() -> int:
    """Run the cluster until somebody stops it."""
    port = int(os.environ.get("PORT", "8000"))
    if taken(port):
        return complain(f"Port {port} is taken. Another one: make cluster PORT={port + 1}")
    try:
        with asked_to_stop() as asked, cluster(port) as processes:
            greet(f"http://127.0.0.1:{port}")
            return wait_for_end(asked, processes)
    except ProgramMissingError as missing:
        return complain(str(missing))


@contextmanager
def cluster(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """All five running and answering; yields the web's processes, nginx last."""
    with servers.scratch() as folder, servers.addresses() as addresses:
        os.environ |= addresses | surroundings(folder, port)
        prepare()
        call_command("collectstatic", interactive=False, verbosity=0)
        with uvicorns() as sites, nginx(folder, port, sites) as front:
            yield [*(site.process for site in sites), front]


def surroundings(folder: Path, port: int) -> dict[str, str]:
    """The environment of the two processes: demo mode behind a proxy, on its own data."""
    return {
        "RAYZAN_DATA": str(folder / "var"),
        "RAYZAN_STATIC_ROOT": str(folder / "static"),
        "RAYZAN_ORIGINS": f"http://127.0.0.1:{port},http://localhost:{port}",
        "RAYZAN_TRUST_PROXY": "1",
    }


@contextmanager
def uvicorns() -> Iterator[list[Site]]:
    """The web processes, all answering."""
    with ExitStack() as stack:
        yield [stack.enter_context(serving("uvicorn", os.environ)) for _each in range(PROCESSES)]


@contextmanager
def nginx(folder: Path, port: int, sites: list[Site]) -> Iterator[subprocess.Popen[bytes]]:
    """nginx on `port`, handing out the static files itself and everything else to `sites`."""
    rules = folder / "nginx.conf"
    rules.write_text(configuration(folder, port, sites))
    process = subprocess.Popen(
        [program("nginx"), "-e", "stderr", "-c", str(rules)], start_new_session=True
    )
    try:
        wait_until_ready(process, port)
        yield process
    finally:
        stop(process, signal.SIGQUIT)


def configuration(folder: Path, port: int, sites: list[Site]) -> str:
    """ops/nginx.conf with its @words@ filled in."""
    words = {
        "folder": str(folder),
        "mime_types": "/etc/nginx/mime.types",
        "port": str(port),
        "servers": "\n".join(f"        server 127.0.0.1:{site.port};" for site in sites),
        "static": os.environ["RAYZAN_STATIC_ROOT"],
    }
    text = Path(__file__).with_name("nginx.conf").read_text()
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


if __name__ == "__main__":
    sys.exit(main())
