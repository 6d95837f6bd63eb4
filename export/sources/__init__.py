"""Where sounds come from: soundfonts, folders of recordings and public data sets."""
