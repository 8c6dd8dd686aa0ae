"""The sections of minutes: the same facts, the same text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.conferences.minutes.rules import Part, Table
from portal.records.minutes import attendance, table
from portal.records.minutes.facts import Held, Item, Moment, Paper
from portal.records.minutes.italian import ORDINALS, day, listed, named, somebody
from portal.records.minutes.sentences import KINDS, Teller, begun, presiding, recording

ORGANS = {
    "programming": "la Conferenza di programmazione",
    "mayors": "la Conferenza metropolitana dei sindaci",
    "forum": "il Forum metropolitano",
    "council": "il Consiglio metropolitano",
    "coplanning": "il tavolo di copianificazione",
}
MODES = {
    "room": "in presenza",
    "mixed": "in presenza e in collegamento da remoto",
    "remote": "in collegamento da remoto",
}
BASES = {
    "programming": "art. 32, comma 7, dello Statuto",
    "mayors": "artt. 28-30 dello Statuto",
    "forum": "artt. 6 e 14 dello Statuto",
    "council": "art. 26 dello Statuto",
    "coplanning": "art. 32, comma 8, dello Statuto",
}
_ENDED = frozenset({"opened", "closed", "deserted"})


def sections(held: Held) -> tuple[Part, ...]:
    """All of them, in the order of the document."""
    return tuple(_Writer(held).parts())


class _Writer:
    def __init__(self, held: Held) -> None:
        self.held, self.teller = held, Teller(held)
        self.chair, self.secretary = presiding(held), recording(held)
        self.taken = [m.item for m in held.moments if m.what == "called"]

    def parts(self) -> Iterator[Part]:
        """A deserted call has no items, only who was there."""
        yield Part("intestazione", "Intestazione", self._head())
        yield self._told("validita", "Verifica della validità della seduta", self._before(), self._opening())
        yield Part("presenze", "Presenze", attendance.words(self.held), attendance.tables(self.held))
        yield Part("ordine-del-giorno", "Ordine del giorno", self._agenda())
        for item in self._in_turn():
            moments = [m for m in self.held.moments if m.item == item.id]
            yield self._told(
                f"punto-{item.number}", f"Punto {item.number}. {item.title}", moments, "", self._about(item)
            )
        yield self._told("chiusura", "Chiusura della seduta", self._after(), self._closing())
        yield Part("allegati", "Allegati", self._annexes())

    def _in_turn(self) -> list[Item]:
        """Items taken up, and those withdrawn or adjourned without a word, as it happened."""
        order = list(dict.fromkeys(m.item for m in self.held.moments if m.item is not None and m.what in _ITEMS))
        by_id = {item.id: item for item in self.held.items}
        return [by_id[item_id] for item_id in order if item_id in by_id]

    def _first(self) -> int:
        return next((m.seq for m in self.held.moments if m.item is not None), self.held.head_seq + 1)

    def _before(self) -> list[Moment]:
        first = self._first()
        return [m for m in self.held.moments if m.item is None and m.seq < first]

    def _after(self) -> list[Moment]:
        first = self._first()
        return [m for m in self.held.moments if m.item is None and m.seq > first]

    def _told(self, key: str, title: str, moments: Sequence[Moment], end: str, start: str = "") -> Part:
        said, tables = list[str](), list[Table]()
        for moment in moments:
            words, figures = self._moment(moment)
            said += [words] if words else []
            said += [start] if start and moment is moments[0] else []  # what it is about, once it is taken up
            tables += [figures] if figures else []
        return Part(key, title, "\n\n".join([*said, *([end] if end else [])]), tuple(tables))

    def _moment(self, m: Moment) -> tuple[str, Table | None]:
        if m.remark is not None:
            return table.remark(m.remark), None
        if m.indications is not None:
            return table.indications(m.indications)
        if m.poll is not None:
            return table.poll(m.poll, self.teller.hours, self.chair)
        if m.what == "opened":
            return f"{self.teller.hours.alle(m.at)} {self.chair} dichiara aperta la seduta.", None
        return self.teller.say(m), None

    def _head(self) -> str:
        held, hours = self.held, self.teller.hours
        call = ORDINALS.get(held.call, str(held.call))
        place = f", presso {held.place}" if held.place else ""
        sent = held.notices[0]
        ending = "a" if ORGANS[held.organ].startswith("la ") else "o"
        said = (
            f"Il giorno {day(held.begun_at)}, alle ore {hours.at(held.begun_at)}{place}, si è riunit{ending} "
            f"in {call} convocazione {ORGANS[held.organ]} ({BASES[held.organ]}), {MODES[held.mode]}, in seduta "
            f"{'pubblica' if held.public else 'riservata'}, convocata per le ore {hours.at(held.starts_at)}."
        )
        about = f"Oggetto: {held.title}. Procedimento: {held.conference}."
        notice = f"L’avviso di convocazione è stato inviato il {day(sent.sent_at)} (impronta SHA-256 {sent.sha256})."
        more = [one for one in held.notices[1:] if one.kind == "addendum"]
        if more:
            days = listed([day(one.sent_at) for one in more])
            notice += f" È stato integrato il {days}."
        chair = f"Presiede {somebody(held.chair)}."
        if held.secretary:
            chair += f" Svolge le funzioni di segretario verbalizzante {somebody(held.secretary)}."
        return "\n\n".join((said, about, notice, chair))

    def _opening(self) -> str:
        if not any(m.what == "roll" for m in self.held.moments) and self.held.quorum is None and not self.held.deserted:
            return "Per la validità della seduta non è richiesto un numero legale."
        return ""

    def _agenda(self) -> str:
        lines = []
        for item in self.held.items:
            added = ", aggiunto con integrazione dell’avviso" if item.notice > 1 else ""
            kind = "" if item.kind == "other_business" else KINDS.get(item.kind, item.kind)
            noted = f" ({kind}{added})" if kind or added else ""
            lines.append(f"- {item.number}. {item.title}{noted}")
        return "Gli argomenti iscritti all’ordine del giorno sono:\n\n" + "\n".join(lines)

    def _about(self, item: Item) -> str:
        said = []
        if item.actions:
            words = [f"{code} «{title}»" for code, title in item.actions]
            said.append(f"Il punto riguarda {'l’azione' if len(words) == 1 else 'le azioni'} {listed(words)}.")
        if item.legal_basis:
            said.append(f"Riferimento: {item.legal_basis}.")
        if item.rapporteur:
            said.append(f"Relazione affidata nell’avviso a: {item.rapporteur}.")
        return " ".join(said)

    def _closing(self) -> str:
        held, hours = self.held, self.teller.hours
        if held.deserted:
            return self._deserted()
        left = [item.number for item in held.items if item.state == "pending"]
        said = []
        if left:
            verb = "Non è stato trattato" if len(left) == 1 else "Non sono stati trattati"
            said.append(f"{verb} {table.items_listed(left)}.")
            said.append(f"{hours.alle(held.ended_at)} {self.chair} dichiara chiusa la seduta.")
        else:
            at = hours.at(held.ended_at)
            said.append(
                f"Esauriti gli argomenti all’ordine del giorno, alle ore {at} {self.chair} dichiara chiusa la seduta."
            )
        return "\n\n".join([" ".join(said), _READ])

    def _deserted(self) -> str:
        held, hours = self.held, self.teller.hours
        call = ORDINALS.get(held.call, str(held.call))
        why = "constatata la mancanza del numero legale"
        if held.quorum is None:
            why = (
                "constatato che i presenti non consentono di tenerla" if held.stays else "constatata l’assenza di tutti"
            )
        said = f"{hours.alle(held.ended_at)}, {why}, la seduta in {call} convocazione è dichiarata deserta."
        if held.call < held.calls:
            said += (
                f" Resta ferma la {ORDINALS[held.call + 1]} convocazione, nel giorno e nell’ora indicati nell’avviso."
            )
        else:
            said += " Non sono previste altre convocazioni nello stesso avviso."
        return "\n\n".join((said, _READ))

    def _annexes(self) -> str:
        lines = [
            f"- Avviso n. {one.number}, inviato il {day(one.sent_at)}: SHA-256 {one.sha256}"
            for one in self.held.notices
        ]
        for item in self._in_turn():
            lines += [_paper(f"punto {item.number}", paper) for paper in item.papers]
        for moment in self.held.moments:
            if moment.speech is not None and moment.speech.paper is not None:
                body = self.held.seat(moment.speech.seat)
                who = f"intervento {named(body.spoken, 'di')}" if body else f"intervento di {moment.speech.speaker}"
                lines.append(_paper(who, moment.speech.paper))
        return "Sono allegati, e si intendono identificati dalla loro impronta:\n\n" + "\n".join(lines)


_ITEMS = frozenset({"called", "ended"})
_READ = "Del che è redatto il presente verbale, che, letto e confermato, viene sottoscritto."


def _paper(where: str, paper: Paper) -> str:
    name = f"{paper.title} ({paper.name})" if paper.title and paper.title != paper.name else paper.name
    return f"- {begun(where)}: {name}: SHA-256 {paper.sha256}"
