"""The table of OSC addresses: what arguments pass, what refusals say, and its documents."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from rt.errors import ControlError
from rt.osc.message import Arg, Message, check, format_args
from rt.osc.osc_document import as_json_dict, format_markdown
from rt.osc.table import INCOMING, OUTGOING, TABLE

N = 8


def good_value(arg: Arg) -> Any:
    if arg.choices:
        return arg.choices[-1]
    if arg.type == "s":
        return "Flute"
    value = arg.high if arg.high is not None else 7
    return int(value) if arg.type == "i" else float(value)


def good_values(message: Message) -> list[Any]:
    return [good_value(arg) for arg in message.args for _ in range(N if arg.per_latent else 1)]


def test_addresses_are_unique_and_end_in_one_place() -> None:
    addresses = [message.address for message in TABLE]
    assert len(addresses) > 25 and len(set(addresses)) == len(addresses)
    assert all(address.startswith("/lb/") for address in addresses)
    for message in TABLE:
        assert set(message.replies) <= set(OUTGOING)
        assert message.description.endswith(".")
        optional = [arg.optional for arg in message.args]
        assert optional == sorted(optional), f"{message.address}: what may be left out comes last"


@pytest.mark.parametrize("message", INCOMING.values(), ids=lambda m: m.address)
def test_good_arguments_pass(message: Message) -> None:
    assert check(message, good_values(message), n_latents=N) == good_values(message)


@pytest.mark.parametrize("message", INCOMING.values(), ids=lambda m: m.address)
def test_one_argument_too_many_or_too_few_is_refused(message: Message) -> None:
    with pytest.raises(ControlError, match=r"takes \d.* arguments"):
        check(message, [*good_values(message), 1], n_latents=N)
    n_needed = sum((N if arg.per_latent else 1) for arg in message.args if not arg.optional)
    if n_needed:
        with pytest.raises(ControlError, match=rf"got {n_needed - 1}$"):
            check(message, good_values(message)[: n_needed - 1], n_latents=N)


@pytest.mark.parametrize(
    ("message", "index"),
    [(m, i) for m in INCOMING.values() for i, arg in enumerate(m.args) if arg.type != "s"],
    ids=lambda v: v.address if isinstance(v, Message) else str(v),
)
@pytest.mark.parametrize("bad", ["seven", None, math.nan, math.inf, -math.inf, b"x", [1], 1e30, -1e30])
def test_bad_numbers_are_refused(message: Message, index: int, bad: object) -> None:
    values = good_values(message)
    values[index] = bad
    with pytest.raises(ControlError, match=message.args[index].name):
        check(message, values, n_latents=N)


@pytest.mark.parametrize("message", [m for m in INCOMING.values() if m.args and m.args[0].type == "s"])
def test_a_number_is_no_string(message: Message) -> None:
    with pytest.raises(ControlError, match="must be"):
        check(message, [3, *good_values(message)[1:]], n_latents=N)


def test_whole_floats_are_integers_and_others_are_not() -> None:
    note = INCOMING["/lb/note"]
    assert check(note, [60.0, 100.0, 2.0], n_latents=N) == [60, 100, 2]
    assert all(type(value) is int for value in check(note, [60.0, 100.0], n_latents=N))
    with pytest.raises(ControlError, match=r"whole number, got 60\.5"):
        check(note, [60.5, 100], n_latents=N)


def test_true_and_false_are_switches_only() -> None:
    assert check(INCOMING["/lb/gate"], [True], n_latents=N) == [1]
    with pytest.raises(ControlError, match="must be a number"):
        check(INCOMING["/lb/note"], [True, 1], n_latents=N)
    with pytest.raises(ControlError, match="must be a number"):
        check(INCOMING["/lb/alive"], [True], n_latents=N)


def test_left_out_arguments_take_their_default() -> None:
    assert check(INCOMING["/lb/note"], [60, 1], n_latents=N) == [60, 1, 1]
    assert check(INCOMING["/lb/trajectory"], ["OFF"], n_latents=N) == ["off", 0.2, 1.0]
    assert check(INCOMING["/lb/symbol"], ["x", 1, 2, 3], n_latents=N)[-1] is None


def test_messages_name_the_range_and_the_unit() -> None:
    with pytest.raises(ControlError, match="level must be -60 to 12 dB, got 40"):
        check(INCOMING["/lb/gain"], [40], n_latents=N)
    with pytest.raises(ControlError, match=r"takes 8 arguments \(f z × N\), got 2"):
        check(INCOMING["/lb/latent"], [0.0, 0.0], n_latents=N)


def test_format_marks_what_may_be_left_out() -> None:
    assert format_args(INCOMING["/lb/note"]) == "i note, i velocity, [i channel]"


def test_json_is_plain_and_complete() -> None:
    plain = as_json_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["port"] == 9130
    assert plain["reply_port"] == 9131
    assert [m["address"] for m in plain["messages"]] == [m.address for m in TABLE]


def test_the_document_names_every_address_and_argument() -> None:
    text = format_markdown()
    for message in TABLE:
        assert f"### `{message.address}`" in text
        assert format_args(message) in text
    assert max(len(line) for line in text.splitlines()) < 200
