"""The table for docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure with its goal, if it has one."""

    what: str
    unit: str
    value: float
    goal: float | None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """None without a goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def table(rows: Iterable[Row], database: str, cores: int) -> str:
    """Markdown, ready to be pasted."""
    lines = [f"Measured on {database}, {cores} cores.", "", "| what | measured | goal | |", "|---|---|---|---|"]
    for row in rows:
        goal = "" if row.goal is None else f"{'at least' if row.at_least else 'at most'} {_number(row.goal)}"
        mark = {None: "", True: "met", False: "**missed**"}[row.met]
        lines.append(f"| {row.what} | {_number(row.value)} {row.unit} | {goal} | {mark} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value)}"
    return f"{value:.3f}" if value < 1 else f"{value:.1f}"
