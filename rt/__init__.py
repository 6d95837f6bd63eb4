"""latent-bridge: a real-time bridge between neural models and music hosts."""

import os

__version__ = "0.2.0"

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""onnxruntime 1.29 and later looks for this while it is imported; without it, it sends what it observes to its maker
and keeps an identifier under the home folder. Child processes inherit it."""
