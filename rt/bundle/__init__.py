"""A model on disk: a folder with `manifest.json` and ONNX graphs."""
