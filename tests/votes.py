"""A conference of mayors that votes: bodies, sitters, clerks, and polls in the state a test needs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from portal.kernel.actor import Actor
from portal.kernel.offices import Office
from portal.voting import cast, close, install_rules, open_poll, prepare, revise_rule, rule_queries
from portal.voting.rules import Choice, Matter
from tests import factories
from tests.factories import NOW

_keys = itertools.count(1)


def key() -> str:
    """What a browser makes for each answer."""
    return f"browser-key-{next(_keys)}"


class Hall:
    """Comuni with the residents given, each with its mayor unless named vacant, and two clerks of the secretariat."""

    def __init__(self, residents: Sequence[int] = (50, 30, 10, 6, 4), vacant: Sequence[int] = ()) -> None:
        install_rules.install_rules(Actor.system(), now=NOW)
        self.bodies = [factories.body(f"Comune {n:03}") for n in range(1, len(residents) + 1)]
        self.snapshot = factories.snapshot(dict(zip(self.bodies, residents, strict=True)))
        self.mayors: dict[int, Actor] = {
            n: factories.holder(Office.MAYOR, body) for n, body in enumerate(self.bodies, 1) if n not in vacant
        }
        self.clerk = factories.holder(Office.SECRETARIAT)
        self.colleague = factories.holder(Office.COUNCIL_CLERK)
        self.general = factories.holder(Office.SECRETARY_GENERAL)

    def forbid_changes(self) -> None:
        """From now on the opinion of the conference is asked under a rule set without changes."""
        first = next(rule for rule in rule_queries.in_force(NOW.date()) if rule.code == "R1")
        definition = first.definition | {"may_change": False}
        why = "Il regolamento vieta di cambiare il voto."
        wanted = revise_rule.Revision(definition, "Regolamento, art. 9", why, NOW.date(), first.number)
        revise_rule.revise_rule(self.general, "R1", wanted, now=NOW)

    def prepared(self, **more: Any) -> int:
        """A poll whose roll is drawn and which nobody has opened."""
        facts: dict[str, Any] = {"text": "Si esprime parere favorevole?", "matter": Matter.CONFERENCE_OPINION, **more}
        return prepare.prepare(self.clerk, prepare.Question(**facts), now=NOW)

    def open(self, **more: Any) -> int:
        """A poll in which seats may answer."""
        number = self.prepared(**more)
        open_poll.open_poll(self.clerk, number, now=NOW)
        return number

    def say(self, number: int, answers: Mapping[int, Choice]) -> None:
        """These seats answer by form, in this order."""
        for seat, choice in answers.items():
            cast.cast(self.mayors[seat], number, choice, key=key(), now=NOW)

    def closed(self, answers: Mapping[int, Choice], **more: Any) -> int:
        """A poll that was counted."""
        number = self.open(**more)
        self.say(number, answers)
        close.close(self.clerk, number, now=NOW)
        return number
