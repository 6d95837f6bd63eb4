"""What makes the gallery: `python -m docs.gallery.source`, or `make gallery`."""
