"""MIDI ports: a process of its own opens them (`process`), the host takes what they hear (`link`)."""
