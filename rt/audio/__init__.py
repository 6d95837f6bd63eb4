"""The outside world's samples: devices, callbacks, the engine process and its shared rings."""
