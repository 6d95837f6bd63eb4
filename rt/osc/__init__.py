"""Messages by OSC: the table of addresses, the server, and who is told what happens."""
