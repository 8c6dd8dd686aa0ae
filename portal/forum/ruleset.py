"""Statute art. 14; L. 241/1990 art. 16: the terms and measures of a Forum, written as data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.words import N_, Words

_RANGES: dict[str, tuple[int, int]] = {
    "opinion_days": (1, 365),
    "after_interruption_days": (1, 365),
    "amendment_signers": (0, 50),
    "dissent_hours": (1, 240),
    "minority_numerator": (1, 1_000),
    "minority_denominator": (1, 1_000),
    "statement_length": (80, 280),
    "statements_each": (1, 100),
    "mapping_numerator": (0, 1_000),
    "mapping_denominator": (1, 1_000),
    "mapping_votes": (1, 100),
    "least_shown": (1, 50),
    "agenda_months": (1, 24),
    "decision_months": (1, 24),
    "proposal_supporters": (0, 100),
}
_SWITCHES = ("accepts_requests", "names_public")


@dataclass(frozen=True)
class ForumRules:
    """How a Forum works on a day."""

    opinion_days: int = 20  # L. 241/1990 art. 16 c.1: from receipt to the opinion
    after_interruption_days: int = 15  # art. 16 c.4: from the answer to the one question for instruction
    amendment_signers: int = 3  # organisations besides the one that proposes
    dissent_hours: int = 24
    minority_numerator: int = 1
    minority_denominator: int = 5
    statement_length: int = 280
    statements_each: int = 10  # statements of one organisation about one request
    mapping_numerator: int = 1
    mapping_denominator: int = 4
    mapping_votes: int = 5  # an organisation counts as heard from so many statements on
    least_shown: int = 5  # a category with fewer answers is shown together with others
    agenda_months: int = 3  # art. 14 c.2: to the Council's agenda
    decision_months: int = 2  # art. 14 c.2: from the agenda to the decision
    proposal_supporters: int = 0
    accepts_requests: bool = True
    names_public: bool = False  # the names of delegates, beside organisation and office

    @property
    def minority(self) -> Fraction:
        """The share of the votes cast that makes a note the opinion of a minority."""
        return Fraction(self.minority_numerator, self.minority_denominator)

    @property
    def mapping(self) -> Fraction:
        """The share of organisations that must be heard for weighed statements to be more than indicative."""
        return Fraction(self.mapping_numerator, self.mapping_denominator)

    def as_data(self) -> dict[str, Any]:
        """The written form."""
        return asdict(self)


def parse(data: Any) -> ForumRules:
    """Read the written form, or refuse with everything that is wrong in it."""
    if not isinstance(data, Mapping):
        raise Invalid(N_("The rules are not in their form."), code="rules")
    problems: list[Words] = []
    usual = ForumRules().as_data()
    numbers: dict[str, Any] = {name: _number(name, data.get(name, usual[name]), problems) for name in _RANGES}
    switches = {name: bool(data.get(name, usual[name])) for name in _SWITCHES}
    if any(numbers[f"{share}_numerator"] > numbers[f"{share}_denominator"] for share in ("minority", "mapping")):
        problems.append(Words(N_("A share is at most the whole: write it such as 1 of 5.")))
    if problems:
        raise Invalid(N_("These rules cannot be used."), code="rules", problems=problems)
    return ForumRules(**numbers, **switches)


def _number(name: str, value: Any, problems: list[Words]) -> int:
    least, most = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        params = {"name": Words(LINES[name]), "least": least, "most": most}
        problems.append(Words(N_("%(name)s: a whole number from %(least)d to %(most)d."), params))
        return least
    return value


LINES: dict[str, str] = {
    "opinion_days": N_("Days for the opinion, from receipt"),
    "after_interruption_days": N_("Days after the answer to a question for instruction"),
    "amendment_signers": N_("Organisations that sign an amendment with its proposer"),
    "dissent_hours": N_("Hours for notes of dissent after the vote"),
    "minority_numerator": N_("Opinion of a minority: so many parts of the votes cast"),
    "minority_denominator": N_("Opinion of a minority: of so many parts"),
    "statement_length": N_("Characters of a statement"),
    "statements_each": N_("Statements of one organisation about one request"),
    "mapping_numerator": N_("Organisations to be heard: so many parts"),
    "mapping_denominator": N_("Organisations to be heard: of so many parts"),
    "mapping_votes": N_("Statements weighed by an organisation that counts as heard"),
    "least_shown": N_("Answers of a category below which it is shown together with others"),
    "agenda_months": N_("Months until a proposal is on the Council’s agenda"),
    "decision_months": N_("Months from the agenda to the Council’s decision"),
    "proposal_supporters": N_("Organisations that support a proposal before it is sent"),
    "accepts_requests": N_("Organisations may ask to join through the portal"),
    "names_public": N_("The names of delegates are public beside organisation and office"),
}
