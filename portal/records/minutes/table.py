"""What was put on the table, in words: remarks by number, indications without effect, votes with their sums. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from portal.conferences.minutes.rules import Table
from portal.records.minutes.facts import Indications, Poll, Remark
from portal.records.minutes.italian import Hours, counted, figure, listed, named, residents

REMARKS = {
    "support": "sostegno",
    "change_request": "richiesta di modifica",
    "objection": "contrarietà",
    "question": "domanda",
    "data_correction": "correzione di dati",
    "new_action": "nuova azione",
    "commitment": "impegno",
}
STANCES = {
    "favourable": "favorevole",
    "with_remarks": "favorevole con osservazioni",
    "contrary": "contrario",
}
CHOICES = {
    "yes": "favorevole",
    "no": "contrario",
    "abstain": "astenuto",
    "present_not_voting": "presente non votante",
    "": "non ha votato",
}
_MANY = {
    "favourable": ("favorevole", "favorevoli"),
    "with_remarks": ("favorevole con osservazioni", "favorevoli con osservazioni"),
    "contrary": ("contrario", "contrari"),
}
_SUMS = {"yes": "favorevoli", "no": "contrari", "abstain": "astenuti", "present_not_voting": "presenti non votanti"}


def remark(one: Remark) -> str:
    """A remark that was made or read: its words stay where their own rules keep them."""
    if one.number is None:
        return ""
    what = ", ".join(word for word in (REMARKS.get(one.kind, ""), one.place) if word)
    shown = f" ({what})" if what else ""
    who = f" {named(one.body, 'di')}" if one.body else ""
    if one.read:
        return f"È data lettura dell’osservazione n. {figure(one.number)}{who}{shown}."
    if one.made_here:
        return f"È presentata in seduta l’osservazione n. {figure(one.number)}{who}{shown}."
    return f"È richiamata l’osservazione n. {figure(one.number)}{who}{shown}."


def indications(one: Indications) -> tuple[str, Table | None]:
    """What bodies said of an action when they were asked; never a vote."""
    asked = f" Quesito: {one.question}" if one.question else ""
    said = (
        f"Sull’azione {one.code}, «{one.title}», gli enti presenti sono invitati a dare un’indicazione, "
        f"che non ha valore di voto.{asked}"
    )
    if not one.answers:
        return f"{said} Nessun ente si esprime.", None
    answers = [answer for _, answer in one.answers]
    counts = [_bodies(answers.count(stance), *words) for stance, words in _MANY.items()]
    rows = tuple((body, STANCES.get(stance, stance)) for body, stance in one.answers)
    caption = f"Indicazioni sull’azione {one.code}"
    return f"{said} Si esprimono: {'; '.join(counts)}.", Table(caption, ("Ente", "Indicazione"), rows)


def poll(one: Poll, hours: Hours, chair: str) -> tuple[str, Table | None]:
    """A vote, from the question to what was proclaimed."""
    said = [f"È posta in votazione, in forma palese, la seguente proposta: «{one.question}»."]
    if one.opened_at and one.closed_at:
        said.append(
            f"La votazione è aperta alle ore {hours.at(one.opened_at)} e chiusa alle ore {hours.at(one.closed_at)}."
        )
    if one.annulled:
        why = f": {one.annul_reason}" if one.annul_reason else ""
        return " ".join([*said, f"La votazione è annullata{why}."]), None
    if one.closed_at is None:
        return " ".join([*said, "La votazione non è stata chiusa nel corso della seduta."]), None
    text = " ".join(said)
    text += f"\n\nVotanti: {_sums(one)}."
    if one.lines:
        text += f"\n\nComputo secondo la regola «{one.rule}»:\n\n" + "\n".join(f"- {line}" for line in one.lines)
    if one.proclaimed_at is not None:
        outcome = "la proposta è approvata" if one.met else "la proposta non è approvata"
        text += f"\n\n{hours.alle(one.proclaimed_at)} {chair} proclama l’esito: {outcome}."
    rows = tuple(
        (vote.name, figure(vote.population), CHOICES.get(vote.choice, vote.choice), vote.person) for vote in one.votes
    )
    head = ("Componente", "Abitanti", "Voto", "Espresso da")
    return text, Table(
        f"Voti espressi sulla proposta «{one.question}»", head, rows, f"Impronta dei voti (SHA-256): {one.root_hash}"
    )


def _bodies(number: int, one: str, many: str) -> str:
    """“7 enti favorevoli”, “1 ente contrario”, “nessun ente contrario”."""
    return f"{counted(number, 'ente', 'enti')} {one if number == 1 else many}" if number else f"nessun ente {one}"


def _sums(one: Poll) -> str:
    return "; ".join(_sum(words, [vote.population for vote in one.votes if vote.choice == choice])
                     for choice, words in _SUMS.items())  # fmt: skip


def _sum(words: str, populations: Sequence[int]) -> str:
    behind = sum(populations)
    return f"{words} {figure(len(populations))}" + (f" (per {residents(behind)})" if behind else "")


def items_listed(numbers: Sequence[int]) -> str:
    """“il punto n. 3”, “i punti n. 3 e 4”."""
    words = [str(number) for number in numbers]
    return f"il punto n. {words[0]}" if len(words) == 1 else f"i punti n. {listed(words)}"
