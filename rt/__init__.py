"""latent-bridge: a real-time bridge between neural models and music hosts."""

__version__ = "0.1.0"
