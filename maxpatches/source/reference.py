"""What an abstraction is, in words: its ports, arguments and messages; reference pages and help patches read it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as Xml

MODULE = "latent-bridge"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an abstraction."""

    name: str
    type: str
    default: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The reference page of one abstraction."""

    name: str
    digest: str
    """One line."""
    description: str
    inlets: tuple[str, ...]
    outlets: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()
    messages: tuple[tuple[str, str], ...] = ()
    """What the inlet understands: (message, what it does)."""
    size: tuple[float, float]
    """Of its face."""
    addresses: tuple[str, ...] = ()
    """OSC addresses that it sends or takes."""


def page(reference: Reference, others: tuple[str, ...]) -> str:
    """The page in the format of Max's own: `docs/NAME.maxref.xml`."""
    root = Xml.Element("c74object", name=reference.name, module=MODULE, category="latent-bridge")
    Xml.SubElement(root, "digest").text = reference.digest
    Xml.SubElement(root, "description").text = reference.description
    facts = Xml.SubElement(root, "metadatalist")
    for name, value in (("author", "the latent-bridge authors"), ("tag", "latent-bridge"), ("tag", "OSC")):
        Xml.SubElement(facts, "metadata", name=name).text = value
    for kind, ports in (("inlet", reference.inlets), ("outlet", reference.outlets)):
        listed = Xml.SubElement(root, f"{kind}list")
        for number, text in enumerate(ports):
            entry = Xml.SubElement(listed, kind, id=str(number), type="anything")
            Xml.SubElement(entry, "digest").text = text
    arguments = Xml.SubElement(root, "objarglist")
    for argument in reference.arguments:
        entry = Xml.SubElement(arguments, "objarg", name=argument.name, optional="1", type=argument.type)
        Xml.SubElement(entry, "digest").text = f"{argument.text} {argument.default} when left out."
    methods = Xml.SubElement(root, "methodlist")
    for name, text in reference.messages:
        entry = Xml.SubElement(methods, "method", name=name.split()[0])
        Xml.SubElement(entry, "arglist")
        Xml.SubElement(entry, "digest").text = name
        Xml.SubElement(entry, "description").text = text
    also = Xml.SubElement(root, "seealsolist")
    for other in others:
        Xml.SubElement(also, "seealso", name=other)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n{Xml.tostring(root, encoding="unicode")}\n'
