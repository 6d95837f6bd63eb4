"""Whole sounds instead of live ones: recordings and paths through the latent space into files and pictures."""
