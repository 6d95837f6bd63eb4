"""What makes a note sound played: its partials and its noise apart, and how both move.

`apart` takes a labelled recording apart into partials and bands of noise per hop, `together` is its inverse. `life`
makes a small random process of how the parts of an instrument's held notes move, `contour` of how their pitch moves,
and both play on without end. Needs numpy and scipy, no torch.
"""
