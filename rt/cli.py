"""`latent-bridge`: tiny, so that Ctrl-C during the imports of the rest finds `rt.entry` at work."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rt.entry import enter


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; argv : None means that the process is ours, as are its signals."""
    return enter(_command_line) if argv is None else _command_line(argv)


def _command_line(argv: Sequence[str] | None = None) -> int:
    from rt import command_line

    return command_line.main(argv)


if __name__ == "__main__":
    sys.exit(main())
