"""Commands of adoption: put to the vote, answer, annul, write dissent and sign it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import DateTimeLocalField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.opinions.adoption.rules import DISSENT_LIMIT, Way
from portal.voting.rules import QUESTION_LIMIT, REASON_LIMIT, Choice

_INSTANTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
ANSWER = "vote-"  # followed by the number of the vote
OFFERED = (Choice.YES, Choice.NO, Choice.ABSTAIN)


class PutForm(CommandForm):
    """How what is next is put to the vote."""

    way = RadioField(
        N_("How the vote is taken"),
        [InputRequired(N_("Choose one of these."))],
        choices=[SelectChoice(way.value, words(way)) for way in Way],
    )
    item = SelectField(
        N_("Item of a sitting"), [Optional()], coerce=row_number, choices=[], validate_choice=False,
        description=N_("Only for a vote in a sitting that is open now."),
    )  # fmt: skip
    opens_at = DateTimeLocalField(
        N_("Opens on"), [Optional()], format=_INSTANTS,
        description=N_("Only for a vote without a sitting. Left empty, it begins at once."),
    )  # fmt: skip
    closes_at = DateTimeLocalField(
        N_("Ends on"), [Optional()], format=_INSTANTS,
        description=N_("From four hours to fifteen days later. Who has not answered is reminded three days, one day and two hours before."),  # noqa: E501
    )  # fmt: skip
    question = TextAreaField(N_("Question"), [Optional(), Length(max=QUESTION_LIMIT)])

    def check(self) -> Way:
        """The way, with what it needs."""
        way = Way(str(self.way.data))
        if way is Way.SITTING and not self.item.data:
            raise Invalid(N_("Choose the item of the sitting."), code="item", field="item")
        if way is Way.TERM and self.closes_at.data is None:
            raise Invalid(N_("Say when the vote ends."), code="term", field="closes_at")
        return way


class AnswersForm(CommandForm):
    """The answers of one organisation, each under the number of its vote."""

    key = HiddenField()

    def answers(self, data: Mapping[str, str], polls: Iterable[int]) -> dict[int, Choice]:
        """What was chosen for these votes; one left out is not answered."""
        given = {poll: data.get(f"{ANSWER}{poll}", "") for poll in polls}
        return {poll: Choice(said) for poll, said in given.items() if said in OFFERED}


class AnnulVoteForm(CommandForm):
    """Why a vote does not count."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)],
        description=N_("Everybody reads it. The vote is taken again for this reason."),
    )


class DissentForm(CommandForm):
    """Why an organisation dissents."""

    text = TextAreaField(
        N_("Your note"),
        [InputRequired(N_("Write your note.")), Length(max=DISSENT_LIMIT)],
        description=N_("It is published as you write it, with the name of your organisation."),
    )


class SignForm(CommandForm):
    """Stand behind the note of another, as it reads."""

    sha256 = HiddenField()
