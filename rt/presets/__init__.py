"""Presets: everything that is set while playing, under a name, as small TOML files."""
