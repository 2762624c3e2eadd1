"""Whom we measure against: small honest programs, written as their own documentation would.

Each is startable alone (see its docstring or README) and none is ever slowed. `relay.py` is the
yardstick: its text never changes, and its hash stands beside every figure that uses it.
"""
