"""The abstractions of the package: each module has a REFERENCE and draws itself with `draw`."""

from maxpatches.source.parts import bridge, heard, keys, latents, presets, symbols, trajectory, xy

ALL = (bridge, keys, xy, latents, symbols, trajectory, presets, heard)
