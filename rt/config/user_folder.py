"""Where a user's own files lie: presets and learnt controllers."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

FOLDER = "LATENT_BRIDGE_FOLDER"
"""The variable that names another folder."""


def user_folder() -> Path:
    """The folder of this system's and this user's; it need not be there yet."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else platformdirs.user_config_path("latent-bridge", appauthor=False)
