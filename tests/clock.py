"""The clock of the house, moved by hand."""

from chat.sweep import do
from consult.operations.elapsing import STEPS, serve_the_waiting


def sweep_once() -> None:
    """Every step of the clock."""
    for step in (*STEPS, serve_the_waiting):
        do(step)
