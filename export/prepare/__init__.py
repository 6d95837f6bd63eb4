"""Recordings -> labelled frames."""
