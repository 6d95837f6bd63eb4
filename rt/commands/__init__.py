"""One file per command, with `SUMMARY`, `add_arguments(parser)` and `run(arguments)`, which returns the exit code."""
