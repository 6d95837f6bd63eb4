"""What the server tells the user when it is ready: model, sound, ears, MIDI, OSC and the latency, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from rt.audio.engine_messages import StreamInfo
from rt.bundle.manifest import Manifest
from rt.config.config import Config, ListenConfig


def introduce(
    manifest: Manifest, config: Config, stream_info: StreamInfo, *, midi_ports: Sequence[str], notes_port: str, osc: str
) -> list[str]:
    """The lines; notes_port : MIDI port that heard notes go to, or empty. osc : where OSC is listened for."""
    names = ", ".join(spec.name for spec in manifest.instruments)
    computed = f", computed on {stream_info.provider}" if stream_info.provider else ""
    is_stereo = config.engine.stereo and stream_info.n_channels > 1
    channels = "stereo" if is_stereo else "mono" if stream_info.n_channels else "nothing is played"
    lines = [
        f"model    {manifest.name}: {names}; {manifest.latent.size} latents{computed}",
        f"sound    {stream_info.where}, {stream_info.sample_rate_hz:g} Hz, blocks of {stream_info.block_samples}, "
        f"{channels}",
    ]
    if stream_info.input:
        lines.append(f"hears    {describe_ears(config.listen, stream_info, notes_port)}")
    lines += [f"MIDI     {', '.join(midi_ports) or 'none'}", f"OSC      {osc}"]
    if config.audio.plays:
        lines.append(f"latency  {describe_latency(stream_info, config.audio.lead_blocks, config.engine.attack_s)}")
    wanted = config.audio.block_samples
    if stream_info.is_jack and wanted and wanted != stream_info.block_samples:
        lines.append(
            f"JACK decides the block: it is {stream_info.block_samples}, not {wanted}; jack_bufsize {wanted} changes it"
        )
    return lines


def describe_ears(listen: ListenConfig, stream_info: StreamInfo, notes_port: str) -> str:
    """What is heard, and where it goes."""
    targets = [f"MIDI {notes_port}"] if notes_port else []
    targets.append("OSC")
    targets += [f"an echo on {listen.echo}"] if listen.echo else []
    targets += ["the free voice"] if listen.transfer else []
    return f"channel {listen.channel} of {stream_info.input}, to {', '.join(targets)}"


def describe_latency(stream_info: StreamInfo, lead_blocks: int, attack_s: float) -> str:
    """The time from an event to its sound as a sum with names; attack_s : in which a note rises."""
    block_ms = 1e3 * stream_info.block_s
    parts = {
        f"event wait {0.5 * block_ms:.1f} (0-{block_ms:.1f})": 0.5 * block_ms,
        f"block {block_ms:.1f}": block_ms,
        f"lead {lead_blocks * block_ms:.1f}": lead_blocks * block_ms,
        f"device {1e3 * stream_info.device_latency_s:.1f}": 1e3 * stream_info.device_latency_s,
        f"attack {1e3 * attack_s:.1f}": 1e3 * attack_s,
    }
    return f"{' + '.join(parts)} = {sum(parts.values()):.1f} ms"
