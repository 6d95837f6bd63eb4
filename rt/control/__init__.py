"""The outside world's messages: the OSC table, OSC and MIDI."""
