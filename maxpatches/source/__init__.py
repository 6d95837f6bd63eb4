"""The patches as code: `python -m maxpatches.source.generate` writes the Max package and the Pure Data patches."""
