"""Signal code that knows no music."""
