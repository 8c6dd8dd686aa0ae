#!/usr/bin/env python3
"""Check an exported vote: python3 verify.py FILE [--head HASH] [--receipt CODE=CHOICE ...] [--english].

Needs Python 3.8 or later, its standard library, and nothing else. Exit status 0 only if everything holds.

It counts the ballots again, applies the rule set again, and computes every fingerprint again: of the roll, the rule
set, each ballot, all ballots together, and the record of the poll. A file that was changed throughout and whose
fingerprints were all made anew can only be told by what was kept outside it: give the head of the record as it was
published with --head, and the receipts of voters with --receipt.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import unicodedata
from typing import Any

GENESIS = "0" * 64
CHOICES = ("yes", "no", "abstain", "present_not_voting")
COUNTS = {"yes": CHOICES[:1], "no": CHOICES[1:2], "cast": CHOICES[:3], "present": CHOICES, "yes_and_no": CHOICES[:2]}
SAID = {
    "unreadable": ("il file non si legge: {0}", "the file cannot be read: {0}"),
    "format": ("il file non è un voto esportato (parere-poll/1)", "the file is no exported vote (parere-poll/1)"),
    "malformed": ("manca o è malformato: {0}", "missing or malformed: {0}"),
    "seat_numbers": ("i seggi non sono numerati da 1 senza salti", "the seats are not numbered from 1 without gaps"),
    "seat_twice": ("l'ente {0} è due volte nell'elenco", "body {0} is twice on the roll"),
    "group": ("il gruppo {0} ha due popolazioni diverse", "group {0} has two populations"),
    "base": ("la popolazione di base è {0}, i seggi ne sommano {1}", "the base is {0}, the seats add up to {1}"),
    "roll_hash": (
        "l'elenco è stato modificato: la sua impronta è un'altra",
        "the roll was changed: another fingerprint",
    ),
    "away": ("il voto {0} è di un seggio assente: {1}", "ballot {0} is of a seat nobody was there for: {1}"),
    "stranger": ("il voto {0} è di un seggio che non c'è: {1}", "ballot {0} is of a seat that is not there: {1}"),
    "vacant": ("il voto {0} è di un seggio vacante: {1}", "ballot {0} is of a vacant seat: {1}"),
    "not_holder": ("il voto {0} non è di chi siede nel seggio {1}", "ballot {0} is not of who sits on seat {1}"),
    "choice": ("il voto {0} ha una risposta sconosciuta: {1}", "ballot {0} has an unknown answer: {1}"),
    "order": ("voto {0}: fuori ordine, oppure manca il precedente", "ballot {0}: out of order, or one is missing"),
    "unchangeable": ("il voto {0} ne cambia uno contro la regola", "ballot {0} changes one against the rule set"),
    "code_twice": ("il codice {0} compare due volte", "code {0} appears twice"),
    "outside": ("il voto {0} è fuori dall'orario della votazione", "ballot {0} is outside the hours of the vote"),
    "ballot_hash": ("il voto {0} è stato modificato", "ballot {0} was changed"),
    "root_hash": ("i voti non sono quelli contati alla chiusura", "the ballots are not those counted at the closing"),
    "tally": ("risposta {0}: il file dice {1}, il riconteggio {2}", "answer {0}: the file says {1}, the recount {2}"),
    "condition": ("condizione {0}: il file dice {1}, il ricalcolo {2}", "condition {0}: file says {1}, recount {2}"),
    "conditions": ("le condizioni non sono quelle della regola", "the conditions are not those of the rule set"),
    "verdict": ("il file dice {0}, il ricalcolo {1}", "the file says {0}, the recount {1}"),
    "entry": ("registro, voce {0}: è stata modificata", "record, entry {0}: it was changed"),
    "link": ("registro, voce {0}: non segue la precedente", "record, entry {0}: it does not follow the one before"),
    "head": ("la testa del registro nel file non è l'ultima voce", "the head of the record is not its last entry"),
    "entries": ("nel registro manca o è doppia la voce {0}", "in the record {0} is missing or there twice"),
    "fact": ("il registro dice {0} = {1}, il file dice {2}", "the record says {0} = {1}, the file says {2}"),
    "state": ("lo stato {0} non è quello del registro", "state {0} is not that of the record"),
    "published": ("la testa pubblicata è un'altra: {0}", "the published head is another one: {0}"),
    "receipt": ("la ricevuta {0} non è nel file, o dice altro", "receipt {0} is not in the file, or says otherwise"),
    "holds": ("Tutto torna.", "Everything holds."),
    "faults": ("Non torna: {0}.", "It does not hold: {0}."),
}


class Check:
    """One file, and everything found wrong with it."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.faults: list[tuple[str, tuple[Any, ...]]] = []

    def fault(self, code: str, *values: Any) -> None:
        """Note something wrong."""
        self.faults.append((code, values))

    def same(self, code: str, found: Any, wanted: Any, *values: Any) -> None:
        """Note it unless both are equal."""
        if found != wanted or type(found) is not type(wanted):
            self.fault(code, *values)

    def run(self) -> Check:
        """All checks, each on its own, so that one fault does not hide another."""
        if not isinstance(self.document, dict) or self.document.get("format") != "parere-poll/1":
            self.fault("format")
            return self
        for check in (self.roll, self.ballots, self.outcome, self.journal, self.record):
            try:
                check()
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                self.fault("malformed", f"{check.__name__}: {error}")
        return self

    def roll(self) -> None:
        """Seats, populations, and the fingerprint of both."""
        roll, base = self.document["roll"], self.document["poll"]["population_base"]
        if [seat["number"] for seat in roll] != list(range(1, len(roll) + 1)):
            self.fault("seat_numbers")
        for key in twice([seat["key"] for seat in roll]):
            self.fault("seat_twice", key)
        groups: dict[str, int] = {}
        for seat in roll:
            if whole(seat["population"]) != groups.setdefault(seat["group"], seat["population"]):
                self.fault("group", seat["group"])
        total = sum(groups.values())
        if total > base or (total < base and self.document["poll"]["electorate"] != "council"):
            self.fault("base", base, total)
        self.same("roll_hash", digest(roll), self.document["roll_hash"])

    def ballots(self) -> None:
        """One vote a seat, whole versions in their order, each with its fingerprint, and that of all."""
        poll, ballots = self.document["poll"], self.document["ballots"]
        seats = {seat["number"]: seat for seat in self.document["roll"]}
        before = (0, 0)
        for b in ballots:
            place = (b["seat"], b["version"])
            if place != (before[0], before[1] + 1) and not (b["seat"] > before[0] and b["version"] == 1):
                self.fault("order", b["code"])
            if b["version"] > 1 and not self.document["rule"]["definition"]["may_change"]:
                self.fault("unchangeable", b["code"])
            before = place
        codes = [b["code"] for b in ballots]
        for code in twice(codes):
            self.fault("code_twice", code)
        head = GENESIS
        for b in ballots:
            self.ballot(b, seats, poll)
            head = digest([head, b["seat"], b["version"], b["hash"]])
        self.same("root_hash", head, self.document["root_hash"])

    def ballot(self, b: Any, seats: Any, poll: Any) -> None:
        """One version of one seat's answer."""
        seat = seats.get(b["seat"])
        if seat is None:
            self.fault("stranger", b["code"], b["seat"])
        elif seat["mandate"] is None:
            self.fault("vacant", b["code"], b["seat"])
        elif b["channel"] == "form" and b["mandate"] not in holders(seat):
            self.fault("not_holder", b["code"], b["seat"])
        elif seat.get("presence") == "away":
            self.fault("away", b["code"], b["seat"])
        if b["choice"] not in (*CHOICES, "withdrawn") or (b["choice"] == "withdrawn" and b["channel"] == "form"):
            self.fault("choice", b["code"], b["choice"])
        ended = poll.get("closes_at")
        if not poll["opened_at"] <= b["cast_at"] <= poll["closed_at"] or (ended and b["cast_at"] >= ended):
            self.fault("outside", b["code"])
        facts = {name: b[name] for name in ("seat", "choice", "channel", "code", "cast_at", "mandate")}
        self.same("ballot_hash", digest({"poll": poll["number"], **facts}), b["hash"], b["code"])

    def outcome(self) -> None:
        """Count again, and hold the count against the rule set again."""
        counted = Recount(self.document)
        written = self.document["outcome"]
        for choice in CHOICES:
            again = {"seats": counted.of((choice,), "seats"), "population": counted.of((choice,), "population")}
            if written["tally"].get(choice) != again:
                self.fault("tally", choice, written["tally"].get(choice), again)
        results = counted.results()
        if [result["condition"] for result in written["results"]] != [result["condition"] for result in results]:
            self.fault("conditions")
        for number, (said, again) in enumerate(zip(written["results"], results), 1):  # noqa: B905
            if said != again:
                self.fault("condition", number, line(said), line(again))
        self.same("verdict", written["verdict"], counted.verdict(), written["verdict"], counted.verdict())
        self.same("verdict", written["call"], self.document["poll"]["call"], written["call"], "call")

    def journal(self) -> None:
        """The chain of the poll's record, from its first entry to its head."""
        journal, previous = self.document["journal"], GENESIS
        for number, e in enumerate(journal["entries"], 1):
            if e["previous"] != previous or e["seq"] != number:
                self.fault("link", number)
            names = ("seq", "kind", "facts", "audience", "person", "mandate", "at", "previous")
            facts = {name: e[name] for name in names}
            self.same("entry", digest({"stream": journal["stream"], **facts}), e["hash"], number)
            previous = e["hash"]
        self.same("head", journal["head"], {"seq": len(journal["entries"]), "hash": previous})

    def record(self) -> None:
        """What the record says of roll, rule set, ballots and outcome is what the file holds."""
        d, entries = self.document, self.document["journal"]["entries"]
        poll, tally = d["poll"], {choice: d["outcome"]["tally"][choice]["seats"] for choice in CHOICES}
        rule, question = digest(d["rule"]), hashlib.sha256(poll["question"].encode()).hexdigest()
        met = d["outcome"]["verdict"] == "passed"
        closed = {"roll_hash": d["roll_hash"], "root_hash": d["root_hash"], "outcome_hash": digest(d["outcome"])}
        closed.update(ballots=len(d["ballots"]), met=met, closed_at=poll["closed_at"], **tally)
        opened = {"rule_hash": rule, "seats": len(d["roll"]), "opened_at": poll["opened_at"]}
        at = [e["kind"] for e in entries].index("PollOpened")
        if not {"SeatDelegated", "SeatTakenLate"} & {e["kind"] for e in entries[at:]}:
            opened["roll_hash"] = d["roll_hash"]
        prepared = {"rule_hash": rule, "question_hash": question, "seats": len(d["roll"]), "matter": poll["matter"]}
        prepared.update(call=poll["call"], population_base=poll["population_base"], follows_id=poll["follows"])
        for kind, wanted in (("PollPrepared", prepared), ("PollOpened", opened), ("PollClosed", closed)):
            found = [e["facts"] for e in entries if e["kind"] == kind]
            if len(found) != 1:
                self.fault("entries", kind)
                continue
            for name, value in {"poll_id": poll["number"], **wanted}.items():
                self.same("fact", found[0].get(name), value, name, found[0].get(name), value)
        last = {"PollClosed": "closed", "PollProclaimed": "proclaimed", "PollAnnulled": "annulled"}
        self.same("state", poll["state"], last.get(entries[-1]["kind"]), poll["state"])

    def outside(self, head: str | None, receipts: list[str]) -> None:
        """What was kept outside the file."""
        journal = self.document.get("journal", {})
        if head and head.lower() not in [e.get("hash") for e in journal.get("entries", [])]:
            self.fault("published", (journal.get("head") or {}).get("hash"))
        for given in receipts:
            code, _, choice = given.partition("=")
            found = [b for b in self.document.get("ballots", []) if code.upper() == b["code"] or code == b["hash"]]
            if not found or (choice and found[0]["choice"] != choice):
                self.fault("receipt", given)


class Recount:
    """The ballots that count, the last of each seat, held against the rule set."""

    def __init__(self, document: Any) -> None:
        self.rule, self.call = document["rule"]["definition"], document["poll"]["call"]
        self.seats = {seat["number"]: seat for seat in document["roll"]}
        self.base = document["poll"]["population_base"]
        self.last: dict[int, str] = {}
        for b in sorted(document["ballots"], key=lambda b: (b["seat"], b["version"])):
            self.last[b["seat"]] = b["choice"]

    def of(self, choices: tuple[str, ...], axis: str, there: tuple[str, ...] = ()) -> int:
        """Seats that gave one of these answers or were in the hall, or the residents behind them, each group once."""
        said = {n for n, choice in self.last.items() if choice in choices}
        chosen = [seat for n, seat in self.seats.items() if n in said or seat.get("presence") in there]
        if axis == "seats":
            return len(chosen)
        return sum({seat["group"]: seat["population"] for seat in chosen}.values())

    def side(self, name: str, axis: str) -> int:
        """A count or a base by its name."""
        if name == "roll":
            return len(self.seats) if axis == "seats" else self.base
        return self.of(COUNTS[name], axis, ("there", "late") if name == "present" else ())

    def results(self) -> list[Any]:
        """Every condition of this call with what was got and what was needed."""
        last = max(c.get("call") or 1 for c in self.rule["conditions"])
        calls = (None, min(self.call, last))
        return [self.result(c) for c in self.rule["conditions"] if c.get("call") in calls]

    def result(self, condition: Any) -> dict[str, Any]:
        """One condition; an act without anybody in favour never passes."""
        axis, got = condition["axis"], self.side(condition["count"], condition["axis"])
        if "more_than" in condition:
            other = self.side(condition["more_than"], axis)
            needed, total = other + 1, got + other
        elif "at_least" in condition:
            needed, total = condition["at_least"], self.side("roll", axis)
        else:
            total = self.side(condition["base"], axis)
            above, below = condition["numerator"] * total, condition["denominator"]
            needed = max(1, above // below + 1 if condition["strict"] else -(-above // below))
        found = {"condition": condition, "got": got, "needed": needed, "total": total}
        return {**found, "missing": max(0, needed - got), "met": got >= needed}

    def verdict(self) -> str:
        """Passed, not reached, or without the number that makes a vote valid."""
        results = self.results()
        if any(not r["met"] for r in results if r["condition"]["count"] == "present"):
            return "no_quorum"
        return "passed" if all(r["met"] for r in results) else "not_reached"


def holders(seat: Any) -> list[Any]:
    """The mandates that answer for a seat: the one that holds it, and those that may besides."""
    return [seat["mandate"], *(other["mandate"] for other in seat.get("alternates", []))]


def line(result: Any) -> str:
    """A condition in figures."""
    sign = ">=" if result["met"] else "<"
    name = f"{result['condition']['count']}/{result['condition']['axis']}"
    return f"{name}: {result['got']} {sign} {result['needed']} ({result['total']})"


def twice(texts: list[str]) -> list[str]:
    """What is there more than once."""
    return sorted({text for text in texts if texts.count(text) > 1})


def whole(number: Any) -> int:
    """A whole number that is not negative, or an error."""
    if type(number) is not int or number < 0:
        raise ValueError(f"not a whole number: {number!r}")
    return number


def plain(value: Any) -> Any:
    """A value with its texts in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return {plain(k): plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_float(text: str) -> None:
    """Numbers are whole in an exported vote."""
    raise ValueError(f"not a whole number: {text}")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, or an error if it says a name twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Read, check, say; exit status 0 only if everything holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--head", help="the head of the record as it was published")
    parser.add_argument("--receipt", action="append", default=[], metavar="CODE=CHOICE", help="of a voter")
    parser.add_argument("--english", action="store_true", help="say it in English")
    given = parser.parse_args(arguments)
    check = Check(None)
    try:
        with open(given.file, encoding="utf-8") as file:  # noqa: PTH123
            document = json.load(file, object_pairs_hook=once, parse_float=refuse_float, parse_constant=refuse_float)
    except (OSError, ValueError, RecursionError) as error:
        check.fault("unreadable", error)
    else:
        check = Check(document).run()
        if not any(code == "format" for code, _ in check.faults):
            check.outside(given.head, given.receipt)
    tell(check, 1 if given.english else 0)
    return 1 if check.faults else 0


def tell(check: Check, language: int) -> None:
    """Everything that is wrong, or the recount."""
    lines = [SAID[code][language].format(*values) for code, values in check.faults]
    if check.faults:
        lines.append(SAID["faults"][language].format(len(check.faults)))
    else:
        counted, journal = Recount(check.document), check.document["journal"]["head"]
        lines = [line(result) for result in counted.results()]
        lines += [counted.verdict(), f"{journal['seq']} {journal['hash']}", SAID["holds"][language]]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
