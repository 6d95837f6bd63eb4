"""Every setting, its default and what it may be."""
