"""Play: `python run_server.py [options]`, the same as `latent-bridge run [options]`."""

import sys

from rt.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "run")
    sys.exit(main())
