"""The exceptions that reach a user, each as one line that says what to do next."""

INSTALL = "in the checkout run `make play`, or pip install -e '.[cpu]' ('.[gpu]' for NVIDIA)"
"""What mends a package that is missing."""


class BridgeError(Exception):
    """Something the user can mend; the command line prints it as one line and exits with 2."""


class ConfigError(BridgeError):
    """A setting that is unknown or out of its range."""


class BundleError(BridgeError):
    """A model bundle that is missing, damaged or of another format."""


class DeviceError(BridgeError):
    """An audio device, MIDI port or execution provider that cannot be opened."""


class ControlError(BridgeError):
    """An OSC or MIDI message that cannot be understood; answered, never fatal."""


def shown(value: object) -> str:
    """A value as a message shows it: short, in ASCII."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 128:
        return f"an integer of {value.bit_length()} bits"
    return ascii(value[:40] if isinstance(value, str | list) else value)[:60]
