"""What the style sheet of a hall promises: letters read from the last row, colours that everybody tells apart."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[3] / "static" / "css" / "screen.css").read_text()
WORDS = ("ink", "soft", "accent", "good", "wait", "bad")  # what is written with
GROUNDS = ("paper", "panel", "mark")  # what it is written on
LEAST = 7  # to one: WCAG 2.2, 1.4.6


def colours(theme: str) -> dict[str, str]:
    block = re.search(rf"\.theme-{theme} {{(.*?)}}", SHEET, re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_stands_out_seven_to_one_on_every_ground(theme: str) -> None:
    known = colours(theme)
    faint = {
        f"{word} on {ground}": round(contrast(known[word], known[ground]), 2)
        for word, ground in product(WORDS, GROUNDS)
        if contrast(known[word], known[ground]) < LEAST
    }
    assert faint == {}


TONES = ("", ", var(--soft)", ", var(--ink)")  # a colour that is given, or else one of words


def test_words_and_grounds_are_these_and_no_others() -> None:
    rules = re.sub(r"\.theme-\w+ {.*?}", "", SHEET, flags=re.DOTALL)
    used = set(re.findall(r"(?<![-\w])(?:color|background|background-color):\s*([^;}]+)", rules))
    allowed = {f"var(--{name})" for name in (*WORDS, *GROUNDS)} | {f"var(--tone{or_else})" for or_else in TONES}
    assert used - allowed == set()
    assert set(re.findall(r"--tone: var\(--(\w+)\)", rules)) <= set(WORDS)
    assert not re.search(r"#[0-9a-f]{3,8}\b|opacity", rules)


def test_no_letter_is_smaller_than_four_per_cent_of_the_window_and_the_clock_has_twelve() -> None:
    root = re.search(r"html {\s*font-size: ([\d.]+)vh", SHEET)
    assert root
    unit = float(root[1])
    in_em = [float(size) for size in re.findall(r"font-size: ([\d.]+)r?em", SHEET)]
    elsewhere = re.findall(r"font-size: (?![\d.]+r?em)([^;}]+)", SHEET)
    assert unit * min(in_em) >= 4 and min(in_em) >= 1
    assert elsewhere == [f"{root[1]}vh"]
    clock = re.search(r"\.clock {\s*font-size: ([\d.]+)rem", SHEET)
    assert clock and unit * float(clock[1]) >= 12
