"""Who was there: one row a seat with office, times and residents, and the sums beneath. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from portal.conferences.minutes.rules import Table
from portal.records.minutes.facts import Held, Place, Stay
from portal.records.minutes.italian import Hours, counted, figure, share
from portal.records.minutes.sentences import OFFICES

_HEAD = ("Ente", "Abitanti", "Rappresentante", "Carica e titolo", "Presenza", "Entrata", "Uscita")


def words(held: Held) -> str:
    """The sums: how many came at any time, and the residents behind them."""
    said = [_sums(held, [seat for seat in held.seats if seat.entitled])]
    invited = [seat for seat in held.seats if not seat.entitled]
    if invited:
        said.append(_sums(held, invited, invited=True))
    if held.population_source and any(seat.population for seat in held.seats):
        said.append(f"Gli abitanti sono quelli della fonte: {held.population_source}.")
    return "\n\n".join(said)


def tables(held: Held) -> tuple[Table, ...]:
    """Those entitled, then those invited."""
    entitled = [seat for seat in held.seats if seat.entitled]
    invited = [seat for seat in held.seats if not seat.entitled]
    made = [_table(held, "Presenze dei componenti", entitled)]
    return (*made, *([_table(held, "Presenze degli invitati", invited)] if invited else []))


def _there(held: Held, seats: Sequence[Place]) -> list[Place]:
    numbers = {stay.seat for stay in held.stays}
    return [seat for seat in seats if seat.number in numbers]


def _sums(held: Held, seats: Sequence[Place], *, invited: bool = False) -> str:
    there, all_of_them = _there(held, seats), sum(seat.population for seat in seats)
    number, verb = len(there), "è stato presente" if len(there) == 1 else "sono stati presenti"
    if invited:
        bodies = counted(number, "ente", "enti") if number else "nessun ente"
        verb = verb if number else "non è stato presente"
        said = f"Degli invitati, senza diritto di voto, {verb} {bodies} su {figure(len(seats))}"
    else:
        bodies = counted(number, "componente", "componenti")
        said = f"Nel corso della seduta {verb} {bodies} su {figure(len(seats))}"
    if all_of_them:
        behind = sum(seat.population for seat in there)
        said += f", per {figure(behind)} abitanti su {figure(all_of_them)} ({share(behind, all_of_them)})"
    return f"{said}."


def _table(held: Held, caption: str, seats: Sequence[Place]) -> Table:
    hours, rows = Hours(held.begun_at), list[tuple[str, ...]]()
    by_seat: dict[int, list[Stay]] = {}
    for stay in held.stays:
        by_seat.setdefault(stay.seat, []).append(stay)
    for seat in seats:
        stays = by_seat.get(seat.number, [])
        rows += [_row(seat, stay, hours, n) for n, stay in enumerate(stays)] or [_absent(seat)]
    return Table(caption, _HEAD, tuple(rows), _foot(held, seats))


def _row(seat: Place, stay: Stay, hours: Hours, n: int) -> tuple[str, ...]:
    """One interval; the residents of a seat stand once."""
    office = OFFICES.get(stay.who.office, "")
    if stay.who.delegated:
        office += f" (delega: {stay.who.title})" if stay.who.title else " (con delega)"
    until = hours.at(stay.until_at) if stay.until_at else "–"
    people = _people(seat) if n == 0 else "–"
    where = "da remoto" if stay.remote else "in sala"
    return (seat.name, people, stay.who.person, office, where, hours.at(stay.from_at), until)


def _absent(seat: Place) -> tuple[str, ...]:
    return (seat.name, _people(seat), "–", "–", "assente", "–", "–")


def _people(seat: Place) -> str:
    return figure(seat.population) if seat.population else "–"


def _foot(held: Held, seats: Sequence[Place]) -> str:
    there, all_of_them = _there(held, seats), sum(seat.population for seat in seats)
    said = f"Presenti {figure(len(there))} su {figure(len(seats))}"
    behind = sum(seat.population for seat in there)
    return (
        f"{said} · abitanti {figure(behind)} su {figure(all_of_them)} ({share(behind, all_of_them)})"
        if all_of_them
        else said
    )
