"""`make demo`: a consultation from the sample dialogues, played against the running house.

Two clients without a screen, one citizen and one counsellor; every line is printed when the other
side has heard it. DIALOGUE=d02 plays another one.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from live.client import Client
from live.protocol import MessagePosted
from ops.run import complain
from ops.visitor import PATIENCE, Visitor
from ops.web import ROOT, answers

COUNSELLOR, PASSWORD = "maryam", "rayzan-demo"
NAMES = {"citizen": "شهروند", "counsellor": "کارشناس"}
PAUSE = 0.6


@dataclass
class Scene:
    """The two people and the consultation between them."""

    citizen: Visitor
    counsellor: Visitor
    consultation: str


def main() -> int:
    """Play it, and say where to read it."""
    port = int(os.environ.get("PORT", "8000"))
    if not answers(port):
        return complain(f"Nobody answers on port {port}. First, in another terminal: make run")
    return asyncio.run(perform(f"http://127.0.0.1:{port}"))


async def perform(address: str) -> int:
    """The whole story, from the question to the outcome."""
    script = dialogue(os.environ.get("DIALOGUE", "d01"))
    citizen, counsellor = Visitor(address), Visitor(address)
    go_on_duty(counsellor)
    opening = next(turn for turn in script["turns"] if turn["who"] == "citizen")
    async with Client(address, "/ws/staff/", counsellor.cookie) as staff:
        scene = Scene(citizen, counsellor, ask(citizen, script, opening["text"]))
        if not await paired(scene):
            return complain("Another counsellor has taken it, or nobody could. Try again later.")
        print(f"\n{script['title']}\n\n{NAMES['citizen']}: {opening['text']}", flush=True)
        async with Client(address, "/ws/citizen/", citizen.cookie) as own:
            lines = {"citizen": own, "counsellor": staff}
            turns = [turn for turn in script["turns"] if turn is not opening]
            await asyncio.wait_for(play(lines, UUID(scene.consultation), turns), 5 * PATIENCE)
    close(scene)
    print(f"\nThe transcript (sign in as sara): {address}/staff/transcripts/{scene.consultation}/")
    return 0


def dialogue(name: str) -> dict[str, Any]:
    """A dialogue of the sample."""
    said = json.loads((ROOT / "chat" / "sample" / "dialogues.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(each for each in said["dialogues"] if each["id"] == name)
    return found


def go_on_duty(person: Visitor) -> None:
    """Sign in and take up everything this counsellor knows, or come back from a break."""
    page = person.get("/staff/sign-in/")
    person.submit(page, "username", username=COUNSELLOR, password=PASSWORD)
    console = person.get("/staff/console/")
    if console.form("capacity"):
        person.submit(console, "capacity", capacity="5")
    else:
        person.submit(console, "action", action="available")


def ask(person: Visitor, script: dict[str, Any], question: str) -> str:
    """State the question; the consultation's id."""
    page = person.get(f"/ask/?card={script['service'] or ''}")
    typed = {"question": question, "language": script["language"][:2], "consent": "on"}
    return person.submit(page, "question", **typed).url.rstrip("/").rsplit("/", 1)[-1]


async def paired(scene: Scene) -> bool:
    """Wait until our counsellor holds it."""
    for _try in range(int(PATIENCE / 0.2)):
        if scene.consultation in scene.counsellor.get("/staff/console/list/").text:
            return True
        await asyncio.sleep(0.2)
    return False


async def play(
    lines: Mapping[str, Client], consultation: UUID, turns: list[dict[str, Any]]
) -> None:
    """Every turn, printed as the other side hears it."""
    for client in lines.values():
        client.follow(consultation)
    for turn in turns:
        if turn["who"] not in lines:
            continue
        other = "citizen" if turn["who"] == "counsellor" else "counsellor"
        stored = await (await lines[turn["who"]].post(consultation, turn["text"])).acknowledged
        print(f"{NAMES[turn['who']]}: {await heard(lines[other], stored.seq)}", flush=True)
        await asyncio.sleep(PAUSE)


async def heard(client: Client, seq: int) -> str:
    """The message of this sequence, as it arrives at this client."""
    async for event in client:
        if isinstance(event, MessagePosted) and event.seq == seq:
            return event.text
    raise LookupError(seq)


def close(scene: Scene) -> None:
    """The counsellor ends it and notes the outcome."""
    page = scene.counsellor.get(f"/staff/console/{scene.consultation}/")
    after = scene.counsellor.submit(page, "epoch", reason="answered")
    scene.counsellor.submit(after, "outcome", outcome="solved")


if __name__ == "__main__":
    sys.exit(main())
