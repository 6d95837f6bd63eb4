"""MIDI messages in and out, by ports and from files."""
