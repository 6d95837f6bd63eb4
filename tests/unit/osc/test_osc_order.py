"""Bursts, bundles and time tags: what is kept, and in which order."""

from __future__ import annotations

from rt.events import NoteOn
from rt.osc.server import build
from rt.parameters import GATE, LATENT, LATENT_OFFSET
from tests.support.recording_bridge import N_LATENTS, RecordingBridge
from tests.unit.osc.test_osc_packet import IN_A_YEAR
from tests.unit.osc.test_osc_packet import bundle as pack_bundle
from tests.unit.osc.wire import FLAT, Client


def test_a_burst_of_latents_ends_with_the_last_in_few_events(host: RecordingBridge, client: Client) -> None:
    n_sent = 10_000
    for i in range(n_sent):
        client.send("/lb/latent", *((i + 1) / n_sent,) * N_LATENTS)
    last = LATENT.set(*(1.0,) * N_LATENTS)
    assert host.wait_for(lambda: bool(host.events) and host.events[-1] == last)
    assert len(host.events) < n_sent / 4


def test_latents_keep_their_place_before_other_messages(host: RecordingBridge, client: Client) -> None:
    client.socket.sendto(
        pack_bundle(
            build("/lb/latent", (0.0,) * N_LATENTS),
            build("/lb/latent", FLAT),
            build("/lb/gate", (1,)),
            pack_bundle(build("/lb/latent/offset", FLAT), build("/lb/note", (60, 9)), time_tag=IN_A_YEAR),
            build("/lb/latent", (1,) * N_LATENTS),
        ),
        client.to,
    )
    assert client.is_silent()
    assert host.events == [
        LATENT.set(*FLAT),
        GATE.set(True),
        LATENT_OFFSET.set(*FLAT),
        NoteOn(0, 60, 9),
        LATENT.set(*(1.0,) * N_LATENTS),
    ]


def test_latents_follow_a_bundle_of_another_size(host: RecordingBridge, client: Client) -> None:
    host.manifest = RecordingBridge(3).manifest
    client.send("/lb/latent", 0.0, 0.5, 1.0)
    assert client.is_silent()
    assert host.events == [LATENT.set(0.0, 0.5, 1.0)]


def test_a_time_tag_far_ahead_does_not_delay(host: RecordingBridge, client: Client) -> None:
    client.socket.sendto(pack_bundle(build("/lb/ping", ()), time_tag=IN_A_YEAR), client.to)
    assert client.receive(1.0) == ["/lb/pong"]
