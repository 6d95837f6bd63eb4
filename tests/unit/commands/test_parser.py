"""Wrong options are told in one line that names the command, the nearest option and where help is."""

from __future__ import annotations

import pytest

from rt import cli


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            "run --blok 3",
            "latent-bridge run: unknown argument --blok, did you mean --block?; see latent-bridge run",
        ),
        ("run --osc-prt=9", "latent-bridge run: unknown argument --osc-prt, did you mean --osc-port?"),
        ("doctor please", "latent-bridge doctor: unknown argument please; see latent-bridge doctor --help"),
        ("run --block many", "latent-bridge run: argument --block: "),
        (f"run --voices 1{400 * '0'}", "latent-bridge run: argument --voices: 10000000000000000000... is too large"),
        (f"render a.mid b.wav --transpose -{2**63}", "latent-bridge render: argument --transpose: -922337203685477"),
        ("runn", "latent-bridge: argument COMMAND: invalid choice: 'runn' (choose from "),
    ],
)
def test_a_wrong_option_is_told_in_one_line(arguments: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments.split())
    assert ended.value.code == 2
    line = capsys.readouterr().err
    assert line.startswith(told) and line.count("\n") == 1
