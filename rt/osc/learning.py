"""`/lb/learn` and its kin: what a client says of controllers, and what it is told."""

from __future__ import annotations

from concurrent.futures import Future

from rt.bridge import Bridge
from rt.errors import ControlError
from rt.midi.controllers import Controllers
from rt.midi.learnt import CURVES, ControllerSource, Learnt
from rt.midi.targets import find_target
from rt.osc.answers import Reply
from rt.osc.message import Arg, Message, check_one


class LearnCommands:
    """Runs on the OSC thread; a controller that moves is told on the thread that hears it."""

    def __init__(self, bridge: Bridge, controllers: Controllers) -> None:
        self._bridge = bridge
        self._controllers = controllers

    def learn(self, reply: Reply, name: str, low: float | None, high: float | None, curve: str, pick_up: int) -> None:
        """Have the next controller that moves drive a parameter."""
        target = find_target(name)
        own = target.limits(self._bridge.manifest)
        lowest, highest = (target.number.low, target.number.high) if target.number.per_latent else own
        for end, value in (("low", low), ("high", high)):
            if value is not None:
                check_one(Arg(name=end, type="f", unit=target.number.unit, low=lowest, high=highest), value)

        def form(source: ControllerSource) -> Learnt:
            return Learnt(source=source, target=target, low=low, high=high, curve=curve, pick_up=bool(pick_up))

        def answer(done: Future[str]) -> None:
            error = done.exception()
            if error is None:
                reply("/lb/done", "/lb/learn", done.result())
            else:
                reply("/lb/fail", "/lb/learn", str(error))

        self._controllers.learn(form).add_done_callback(answer)

    def unlearn(self, reply: Reply, name: str) -> None:
        """Forget what drives a parameter, or everything."""
        wanted = name if name == "all" else find_target(name).name
        gone = self._controllers.forget(wanted)
        if not gone:
            raise ControlError(f"no controller drives {wanted}; /lb/learnt lists those that were learnt")
        reply("/lb/done", "/lb/unlearn", ", ".join(f"{each.target.name} by {each.source}" for each in gone))

    def tell(self, reply: Reply) -> None:
        """List what was learnt."""
        found = self._controllers.listed()
        for each in found:
            own = each.target.limits(self._bridge.manifest)
            low = own[0] if each.low is None else each.low
            high = own[1] if each.high is None else each.high
            source = each.source
            where = (each.target.name, source.kind, source.number, source.channel + 1)
            reply("/lb/learnt.reply", *where, float(low), float(high), each.curve, int(each.pick_up))
        reply("/lb/done", "/lb/learnt", f"{len(found)}")


def messages(category: str) -> tuple[Message, ...]:
    """The rows of the table of addresses."""
    parameter = Arg(name="parameter", type="s", description="As gain, legato.time, latent_xy.x or latent_offset.3.")
    return (
        Message(
            address="/lb/learn",
            category=category,
            description="The MIDI controller that moves next drives a parameter from now on, in later runs too. "
            "/lb/done says which it was.",
            args=(
                parameter,
                Arg(name="low", type="f", optional=True, description="Value at its lowest place; may lie above high."),
                Arg(name="high", type="f", optional=True, description="At its highest; the whole range if left out."),
                Arg(
                    name="curve", type="s", choices=CURVES, optional=True, default=CURVES[0],
                    description="exponential goes in equal ratios; toggle changes between both ends at each press.",
                ),
                Arg(
                    name="pick_up", type="i", low=0, high=1, optional=True, default=0,
                    description="1 waits until the controller passes the value that is set.",
                ),
            ),
            replies=("/lb/done",),
        ),
        Message(
            address="/lb/unlearn",
            category=category,
            description="Forgets the controllers that drive a parameter.",
            args=(Arg(name="parameter", type="s", description="As /lb/learn takes it; all forgets all."),),
            replies=("/lb/done",),
        ),
        Message(
            address="/lb/learnt",
            category=category,
            description="Asks which controllers were learnt.",
            replies=("/lb/learnt.reply", "/lb/done"),
        ),
    )  # fmt: skip
