"""Deliberate faults, one at a time, to prove that the judge notices. Never part of the product.

Each is put in by `chaos.served` when a process of the run starts.
"""

from collections.abc import Callable

MUTANTS: dict[str, Callable[[], None]] = {}
