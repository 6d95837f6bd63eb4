"""The OSC namespace by HTTP and WebSocket, and its announcement in the network."""
