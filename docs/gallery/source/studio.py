"""The program itself at work: commands that write sounds, and sounds that become players of the page."""

from __future__ import annotations

import contextlib
import io
import shlex
from dataclasses import dataclass
from pathlib import Path

import soundfile

from docs.gallery.source import files
from rt.arrays import F32
from rt.cli import main
from rt.errors import BridgeError

SOUNDS, PICTURES = "sounds", "pictures"


@dataclass(frozen=True, slots=True)
class AudioPlayer:
    """One sound on the page; its files are named `key`."""

    key: str
    title: str
    what: str
    """What the picture shows, for those who do not see it."""
    note: str = ""
    """A measured remark."""

    @property
    def sound(self) -> str:
        """Address of the OGG file on the page."""
        return f"{SOUNDS}/{self.key}.ogg"

    @property
    def picture(self) -> str:
        """Address of the spectrogram."""
        return f"{PICTURES}/{self.key}.png"


class Studio:
    """Folders for what is shown and for what lies in between."""

    def __init__(self, out: Path, work: Path, bundle: str) -> None:
        self.out, self.work, self.bundle = out, work, bundle
        for folder in (out / SOUNDS, out / PICTURES, work):
            folder.mkdir(parents=True, exist_ok=True)
        self.wanted: set[Path] = set()
        """Files that belong to the page."""

    def run(self, *arguments: object) -> str:
        """Run a command of latent-bridge on the CPU, and return what it printed; BridgeError when it fails."""
        words = [str(argument) for argument in arguments]
        if "--bundle" not in words:
            words += ["--bundle", self.bundle]
        if words[0] in ("render", "morph", "trajectory", "sequence"):
            words += ["--mono"]  # methods are compared, without the room about them
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main([*words, "--provider", "cpu"])
        if code:
            raise BridgeError(f"latent-bridge {shlex.join(words)} failed: {said.getvalue().strip()[-400:]}")
        return said.getvalue()

    def keep(self, name: str, samples: F32, rate_hz: int) -> Path:
        """Write samples for commands to read."""
        path = self.work / f"{name}.wav"
        soundfile.write(path, samples, rate_hz, subtype="PCM_24")
        return path

    def player(self, key: str, wav: Path, title: str, what: str, note: str = "") -> AudioPlayer:
        """Put a sound on the page."""
        player = AudioPlayer(key, title, what, note)
        samples = files.read(wav)
        files.write_ogg(self.file(player.sound), files.levelled(samples))
        files.draw(self.file(player.picture), samples)
        return player

    def file(self, name: str) -> Path:
        """A file that belongs to the page."""
        self.wanted.add(self.out / name)
        return self.out / name

    def tidy(self) -> None:
        """Remove what no longer belongs to the page."""
        for folder in (SOUNDS, PICTURES):
            for path in (self.out / folder).iterdir():
                if path not in self.wanted:
                    path.unlink()
