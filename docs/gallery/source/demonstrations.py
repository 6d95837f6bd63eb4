"""What is shown: the demonstrations of the paper, one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from docs.gallery.source import files, latents
from docs.gallery.source.originals import ARPEGGIO, DUET, PHRASES, RATE_HZ, SoundFontSynthesizer, messages
from docs.gallery.source.parts import LIVE, PAPER, PHASES, REFINED, GalleryRow, Section, key
from docs.gallery.source.studio import PICTURES, AudioPlayer, Studio
from rt.arrays import F32
from rt.bundle.manifest import InstrumentSpec, Manifest
from rt.midi import midi_file
from rt.units import name_of_note

MORPH = "A4:mf D5:f F5:ff C5:mf A4:p"
CURVES = {"line": 1.2, "circle": 0.8, "helix": 0.8}
"""Kinds of trajectories and their radii in deviations."""
PIANO_GAIN = 2.5
"""The piano beside the flute."""


class Demonstrations:
    """All of them; `sections` makes the sounds."""

    def __init__(self, studio: Studio, manifest: Manifest, duets: str) -> None:
        """Duets : a bundle with two sources, or empty."""
        self._studio, self._manifest, self._duets = studio, manifest, duets
        self._synthesizer = SoundFontSynthesizer()
        self._originals = {
            spec.name: studio.keep(f"original-{key(spec)}", self._play(spec), RATE_HZ) for spec in manifest.instruments
        }

    def sections(self) -> Iterator[Section]:
        """In the order of the page."""
        yield self._reconstruction()
        yield self._symbol_to_signal()
        yield self._signal_to_symbol()
        yield self._morphing()
        yield self._trajectories()
        yield self._mixtures()

    def _play(self, spec: InstrumentSpec) -> F32:
        return self._synthesizer.play(PHRASES[spec.name], spec.program)

    def _reconstruction(self) -> Section:
        found = Section(
            "reconstruction",
            "Reconstruction",
            "A phrase passes through the latent space and comes back: signal to signal. The distance is the root mean "
            "square difference of the spectra, 60 dB deep, averaged over the frames. To carry a phrase to another "
            "instrument, its path is moved by the difference of two labels, its own and the other instrument's.",
            [
                "latent-bridge reconstruct IN.wav OUT.wav --phase nsgt|locked|refined",
                "latent-bridge reconstruct IN.wav OUT.wav --instrument violin",
            ],
        )
        for number, spec in enumerate(self._manifest.instruments):
            wav = self._originals[spec.name]
            players = [self._studio.player(f"reconstruction-{key(spec)}", wav, "Original", f"{spec.name}, original")]
            players += self._by_phases(f"reconstruction-{key(spec)}", spec.name, wav, list(PHASES))
            for other in self._others(number):
                file = f"carried-{key(spec)}-{key(other)}"
                out = self._studio.work / f"{file}.wav"
                self._studio.run("reconstruct", wav, out, "--instrument", other.name)
                what = f"{spec.name}, carried to the {other.name}"
                players.append(self._studio.player(file, out, f"Carried to the {other.name}", what))
            found.rows.append(GalleryRow(spec.name, players))
        return found

    def _others(self, number: int) -> list[InstrumentSpec]:
        """Two instruments besides the one of that number."""
        specs = self._manifest.instruments
        return [specs[(number + step) % len(specs)] for step in (1, 2)]

    def _by_phases(self, name: str, of: str, wav: Path, methods: list[str], *options: str) -> Iterator[AudioPlayer]:
        """Reconstructions of a sound with their distance from it."""
        for title in methods:
            out = self._studio.work / f"{name}-{PHASES[title]}.wav"
            self._studio.run("reconstruct", wav, out, "--phase", PHASES[title], *options)
            away = files.distance_db(files.read(out), files.read(wav))
            what = f"{of}, {title.lower()}"
            yield self._studio.player(f"{name}-{PHASES[title]}", out, title, what, f"{away:.1f} dB away")

    def _symbol_to_signal(self) -> Section:
        song = self._studio.file("arpeggio.mid")
        midi_file.save(song, messages(ARPEGGIO)[1:])  # whatever instrument
        found = Section(
            "symbol-to-signal",
            "Symbol to signal",
            'An arpeggio in F major at 60 beats a minute, from a <a href="arpeggio.mid">MIDI file</a>. "Original" is '
            "the soundfont playing the same file.",
            ["latent-bridge render arpeggio.mid OUT.wav --instrument flute --phase nsgt|locked|refined"],
        )
        for spec in self._manifest.instruments:
            name = f"arpeggio-{key(spec)}"
            wav = self._studio.keep(name, self._synthesizer.play(ARPEGGIO, spec.program), RATE_HZ)
            players = [self._studio.player(name, wav, "Original", f"F major arpeggio, {spec.name}, soundfont")]
            for title, phase in PHASES.items():
                out = self._studio.work / f"{name}-{phase}.wav"
                self._studio.run("render", song, out, "--instrument", spec.name, "--phase", phase)
                what = f"F major arpeggio, {spec.name}, {title.lower()}"
                players.append(self._studio.player(f"{name}-{phase}", out, title, what))
            found.rows.append(GalleryRow(spec.name, players))
        return found

    def _signal_to_symbol(self) -> Section:
        found = Section(
            "signal-to-symbol",
            "Signal to symbol",
            "What the ears hear in each phrase: frames, class probabilities, notes. The notes are then played by two "
            "other instruments.",
            [
                "latent-bridge transcribe IN.wav OUT.mid --plot OUT.png",
                "latent-bridge render OUT.mid OUT.wav --instrument violin",
            ],
        )
        for number, spec in enumerate(self._manifest.instruments):
            wav, name = self._originals[spec.name], f"heard-{key(spec)}"
            song, facts, drawn = (self._studio.work / f"{name}.{kind}" for kind in ("mid", "json", "png"))
            self._studio.run("transcribe", wav, song, "--json", facts, "--plot", drawn)
            picture = f"{PICTURES}/{name}.png"
            self._studio.file(picture).write_bytes(drawn.read_bytes())
            files.shrink(self._studio.file(picture), colours=32)
            players = [AudioPlayer(f"reconstruction-{key(spec)}", "Original", f"{spec.name}, original")]
            for other in self._others(number):
                out = self._studio.work / f"{name}-{key(other)}.wav"
                self._studio.run("render", song, out, "--instrument", other.name)
                what = f"the {spec.name}'s notes, played by the {other.name}"
                players.append(self._studio.player(f"{name}-{key(other)}", out, f"Played by the {other.name}", what))
            played = [name_of_note(note.note) for note in PHRASES[spec.name]]
            heard = [note["name"] for note in json.loads(facts.read_text(encoding="utf-8"))["notes"]]
            text = f"Played: {' '.join(played)}. Heard: {' '.join(heard)}."
            what = f"{spec.name}: frames, class probabilities and heard notes over time"
            found.rows.append(GalleryRow(spec.name, players, picture, what, text))
        return found

    def _morphing(self) -> Section:
        found = Section(
            "morphing",
            "Morphing",
            "A sequence of labels, without interpolation of the latents, with linear and with cubic interpolation. "
            "Below: the four widest principal axes over time. Without interpolation they jump; linear, they bend at "
            "every label; cubic, they do neither.",
            [f'latent-bridge morph "{MORPH}" OUT.wav --instrument flute --interp none|linear|cubic --seconds 6'],
        )
        rows = [(spec.name, key(spec), MORPH, spec.name) for spec in self._manifest.instruments]
        every = " ".join(f"{spec.name.replace(' ', '')}:C5:mf" for spec in self._manifest.instruments)
        for name, short, labels, instrument in [*rows, ("From one to the next", "all", every, rows[0][0])]:
            players, paths, text = [], {}, []
            for interp in ("none", "linear", "cubic"):
                paths[interp] = self._studio.work / f"morph-{short}-{interp}.npz"
                options = ["--instrument", instrument, "--interp", interp, "--seconds", "6", "--latents", paths[interp]]
                for title in (PAPER, LIVE):
                    file = f"morph-{short}-{interp}-{PHASES[title]}"
                    out = self._studio.work / f"{file}.wav"
                    self._studio.run("morph", labels, out, "--phase", PHASES[title], *options)
                    what = f"morph, {name}, {interp}, {title.lower()}"
                    players.append(self._studio.player(file, out, f"{interp.capitalize()}: {title.lower()}", what))
                step, turn = latents.motion(paths[interp], self._manifest)
                text.append(f"{interp} {step:.2f} and {turn:.3f}")
            picture = f"{PICTURES}/morph-{short}.png"
            latents.draw(self._studio.file(picture), self._manifest, paths)
            found.rows.append(
                GalleryRow(
                    name,
                    players,
                    picture,
                    f"{name}: four latent axes over time without, with linear and with cubic interpolation",
                    f"Longest step in 10 ms and its greatest change, in deviations: {', '.join(text)}.",
                )
            )
        return found

    def _trajectories(self) -> Section:
        found = Section(
            "trajectories",
            "Free trajectories",
            "Curves around a point of the latent space, on one, two or three principal axes; nothing of them was ever "
            "a label. Below: the four widest principal axes over time.",
            ["latent-bridge trajectory OUT.wav --kind line|circle|helix --around Flute:A4:mf --radius 0.8 --seconds 5"],
        )
        for spec in self._manifest.instruments:
            players, paths = [], {}
            for kind, radius in CURVES.items():
                paths[kind] = self._studio.work / f"trajectory-{key(spec)}-{kind}.npz"
                for title in (PAPER, LIVE):
                    file = f"trajectory-{key(spec)}-{kind}-{PHASES[title]}"
                    out = self._studio.work / f"{file}.wav"
                    options = ["--kind", kind, "--radius", radius, "--around", f"{spec.name.replace(' ', '')}:A4:mf"]
                    options += ["--seconds", 5, "--turns", 3, "--phase", PHASES[title], "--latents", paths[kind]]
                    self._studio.run("trajectory", out, *options)
                    what = f"{kind} around A4 of the {spec.name}, {title.lower()}"
                    players.append(self._studio.player(file, out, f"{kind.capitalize()}: {title.lower()}", what))
            picture = f"{PICTURES}/trajectory-{key(spec)}.png"
            latents.draw(self._studio.file(picture), self._manifest, paths)
            what = f"{spec.name}: four latent axes over time along a line, a circle and a helix"
            found.rows.append(GalleryRow(spec.name, players, picture, what))
        return found

    def _mixtures(self) -> Section:
        found = Section(
            "mixtures",
            "Two instruments at once",
            "A flute above a piano. The shipped model knows one note at a time: given a mixture it follows now one and "
            "now the other. A model with two sources follows both; it is trained from soundfonts by one command and is "
            "not shipped. From symbols the shipped model needs nothing of the kind: every note is a voice of its "
            "own, and voices are added.",
            DUET_COMMANDS,
        )
        by_name = {spec.name: spec for spec in self._manifest.instruments}
        parts = [self._synthesizer.play(notes, by_name[name].program) for name, notes in DUET.items()]
        whole = np.zeros(max(map(len, parts)), np.float32)
        for part, gain in zip(parts, (1.0, PIANO_GAIN), strict=True):
            whole[: len(part)] += np.float32(gain) * part
        wav = self._studio.keep("duet", whole, RATE_HZ)
        original = self._studio.player("duet", wav, "Original", "flute and piano, original")
        one = self._by_phases("duet-one", "flute and piano, one source", wav, [PAPER, LIVE])
        found.rows.append(GalleryRow("Signal to signal, the shipped model", [original, *one]))
        two = [PAPER, LIVE, REFINED]
        if self._duets:
            made = list(self._by_phases("duet-two", "flute and piano, two sources", wav, two, "--bundle", self._duets))
        else:
            made = [self._kept(f"duet-two-{PHASES[title]}", title) for title in two]
        found.rows.append(GalleryRow("Signal to signal, a model with two sources", [original, *made]))
        song = self._studio.work / "duet.mid"
        programs = {spec.name: spec.program for spec in self._manifest.instruments}
        both = [
            message
            for channel, (name, notes) in enumerate(DUET.items())
            for message in messages(notes, program=programs[name], channel=channel)
        ]
        midi_file.save(song, sorted(both))
        players = [original]
        for title, phase in PHASES.items():
            out = self._studio.work / f"duet-played-{phase}.wav"
            self._studio.run("render", song, out, "--phase", phase)
            what = f"flute and piano from symbols, {title.lower()}"
            players.append(self._studio.player(f"duet-played-{phase}", out, title, what))
        found.rows.append(GalleryRow("Symbol to signal, the shipped model", players))
        return found

    def _kept(self, name: str, title: str) -> AudioPlayer:
        """A sound of a model that is not at hand stays as it was."""
        player = AudioPlayer(name, title, f"flute and piano, two sources, {title.lower()}")
        for file in (player.sound, player.picture):
            if not self._studio.file(file).is_file():
                raise FileNotFoundError(f"{file} is missing; make a model with two sources and name it with --duets")
        return player


DUET_COMMANDS = [
    "make duets",
    "latent-bridge reconstruct IN.wav OUT.wav --bundle build/duets/bundle",
    "latent-bridge render IN.mid OUT.wav",
]
