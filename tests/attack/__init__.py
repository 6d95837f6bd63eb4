"""Attacks on the real program with fixed seeds and counts: `make attack`, or `python -m tests.attack [PART ...]`."""
