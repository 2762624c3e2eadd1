"""An agency tries the masking rules on lines of its own."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]


def run(monkeypatch: pytest.MonkeyPatch, text: str, *arguments: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(text, newline="\n"))
    call_command("mask_text", *arguments, stdout=out)
    return out.getvalue()


def test_each_line_is_written_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "کد ملی ۰۰۱۲۳۴۵۶۷۹\n\n  سلام \t\nرمز 4821"

    assert run(monkeypatch, text) == "کد ملی *******679\n\n  سلام \t\nرمز ●●●●"


def test_a_line_is_otherwise_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\ufeffسلام\u200c \u202eabc\r\n\x00ي ك\x0b\u2028x\r\n"

    assert run(monkeypatch, text) == text


def test_the_kinds_stand_behind_a_tab(monkeypatch: pytest.MonkeyPatch) -> None:
    written = run(monkeypatch, "09000000001 a@example.ir\r\nسلام\n", "--kinds")

    assert written == "0900******* a***@example.ir\tmobile,email\r\nسلام\t\n"


def test_files_are_read_in_turn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("رمز 4821\n", "utf-8")
    two.write_text("6037990000000006", "utf-8")

    assert run(monkeypatch, "", str(one), str(two)) == "رمز ●●●●\n**** **** **** 0006"


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        run(monkeypatch, "", str(tmp_path / "nowhere.txt"))


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "mask_text"],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_lines_come_out_while_the_pipe_is_open() -> None:
    with start() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("رمز 4821\n".encode())
        process.stdin.flush()

        assert process.stdout.readline() == "رمز ●●●●\n".encode()

        rest, _ = process.communicate(b"\xff\xfe bytes\n")
        assert rest == b"\xff\xfe bytes\n"
        assert process.returncode == 0


def test_a_reader_who_leaves_is_no_error() -> None:
    with start() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"line\n" * 1000)
        process.stdin.close()

        assert process.stderr.read() == b""
        assert process.wait() == 0
