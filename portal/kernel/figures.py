"""Numbers as people read them, exact, in Italian and in English."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

_ITALIAN = str.maketrans({",": ".", ".": ","})
_MOST_PLACES = 9


@dataclass(frozen=True)
class Figure:
    """A number written the English way, which can be said the Italian way."""

    text: str

    def __str__(self) -> str:
        return self.text

    def said(self, language: str) -> str:
        """The same number with the points and commas of a language."""
        return self.text.translate(_ITALIAN) if language.startswith("it") else self.text


def whole(number: int) -> Figure:
    """An integer with its thousands set apart."""
    return Figure(f"{number:,}")


def exact(number: Fraction) -> Figure:
    """36.8 where two places say everything, 30 2/3 where they do not."""
    hundredths = number * 100
    if hundredths.denominator == 1:
        return Figure(_decimal(hundredths.numerator, 2))
    integer, rest = divmod(number.numerator, number.denominator)
    return Figure(f"{integer:,} {rest}/{number.denominator}" if integer else f"{rest}/{number.denominator}")


def percent(share: Fraction, against: Fraction | None = None) -> Figure:
    """A share in hundredths, cut and not rounded, with as many places as it takes to differ from a threshold."""
    places = 2
    while places < _MOST_PLACES and against is not None and share != against and _cut(share, places) == against * 100:
        places += 1
    return Figure(_decimal(int(_cut(share, places) * 10**places), places) + " %")


def _cut(share: Fraction, places: int) -> Fraction:
    scaled = share * 100 * 10**places
    return Fraction(scaled.numerator // scaled.denominator, 10**places)


def _decimal(scaled: int, places: int) -> str:
    integer, rest = divmod(scaled, 10**places)
    digits = f"{rest:0{places}d}".rstrip("0")
    return f"{integer:,}.{digits}" if digits else f"{integer:,}"
