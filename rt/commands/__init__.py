"""One file per command; each has `SUMMARY`, `add_arguments(parser)` and `run(arguments)`, which returns the exit code."""
