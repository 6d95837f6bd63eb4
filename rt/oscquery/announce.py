"""Tells the network by zeroconf (Bonjour, Avahi) that an OSCQuery server is there."""

from __future__ import annotations

import logging
import threading

import ifaddr
from zeroconf import ServiceInfo, Zeroconf

from rt.worker import Startable

log = logging.getLogger(__name__)

OSCQUERY, OSC = "_oscjson._tcp.local.", "_osc._udp.local."


class Announcement(Startable):
    """Announced from `start` to `stop`, on a thread of its own: the network takes its time. A context manager."""

    def __init__(self, name: str, host: str, *, query_port: int, osc_port: int) -> None:
        """`host` is the address that the servers listen at; 0.0.0.0 announces on every interface."""
        self._name = name
        self._host = host
        self._ports = {OSCQUERY: query_port, OSC: osc_port}
        self.server_name = f"{name}-{query_port}.local."
        """What this machine is called in the announcement."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="announce", daemon=True)

    def start(self) -> None:
        """Begin to announce."""
        self._thread.start()

    def stop(self, timeout_s: float = 0.6) -> None:
        """Take it back; an announcement that has only just begun ends by itself a little later."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        everywhere = self._host in ("0.0.0.0", "::")
        addresses = own_addresses() if everywhere else [self._host]
        try:
            # The loopback comes last: where an interface has several addresses, only the first one speaks.
            server = Zeroconf(interfaces=list(dict.fromkeys([*addresses, "127.0.0.1"])) if everywhere else addresses)
        except OSError as error:  # no network at all
            log.info("not announced: %s", error)
            return
        try:
            for kind, port in self._ports.items():
                info = ServiceInfo(
                    kind,
                    f"{self._name}.{kind}",
                    port=port,
                    parsed_addresses=addresses,
                    properties={"txtvers": "1"},
                    server=self.server_name,
                )
                if not self._stopping.is_set():
                    server.register_service(info, allow_name_change=True)
            self._stopping.wait()
        except Exception as error:  # of many kinds; nobody hears us, and that is all
            log.info("not announced: %s: %s", type(error).__name__, error)
        finally:
            server.close()


def own_addresses() -> list[str]:
    """IPv4 addresses of this machine in its networks; its name would often lead to the loopback."""
    found = {str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4}
    return sorted(address for address in found if not address.startswith("127.")) or ["127.0.0.1"]
