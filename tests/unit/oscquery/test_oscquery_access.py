"""Programs may read OSCQuery, pages of other sites may not, by whatever name or way they come; on real sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers

from rt.oscquery.gate import own_names, refusal
from rt.oscquery.server import OscQueryServer
from tests.unit.oscquery.oscquery_wire import UPGRADE, ask, exchange, head, running

VALUE = b'{"VALUE":[0.0]}'


@pytest.fixture(scope="module")
def server() -> Iterator[OscQueryServer]:
    with running() as found:
        yield found


FOREIGN_HOSTS = [
    "evil.example.com",
    "evil.example.com:{port}",
    "localhost.evil.example.com",
    "127.0.0.1.evil.example.com",
    "evil.example.com#localhost",
    "localhost@evil.example.com",
    "evil.example.com@localhost",
    "192.168.1.20:{port}",
    "127.0.0.2:{port}",
    "0.0.0.0:{port}",
    "[::2]:{port}",
    "[fe80::1%25lo]",
    "localhost:notaport",
    "localhost:99999",
    "localhost, evil.example.com",
    "..",
    "[",
]
FOREIGN_ORIGINS = [
    "https://evil.example.com",
    "http://evil.example.com:{port}",
    "http://localhost:8080",
    "https://localhost:{port}",
    "http://127.0.0.1.evil.example.com:{port}",
    "http://evil.example.com@localhost:{port}",
    "http://localhost:{port}.evil.example.com",
    "null",
    "file://",
    "chrome-extension://abcdefgh",
    "",
]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize("lines", [(), UPGRADE], ids=["http", "websocket"])
def test_a_foreign_host_is_refused(server: OscQueryServer, host: str, lines: tuple[str, ...]) -> None:
    answer = ask(server, *lines, host=host.format(port=server.port))
    assert answer.status == 400
    assert b"VALUE" not in answer.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:{port}", "127.0.0.1", "127.0.0.1:{port}", "[::1]:{port}"])
def test_its_own_names_are_answered(server: OscQueryServer, host: str) -> None:
    answer = ask(server, host=host.format(port=server.port))
    assert (answer.status, answer.body) == (200, VALUE)


def test_one_host_is_needed(server: OscQueryServer) -> None:
    assert ask(server, host="").status == 400
    assert ask(server, "Host: localhost").status == 400


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
@pytest.mark.parametrize("what", ["GET /lb/gain?VALUE", "HEAD /", "OPTIONS /", "POST /", "GET /none", "WS"])
def test_a_foreign_origin_is_refused(server: OscQueryServer, origin: str, what: str) -> None:
    lines = (f"Origin: {origin.format(port=server.port)}", *(UPGRADE if what == "WS" else ()))
    answer = ask(server, *lines, what="GET /" if what == "WS" else what)
    assert answer.status == 403
    assert b"VALUE" not in answer.body
    assert "access-control-allow-origin" not in answer.headers


def test_a_foreign_origin_behind_an_own_one_is_refused(server: OscQueryServer) -> None:
    own = f"Origin: http://localhost:{server.port}"
    assert ask(server, own, "Origin: https://evil.example.com").status == 403


def test_a_page_whose_name_leads_here_is_refused(server: OscQueryServer) -> None:
    """DNS rebinding: to the browser the page and the bridge are one site, so that it sends no foreign Origin."""
    name = f"evil.example.com:{server.port}"
    for lines in ((), (f"Origin: http://{name}",), (f"Origin: http://{name}", *UPGRADE)):
        assert ask(server, *lines, host=name).status == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site", "other"])
def test_what_a_browser_calls_foreign_is_refused(server: OscQueryServer, site: str) -> None:
    assert ask(server, f"Sec-Fetch-Site: {site}", "Sec-Fetch-Mode: no-cors").status == 403


@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_a_user_who_types_the_address_is_answered(server: OscQueryServer, site: str) -> None:
    assert ask(server, f"Sec-Fetch-Site: {site}").status == 200


def test_its_own_origin_is_answered_and_may_read(server: OscQueryServer) -> None:
    origin = f"http://localhost:{server.port}"
    for what, status in (("GET /lb/gain?VALUE", 200), ("OPTIONS /lb/gain", 204)):
        answer = ask(server, f"Origin: {origin}", what=what)
        assert answer.status == status
        assert answer.headers["access-control-allow-origin"] == origin
    assert ask(server, f"Origin: {origin}", *UPGRADE, what="GET /").status == 101


def test_a_program_without_an_origin_is_answered(server: OscQueryServer) -> None:
    answer = ask(server)
    assert (answer.status, answer.body) == (200, VALUE)
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert ask(server, *UPGRADE, what="GET /").status == 101


def test_head_is_get_without_the_body(server: OscQueryServer) -> None:
    got, headed = ask(server), ask(server, what="HEAD /lb/gain?VALUE")
    assert headed.status == got.status == 200
    assert headed.body == b""
    assert headed.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(server: OscQueryServer, method: str) -> None:
    answer = ask(server, what=f"{method} /lb/gain")
    assert answer.status in (400, 405)
    if answer.status == 405:
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/lb/none", "/lb/gain/VALUE", "/..%2f..%2fetc/passwd", "/%00", "/%ff", "/lb/%67ain/x"]
)
def test_what_is_not_there_is_404(server: OscQueryServer, path: str) -> None:
    assert ask(server, what=f"GET {path}").status == 404


@pytest.mark.parametrize(
    ("lines", "body", "status"),
    [
        (("Content-Length: 3",), b"abc", 413),
        (("Content-Length: 999999999999",), b"", 413),
        (("Transfer-Encoding: chunked",), b"3\r\nabc\r\n0\r\n\r\n", 413),
        (("Content-Length: -1",), b"", 400),
        (("Content-Length: 3", "Content-Length: 4"), b"abcd", 400),
        (("Content-Length: 0",), b"", 200),
    ],
)
def test_a_question_has_no_body(server: OscQueryServer, lines: tuple[str, ...], body: bytes, status: int) -> None:
    assert exchange(server, head(server, *lines) + body).status == status


HUGE = {
    "one header": ((f"X-Long: {'x' * 100_000}",), "/"),
    "many headers": (tuple(f"X-{k}: {'x' * 100}" for k in range(10_000)), "/"),
    "path": ((), f"/{'x' * 200_000}"),
    "just too long": ((f"X-Long: {'x' * 17_000}",), "/"),
}


@pytest.mark.parametrize("case", HUGE)
def test_a_huge_head_is_refused(server: OscQueryServer, case: str) -> None:
    lines, path = HUGE[case]
    assert ask(server, *lines, what=f"GET {path}").status in (0, 400)  # 0: hung up before all was sent
    assert ask(server, f"X-Fits: {'x' * 8_000}").status == 200


@pytest.mark.parametrize(
    "data", [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\0\x01\0", bytes(4096)]
)
def test_what_is_no_http_is_cut_off(server: OscQueryServer, data: bytes) -> None:
    assert exchange(server, data).status in (0, 400)
    assert ask(server).status == 200


def test_only_one_question_of_a_pipeline_is_answered(server: OscQueryServer) -> None:
    answer = exchange(server, head(server) * 20)
    assert answer.status == 200
    assert answer.body == VALUE


@pytest.mark.parametrize("host", ["localhost", "[::1]:{port}", "127.0.0.1:{port}"])
def test_localhost_may_be_ipv6(server: OscQueryServer, host: str) -> None:
    needs_ipv6()
    data = head(server, host=host.format(port=server.port), what="GET /?HOST_INFO")
    answer = exchange(server, data, "::1")
    assert answer.status == 200
    assert b'"OSC_IP":"::1"' in answer.body


def test_beyond_the_loopback_it_has_the_names_of_this_machine() -> None:
    names = own_names("0.0.0.0", ["latent-bridge-9132.local."])
    assert {"localhost", socket.gethostname().lower(), "latent-bridge-9132.local"} <= names
    assert own_names("127.0.0.1", ["latent-bridge-9132.local."]) == {"localhost", "127.0.0.1", "::1"}


@pytest.mark.parametrize(
    ("host", "is_refused"), [("192.168.1.5:9132", False), ("192.168.1.6:9132", True), ("evil.example.com", True)]
)
def test_the_address_that_was_connected_to_is_its_name(host: str, is_refused: bool) -> None:
    found = refusal(Headers({"host": host}), own_names("0.0.0.0"), ("192.168.1.5", 9132))
    assert (found is not None) == is_refused


def needs_ipv6() -> None:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
