"""No module is loaded, and no function called, that some system lacks, unless the system was asked for first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "rt").rglob("*.py"), *(ROOT / "export").rglob("*.py"), ROOT / "run_server.py"])

MODULES = {
    *("fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog", "posix", "readline", "curses", "crypt"),
    *("msvcrt", "winreg", "_winapi", "winsound", "nt"),
}
NAMES = {
    "os": {
        *("fork", "forkpty", "killpg", "setsid", "getpgid", "setpgid", "getuid", "geteuid", "getgid", "nice", "uname"),
        *("mkfifo", "mknod", "chown", "fchown", "wait", "wait3", "wait4", "waitid", "eventfd", "memfd_create"),
        *("posix_fallocate", "statvfs", "sysconf", "getloadavg", "startfile", "O_NONBLOCK", "O_NOFOLLOW"),
        *("sched_setscheduler", "sched_getscheduler", "sched_getaffinity", "sched_setaffinity", "sched_getparam"),
        *("sched_param", "SCHED_FIFO", "SCHED_RR", "SCHED_OTHER", "SCHED_RESET_ON_FORK"),
    },
    "signal": {
        *("SIGHUP", "SIGQUIT", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGPIPE", "SIGALRM", "SIGTSTP", "SIGCONT"),
        *("SIGSTOP", "SIGWINCH", "CTRL_C_EVENT", "CTRL_BREAK_EVENT", "SIGBREAK", "pthread_sigmask", "setitimer"),
        *("sigwait", "pthread_kill", "alarm", "pause"),
    },
    "time": {"CLOCK_MONOTONIC", "CLOCK_UPTIME_RAW", "clock_gettime", "clock_gettime_ns"},
}
ROOTS = ("/proc", "/dev/shm", "/sys/", "/run/", "C:\\")
ASKS = ("sys.platform", "os.name", "hasattr", "platform.system")


def system_only(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Places of a file that not every system has, with their names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names if alias.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.split(".")[0] in MODULES:
                yield node, node.module
            yield from ((node, a.name) for a in node.names if a.name in NAMES.get(node.module, ()))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in NAMES.get(node.value.id, ()):
                yield node, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(ROOTS):
            yield node, node.value


def unguarded(source: str) -> list[str]:
    """Those outside of any function or expression that asks for the system, as `line: name`."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node, name in system_only(tree):
        around: ast.AST | None = node
        while around is not None and not _asks(around):
            around = parents.get(around)
        if around is None:
            found.append(f"{getattr(node, 'lineno', 0)}: {name}")
    return found


def _asks(node: ast.AST) -> bool:
    """Whether a branch, an expression or a whole function depends on the system."""
    if isinstance(node, ast.If | ast.IfExp | ast.BoolOp):
        return any(ask in ast.unparse(node.test if not isinstance(node, ast.BoolOp) else node) for ask in ASKS)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return any(
            isinstance(one, ast.If) and any(ask in ast.unparse(one.test) for ask in ASKS) and _leaves(one)
            for one in node.body
        )
    return False


def _leaves(branch: ast.If) -> bool:
    return isinstance(branch.body[-1], ast.Return | ast.Raise)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_used_that_a_system_lacks(path: Path) -> None:
    assert unguarded(path.read_text(encoding="utf-8")) == []


def test_what_a_system_lacks_is_noticed() -> None:
    asked = "import os, sys\ndef f():\n    if sys.platform != 'linux':\n        return\n    import resource\n"
    assert unguarded(asked) == []
    assert unguarded("import os, sys\nif sys.platform == 'linux':\n    os.sched_getaffinity(0)\n") == []
    for wrong in ("import fcntl", "from os import fork", "import signal\nsignal.SIGHUP", "open('/proc/self/maps')"):
        assert len(unguarded(wrong)) == 1, wrong
