"""What an attack found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """The outcome of one attack: how often each thing happened, and what must not have happened."""

    part: str
    n_cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """One line for each case that broke a promise; empty when all is well."""
    figures: dict[str, str] = field(default_factory=dict)
    """Figures worth a word, such as the slowest answer."""

    def count(self, outcome: str) -> None:
        """Note the ordinary outcome of one case."""
        self.n_cases += 1
        self.outcomes[outcome] += 1

    def fault(self, line: str) -> None:
        """Note a broken promise."""
        self.faults.append(" ".join(line.split())[:400])

    def check(self, is_so: bool, line: str) -> None:
        """Note a broken promise unless something is so."""
        if not is_so:
            self.fault(line)

    def row(self) -> str:
        """A row of the table in Markdown."""
        outcomes = ", ".join(f"{n} {what}" for what, n in self.outcomes.most_common())
        figures = ", ".join(f"{name} {value}" for name, value in self.figures.items())
        return f"| {self.part} | {self.n_cases} | {outcomes} | {figures} | {len(self.faults) or 'none'} |"
