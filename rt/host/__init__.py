"""What runs in the host process: the server, the supervisor of the engine, and what it knows of it."""
