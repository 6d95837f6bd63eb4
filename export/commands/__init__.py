"""The commands of `python -m export`, one module each: SUMMARY, add_arguments, run."""
