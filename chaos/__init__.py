"""Fault runs: many people, two processes, and everything that can break, breaking.

`make chaos SEED=… DURATION=…`; docs/reliability.md says what is checked and what was found.
"""
