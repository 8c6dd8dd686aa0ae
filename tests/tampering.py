"""Ways to change an exported vote, each with what must be found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from portal.kernel.canonical import digest
from portal.voting import verifier

Document = dict[str, Any]


def _edit(d: Document) -> None:
    d["ballots"][2]["choice"] = "no"


def _edit_with_its_hash(d: Document) -> None:
    _edit(d)
    _rehash(d, 2)


def _edit_with_all_hashes(d: Document) -> None:
    _edit_with_its_hash(d)
    _reroot(d)


def _remove(d: Document) -> None:
    del d["ballots"][3]


def _remove_and_recount(d: Document) -> None:
    del d["ballots"][0]
    _reroot(d)


def _remove_the_last_version(d: Document) -> None:
    del d["ballots"][1]
    _reroot(d)


def _add(d: Document) -> None:
    d["ballots"].insert(2, copy.deepcopy(d["ballots"][2]) | {"version": 2, "code": "V-NEWXX-NEWXX"})
    d["ballots"][2], d["ballots"][3] = d["ballots"][3], d["ballots"][2]
    _rehash(d, 3)
    _reroot(d)


def _add_for_the_vacant_seat(d: Document) -> None:
    d["ballots"].append(copy.deepcopy(d["ballots"][-1]) | {"seat": 5, "code": "V-NEWXX-NEWXX"})
    _rehash(d, len(d["ballots"]) - 1)
    _reroot(d)


def _add_from_outside(d: Document) -> None:
    d["ballots"].append(copy.deepcopy(d["ballots"][-1]) | {"seat": 77})


def _reorder(d: Document) -> None:
    d["ballots"].reverse()


def _swap_versions(d: Document) -> None:
    first, second = d["ballots"][0], d["ballots"][1]
    first["version"], second["version"] = 2, 1
    d["ballots"][:2] = [second, first]
    _reroot(d)


def _vote_for_another(d: Document) -> None:
    d["ballots"][2]["mandate"] = 1


def _after_the_closing(d: Document) -> None:
    d["ballots"][2]["cast_at"] = "2027-03-02T09:00:00+00:00"


def _population(d: Document) -> None:
    d["roll"][1]["population"] += 1


def _population_and_base(d: Document) -> None:
    _population(d)
    d["poll"]["population_base"] += 1
    d["roll_hash"] = digest(d["roll"])


def _seat_away(d: Document) -> None:
    del d["roll"][4]


def _seat_doubled(d: Document) -> None:
    d["roll"].append(d["roll"][0] | {"number": 6})


def _fill_the_vacant_seat(d: Document) -> None:
    d["roll"][4] |= {"mandate": 99, "office": "mayor"}
    d["roll_hash"] = digest(d["roll"])


def _rule(d: Document) -> None:
    d["rule"]["definition"]["conditions"][1]["numerator"] = 39


def _rule_and_outcome(d: Document) -> None:
    _rule(d)
    recount = verifier.Recount(d)
    d["outcome"] |= {"results": recount.results(), "verdict": recount.verdict()}


def _condition_away(d: Document) -> None:
    del d["rule"]["definition"]["conditions"][1]
    del d["outcome"]["results"][1]


def _verdict(d: Document) -> None:
    d["outcome"]["verdict"] = "passed"


def _tally(d: Document) -> None:
    d["outcome"]["tally"]["yes"]["seats"] = 3


def _needed(d: Document) -> None:
    d["outcome"]["results"][1]["needed"] = 39


def _question(d: Document) -> None:
    d["poll"]["question"] += " No?"


def _call(d: Document) -> None:
    d["poll"]["call"] = 2


def _entry(d: Document) -> None:
    d["journal"]["entries"][0]["facts"]["seats"] = 4


def _entry_away(d: Document) -> None:
    del d["journal"]["entries"][1]


def _cut_tail(d: Document) -> None:
    del d["journal"]["entries"][-1]


def _cut_tail_with_head(d: Document) -> None:
    _cut_tail(d)
    last = d["journal"]["entries"][-1]
    d["journal"]["head"] = {"seq": last["seq"], "hash": last["hash"]}


def _head(d: Document) -> None:
    d["journal"]["head"]["hash"] = "f" * 64


def _annulled(d: Document) -> None:
    d["poll"]["state"] = "annulled"


def _rehash(d: Document, at: int) -> None:
    b = d["ballots"][at]
    facts = {name: b[name] for name in ("seat", "choice", "channel", "code", "cast_at", "mandate")}
    b["hash"] = digest({"poll": d["poll"]["number"], **facts})


def _reroot(d: Document) -> None:
    """Everything in the file made to agree with the ballots, but for the record."""
    head = "0" * 64
    for b in d["ballots"]:
        head = digest([head, b["seat"], b["version"], b["hash"]])
    d["root_hash"] = head
    recount = verifier.Recount(d)
    for choice in verifier.CHOICES:
        d["outcome"]["tally"][choice] = {axis: recount.of((choice,), axis) for axis in ("seats", "population")}
    d["outcome"] |= {"results": recount.results(), "verdict": recount.verdict()}


TAMPERINGS: tuple[tuple[Callable[[Document], None], str], ...] = (
    (_edit, "ballot_hash"),
    (_edit_with_its_hash, "root_hash"),
    (_edit_with_all_hashes, "fact"),
    (_remove, "root_hash"),
    (_remove_and_recount, "order"),
    (_remove_the_last_version, "fact"),
    (_add, "fact"),
    (_add_for_the_vacant_seat, "vacant"),
    (_add_from_outside, "stranger"),
    (_reorder, "order"),
    (_swap_versions, "fact"),
    (_vote_for_another, "not_holder"),
    (_after_the_closing, "outside"),
    (_population, "roll_hash"),
    (_population_and_base, "fact"),
    (_seat_away, "roll_hash"),
    (_seat_doubled, "seat_twice"),
    (_fill_the_vacant_seat, "fact"),
    (_rule, "conditions"),
    (_rule_and_outcome, "fact"),
    (_condition_away, "fact"),
    (_verdict, "verdict"),
    (_tally, "tally"),
    (_needed, "condition"),
    (_question, "fact"),
    (_call, "fact"),
    (_entry, "entry"),
    (_entry_away, "link"),
    (_cut_tail, "head"),
    (_cut_tail_with_head, "state"),
    (_head, "head"),
    (_annulled, "state"),
)


def rewrite_everything(d: Document) -> None:
    """Change a ballot and make every fingerprint in the file anew, the record's too."""
    _edit_with_all_hashes(d)
    previous = "0" * 64
    for e in d["journal"]["entries"]:
        if e["kind"] == "PollClosed":
            tally = {choice: d["outcome"]["tally"][choice]["seats"] for choice in verifier.CHOICES}
            e["facts"] |= {"root_hash": d["root_hash"], "outcome_hash": digest(d["outcome"]), **tally}
        if e["kind"] == "PollProclaimed":
            e["facts"]["root_hash"] = d["root_hash"]
        e["previous"] = previous
        names = ("seq", "kind", "facts", "audience", "person", "mandate", "at", "previous")
        e["hash"] = previous = digest({"stream": d["journal"]["stream"], **{name: e[name] for name in names}})
    d["journal"]["head"]["hash"] = previous
