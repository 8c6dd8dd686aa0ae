"""Italian as minutes are written in it: articles of bodies, numbers, days and hours of Rome, lists. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from portal.kernel.clock import local, local_day
from portal.kernel.figures import percent, whole

MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
ORDINALS = {1: "prima", 2: "seconda", 3: "terza"}
_IL = frozenset(
    {"comune", "consorzio", "sindacato", "forum", "consiglio", "parco", "municipio", "collegio", "comitato"}
)
_LA = frozenset(
    {"città", "municipalità", "regione", "provincia", "camera", "confederazione", "federazione", "fondazione",
     "comunità", "conferenza", "lega", "società", "circoscrizione", "zona", "consulta", "rete", "cooperativa"}
)  # fmt: skip
_L = frozenset({"unione", "ente", "ordine", "associazione", "autorità", "università", "agenzia", "azienda", "istituto"})
_WITH = {  # preposition: before il, la, l'
    "": ("il ", "la ", "l’"),
    "di": ("del ", "della ", "dell’"),
    "a": ("al ", "alla ", "all’"),
    "da": ("dal ", "dalla ", "dall’"),
}


def named(name: str, preposition: str = "") -> str:
    """A body with its article and a preposition: “del Comune di Pozzo”, “dell’Unione dei Colli”, “di Casoria”."""
    first = name.split(" ", 1)[0].lower()
    for words, at in ((_IL, 0), (_LA, 1), (_L, 2)):
        if first in words:
            return _WITH[preposition][at] + name
    return f"{preposition} {name}".strip()


_HE = frozenset({"sindaco", "vicesindaco", "segretario", "presidente", "dirigente", "consigliere",
                 "commissario", "subcommissario", "direttore", "responsabile", "delegato", "funzionario",
                 "rappresentante"})  # fmt: skip
_SHE = frozenset({"sindaca", "vicesindaca", "segretaria", "consigliera", "commissaria", "direttrice", "delegata",
                  "funzionaria"})  # fmt: skip


def is_office(name: str) -> bool:
    """True where somebody is known by an office rather than by a name."""
    return name.split(" ", 1)[0].lower() in _HE | _SHE | {"assessore", "assessora"}


def somebody(name: str) -> str:
    """A person in a sentence: an office takes its article, and an article loses its capital."""
    first, _, rest = name.partition(" ")
    if rest and first in {"Il", "La", "Lo"}:
        return f"{first.lower()} {rest}"
    if first.lower() in _HE:
        return f"il {name}"
    if first.lower() in _SHE:
        return f"la {name}"
    return f"l’{name}" if is_office(name) else name


def municipality(name: str) -> str:
    """“Comune di Pozzo”, where the name is “Pozzo”."""
    return name if name.split(" ", 1)[0].lower() in _IL | _LA | _L else f"Comune di {name}"


def figure(number: int) -> str:
    """An integer with its points."""
    return whole(number).said("it")


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: “1 ente”, “12 enti”."""
    return f"{figure(number)} {one if number == 1 else many}"


def residents(number: int) -> str:
    """How many live there."""
    return counted(number, "abitante", "abitanti")


def share(part: int, all_of_them: int) -> str:
    """A share with two places, cut; nothing where there is no whole."""
    return f"{percent(Fraction(part, all_of_them)).said('it')}" if all_of_them else "–"


def listed(words: Sequence[str]) -> str:
    """“A”, “A e B”, “A, B e C”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} e {words[-1]}" if words else ""


def day(when: date | datetime) -> str:
    """“11 marzo 2027”; the first of a month is “1º”."""
    on = local_day(when) if isinstance(when, datetime) else when
    return f"{'1º' if on.day == 1 else on.day} {MONTHS[on.month - 1]} {on.year}"


class Hours:
    """Hours as the wall of the hall shows them, with the day once it has changed, and which hour once clocks have."""

    def __init__(self, began: datetime) -> None:
        self._day, self._offset = local_day(began), local(began).utcoffset()

    def at(self, when: datetime) -> str:
        """“10:12”, “00:05 del 12 marzo 2027”, “02:30 (ora solare)”."""
        shown = f"{local(when):%H:%M}"
        if local(when).utcoffset() != self._offset:
            shown += " (ora legale)" if local(when).dst() else " (ora solare)"
        return shown if local_day(when) == self._day else f"{shown} del {day(when)}"

    def alle(self, when: datetime) -> str:
        """“Alle ore 10:12”."""
        return f"Alle ore {self.at(when)}"

    def span(self, since: datetime, until: datetime) -> str:
        """“dalle ore 10:12 alle ore 10:17”; what fits into a minute is “alle ore 10:12”."""
        first, last = self.at(since), self.at(until)
        return f"alle ore {first}" if first == last else f"dalle ore {first} alle ore {last}"


def lasting(seconds: int) -> str:
    """“4 minuti e 12 secondi”."""
    hours, rest = divmod(max(seconds, 0), 3600)
    minutes, left = divmod(rest, 60)
    parts = [
        counted(number, one, many)
        for number, one, many in ((hours, "ora", "ore"), (minutes, "minuto", "minuti"), (left, "secondo", "secondi"))
        if number
    ]
    return listed(parts) or "meno di un secondo"


def between(since: datetime, until: datetime) -> str:
    """How long it was from one instant to another."""
    return lasting(int((until - since) / timedelta(seconds=1)))
