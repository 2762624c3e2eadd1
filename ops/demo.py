"""`make demo`: a consultation from the sample dialogues, played against the running house.

Two clients without a screen, one citizen and one counsellor; every line is printed when the other
side has heard it. DIALOGUE=d02 plays another one.
"""

import json
import os
import sys
import time
from dataclasses import dataclass
from typing import Any

from ops.run import complain
from ops.visitor import PATIENCE, Line, Visitor
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
    script = dialogue(os.environ.get("DIALOGUE", "d01"))
    citizen, counsellor = (Visitor(f"http://127.0.0.1:{port}") for _each in range(2))
    go_on_duty(counsellor)
    with counsellor.socket("/ws/staff/") as staff:
        opening = next(turn for turn in script["turns"] if turn["who"] == "citizen")
        consultation = ask(citizen, script, opening["text"])
        scene = Scene(citizen, counsellor, consultation)
        if not paired(scene):
            return complain("Another counsellor has taken it, or nobody could. Try again later.")
        print(f"\n{script['title']}\n\n{NAMES['citizen']}: {opening['text']}", flush=True)
        with citizen.socket("/ws/citizen/") as own:
            lines = {"citizen": own.hello(consultation), "counsellor": staff.hello(consultation)}
            play(lines, consultation, script["turns"], after=opening)
    close(scene)
    print(
        f"\nThe transcript (sign in as sara): {citizen.address}/staff/transcripts/{consultation}/"
    )
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


def paired(scene: Scene) -> bool:
    """Wait until our counsellor holds it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if scene.consultation in scene.counsellor.get("/staff/console/list/").text:
            return True
        time.sleep(0.2)
    return False


def play(
    lines: dict[str, Line], consultation: str, turns: list[dict[str, Any]], after: dict[str, Any]
) -> None:
    """Every turn but the first question, printed as the other side hears it."""
    for turn in turns:
        if turn["who"] not in lines or turn is after:
            continue
        other = "citizen" if turn["who"] == "counsellor" else "counsellor"
        seq = lines[turn["who"]].say(consultation, turn["text"])
        heard = lines[other].hear("message.posted", consultation=consultation, seq=seq)
        print(f"{NAMES[turn['who']]}: {heard['text']}", flush=True)
        time.sleep(PAUSE)


def close(scene: Scene) -> None:
    """The counsellor ends it and notes the outcome."""
    page = scene.counsellor.get(f"/staff/console/{scene.consultation}/")
    after = scene.counsellor.submit(page, "epoch", reason="answered")
    scene.counsellor.submit(after, "outcome", outcome="solved")


if __name__ == "__main__":
    sys.exit(main())
