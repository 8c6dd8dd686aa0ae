"""The words of the administration for what happened: one sentence a moment. Pure."""

from __future__ import annotations

import re

from portal.records.minutes.facts import Held, Item, Moment, Roll, Sitter, Speech
from portal.records.minutes.italian import (
    ORDINALS,
    Hours,
    between,
    counted,
    figure,
    is_office,
    lasting,
    listed,
    named,
    residents,
    share,
    somebody,
)

OFFICES = {
    "mayor": "Sindaco",
    "deputy_mayor": "Vicesindaco",
    "acting_mayor": "Sindaco facente funzioni",
    "commissioner": "Commissario",
    "sub_commissioner": "Subcommissario",
    "union_president": "Presidente",
    "district_president": "Presidente",
    "councillor": "Consigliere",
    "delegated_councillor": "Consigliere delegato",
    "officer": "Funzionario",
    "forum_delegate": "Delegato",
    "forum_substitute": "Sostituto",
}
KINDS = {
    "information": "informazione",
    "contribution": "contributi",
    "opinion": "parere",
    "resolution": "deliberazione",
    "other_business": "varie ed eventuali",
}
WHY = {
    "point_of_order": " per mozione d’ordine",
    "personal_statement": " per fatto personale",
    "explanation_of_vote": " per dichiarazione di voto",
    "reply": " in replica",
}
TROUBLES = {
    "technical": "si dà atto del seguente inconveniente tecnico",
    "order": "si dà atto del seguente fatto che incide sull’ordine della seduta",
    "other": "si dà atto di quanto segue",
}
_HERS = re.compile(
    r"\b(?:sindaca|vicesindaca|consigliera|commissaria|assessora|segretaria|presidentessa|dott\.ssa|dottoressa|prof\.ssa"
    r"|avvocata|ingegnera|architetta)\b",
    re.IGNORECASE,
)


def presiding(held: Held) -> str:
    """“il Presidente”, or “la Presidente” where the notice names a woman."""
    return "la Presidente" if _HERS.search(held.chair) else "il Presidente"


def recording(held: Held) -> str:
    """“il Segretario”, or “la Segretaria”."""
    return "la Segretaria" if _HERS.search(held.secretary) else "il Segretario"


def begun(words: str) -> str:
    """With a capital."""
    return words[:1].upper() + words[1:]


def sitter(who: Sitter | None, body: str) -> str:
    """“Anna Rossi (Sindaco), per il Comune di Pozzo”; “la Sindaca di Pozzo” where that is all that is known."""
    if who is None:
        return named(body)
    office = "" if is_office(who.person) else OFFICES.get(who.office, "")
    noted = ", ".join(word for word in (office, "con delega" if who.delegated else "") if word)
    shown = somebody(who.person) + (f" ({noted})" if noted else "")
    bare = body.removeprefix("Comune di ")
    return shown if bare in who.person else f"{shown}, per {named(body)}"


class Teller:
    """Says the moments of one held call."""

    def __init__(self, held: Held) -> None:
        self.held, self.hours = held, Hours(held.begun_at)
        self.chair, self.secretary = presiding(held), recording(held)
        self.weighs = any(seat.population for seat in held.seats if seat.entitled)

    def say(self, moment: Moment) -> str:
        """One moment, as one or more paragraphs; nothing for what has no words here."""
        how = getattr(self, f"_{moment.what}", None)
        return how(moment) if how is not None else ""

    def _body(self, seat: int | None) -> str:
        found = self.held.seat(seat)
        return found.spoken if found else ""

    def _there(self, numbers: tuple[int, ...]) -> str:
        if len(numbers) < 2:
            return ""
        people = f", per {residents(numbers[1])}" if self.weighs else ""
        return f" (presenti: {figure(numbers[0])}{people})"

    def _came(self, m: Moment) -> str:
        how = ", in collegamento da remoto" if m.remote else ""
        said = f"{self.hours.alle(m.at)} entra {sitter(m.who, self._body(m.seat))}{how}{self._there(m.numbers)}."
        if m.other is not None:
            said = (
                f"{self.hours.alle(m.at)} per {named(self._body(m.seat))} a {somebody(m.other.person)} subentra "
                f"{sitter(m.who, m.who.person if m.who else '')}{how}{self._there(m.numbers)}."
            )
        return said

    def _left(self, m: Moment) -> str:
        why = ", essendo cessato il mandato" if m.source == "mandate" else ""
        return f"{self.hours.alle(m.at)} esce {sitter(m.who, self._body(m.seat))}{why}{self._there(m.numbers)}."

    def _suspended(self, m: Moment) -> str:
        back = f", annunciandone la ripresa alle ore {self.hours.at(m.until)}" if m.until else ""
        why = f" Motivo: {m.text.rstrip('.')}." if m.text else ""
        return f"{self.hours.alle(m.at)} {self.chair} sospende la seduta{back}.{why}"

    def _resumed(self, m: Moment) -> str:
        how_long = f", dopo {between(m.until, m.at)}" if m.until else ""
        return f"{self.hours.alle(m.at)} la seduta riprende{how_long}."

    def _incident(self, m: Moment) -> str:
        return f"{self.hours.alle(m.at)} {TROUBLES.get(m.source, TROUBLES['other'])}. {begun(m.text)}"

    def _quorum_lost(self, m: Moment) -> str:
        there, needed = m.numbers
        return (
            f"{self.hours.alle(m.at)} si constata che i presenti sono {figure(there)} e che il numero legale, "
            f"pari a {figure(needed)}, non è più raggiunto."
        )

    def _quorum_regained(self, m: Moment) -> str:
        there, needed = m.numbers
        return (
            f"{self.hours.alle(m.at)} si constata che i presenti sono {figure(there)} e che il numero legale, "
            f"pari a {figure(needed)}, è nuovamente raggiunto."
        )

    def _roll(self, m: Moment) -> str:
        return self.roll(m.roll) if m.roll else ""

    def roll(self, roll: Roll) -> str:
        """A roll call with its count and the legal number."""
        why = (
            "all’appello nominale"
            if roll.opening
            else "alla verifica del numero dei presenti mediante appello nominale"
        )
        answer = "Risponde" if roll.present == 1 else "Rispondono"
        people = ""
        if roll.population:
            part = share(roll.present_population, roll.population)
            people = f", per {figure(roll.present_population)} abitanti su {figure(roll.population)} ({part})"
        said = f"{self.hours.alle(roll.begun_at)} {self.secretary} procede {why}. "
        said += f"{answer} {counted(roll.present, 'componente', 'componenti')} su {figure(roll.seats)}{people}."
        if roll.absent:
            verb = "Non risponde" if len(roll.absent) == 1 else "Non rispondono"
            said += f" {verb}: {listed(roll.absent)}."
        return f"{said} {self.legal_number(roll)}"

    def legal_number(self, roll: Roll) -> str:
        """Whether enough are there, with the computation."""
        if roll.needed is None:
            return "Per la validità della seduta non è richiesto un numero legale."
        verb, sign = ("è raggiunto", ">=") if roll.met else ("non è raggiunto", "<")
        fraction = ""
        if self.held.quorum:
            numerator, denominator, strict = self.held.quorum
            least = "più di" if strict else "almeno"
            fraction = f" ({least} {numerator}/{denominator} dei componenti)"
        call = ORDINALS.get(self.held.call, "")
        needs = "occorre la presenza di" if roll.needed == 1 else "occorrono"
        return (
            f"In {call} convocazione {needs} {counted(roll.needed, 'componente', 'componenti')}{fraction}: "
            f"{figure(roll.present)} {sign} {figure(roll.needed)}, il numero legale {verb}."
        )

    def _called(self, m: Moment) -> str:
        item = self._item(m.item)
        if item is None:
            return ""
        if m.source == "again":
            return f"{self.hours.alle(m.at)} è ripresa la trattazione del punto n. {item.number}."
        said = (
            f"{self.hours.alle(m.at)} {self.chair} pone in discussione il punto n. {item.number} dell’ordine del giorno"
        )
        kind = "" if item.kind == "other_business" else f" ({KINDS.get(item.kind, item.kind)})"
        return f"{said}, «{item.title}»{kind}."

    def _ended(self, m: Moment) -> str:
        item = self._item(m.item)
        if item is None:
            return ""
        said = {
            "concluded": f"la trattazione del punto n. {item.number} è conclusa",
            "adjourned": f"il punto n. {item.number} è rinviato ad altra seduta",
            "withdrawn": f"il punto n. {item.number} è ritirato",
            "pending": f"la trattazione del punto n. {item.number} è interrotta, per essere ripresa in seguito",
        }.get(m.source, "")
        if not said:
            return ""
        if m.source == "concluded":
            return f"{self.hours.alle(m.at)} {said}." + (f"\n\nConclusione: {m.text}" if m.text else "")
        return f"{self.hours.alle(m.at)} {said}{f': {m.text}' if m.text else '.'}"

    def _moved(self, m: Moment) -> str:
        order = [str(item.number) for n in m.numbers if (item := self._item(n)) is not None]
        return (
            f"{self.hours.alle(m.at)} {self.chair} dispone che i punti ancora da trattare seguano questo ordine: "
            f"n. {listed(order)}."
            if len(order) > 1
            else ""
        )

    def _item(self, item_id: int | None) -> Item | None:
        return next((one for one in self.held.items if one.id == item_id), None)

    def _speech(self, m: Moment) -> str:
        return self.speech(m.speech) if m.speech else ""

    def speech(self, one: Speech) -> str:
        """Who spoke, when, for how long, and what was said."""
        who = sitter(one.who, self._body(one.seat)) if one.seat is not None else somebody(one.speaker)
        verb = "relaziona" if one.kind == "report" else f"interviene{WHY.get(one.kind, '')}"
        paused = (one.until - one.at).total_seconds() - one.spoken >= 1
        lasted = lasting(one.spoken) + (", escluse le pause" if paused else "")
        said = f"{begun(self.hours.span(one.at, one.until))} {verb} {who} ({lasted})."
        over = one.spoken - one.allowed
        if one.ending == "interrupted":
            said += " L’intervento è interrotto da una mozione d’ordine."
        elif one.ending == "cut_off":
            said += f" {begun(self.chair)} toglie la parola, trascorso il tempo assegnato di {lasting(one.allowed)}."
        elif over > 0:
            said += f" Il tempo assegnato, di {lasting(one.allowed)}, è superato di {lasting(over)}."
        if one.synopsis:
            said += f"\n\nSintesi dell’intervento: {one.synopsis}"
        if one.paper:
            said += f"\n\nIl testo dell’intervento è consegnato e allegato al verbale ({one.paper.name})."
        return said
