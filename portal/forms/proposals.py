"""Commands of proposals and of the Forum's document: write, approve, send, put on the agenda, decide, adopt, cover."""

from __future__ import annotations

from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_
from portal.opinions.proposals.rules import LINE_LIMIT, REGISTER_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Answer, Degree

_CHOOSE = N_("Choose one of these.")
_DAY = InputRequired(N_("Choose a day."))
MOST_VOTE = 2**31 - 1


def _vote() -> IntegerField:
    return IntegerField(
        N_("Number of the Forum’s vote"),
        [Optional(), NumberRange(min=1, max=MOST_VOTE)],
        description=N_("If the Forum has voted on it on this portal."),
    )


class ProposalForm(CommandForm):
    """What is asked of the Council, and why."""

    forum = SelectField(N_("Forum"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False)
    title = StringField(N_("Title"), [InputRequired(N_("Write a title.")), Length(max=TITLE_LIMIT)])
    text = TextAreaField(
        N_("What you propose"),
        [InputRequired(N_("Write what is proposed.")), Length(max=TEXT_LIMIT)],
        description=N_("What the Council is asked to decide, in words that it could decide upon."),
    )
    reason = TextAreaField(N_("Why"), [InputRequired(N_("Write why.")), Length(max=TEXT_LIMIT)])
    read = HiddenField()


class SupportForm(CommandForm):
    """Support, or support no more; `read` is the text that was on the page."""

    read = HiddenField()


class ApproveForm(CommandForm):
    """Let it be sent."""

    read = HiddenField()
    poll = _vote()


class SendForm(CommandForm):
    """That it went to the Council."""

    on = DateField(N_("Day on which it was sent"), [_DAY])
    register = StringField(
        N_("Number of the register"),
        [InputRequired(N_("Write the number.")), Length(max=REGISTER_LIMIT)],
        description=N_("From this day the Council has its terms: they cannot be changed afterwards."),
    )


class AgendaForm(CommandForm):
    """That it stands on the Council's agenda."""

    on = DateField(N_("Put on the agenda on"), [_DAY])
    reference = StringField(
        N_("Sitting and item"),
        [InputRequired(N_("Write which sitting.")), Length(max=LINE_LIMIT)],
        description=N_("Such as: sitting of 12 May, item 4."),
    )
    sitting = SelectField(N_("Sitting on this portal"), coerce=row_number, choices=[], validate_choice=False)


class DecideForm(CommandForm):
    """What the Council decided."""

    on = DateField(N_("Day of the decision"), [_DAY])
    answer = RadioField(
        N_("Outcome"), [InputRequired(_CHOOSE)], choices=[SelectChoice(one.value, words(one)) for one in Answer]
    )
    reason = TextAreaField(
        N_("Reasons of the Council"),
        [InputRequired(N_("Write the reasons.")), Length(max=TEXT_LIMIT)],
        description=N_("Everybody reads them."),
    )
    act = StringField(
        N_("Act of the Council"), [InputRequired(N_("Write number and date of the act.")), Length(max=LINE_LIMIT)]
    )


class WithdrawForm(CommandForm):
    """Take it back."""

    reason = TextAreaField(N_("Why it is taken back"), [InputRequired(N_("Write why.")), Length(max=5 * LINE_LIMIT)])


class BeginForm(CommandForm):
    """Begin a version of the document."""

    forum = SelectField(N_("Forum"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False)
    title = StringField(N_("Title"), [InputRequired(N_("Write a title.")), Length(max=TITLE_LIMIT)])


class HeadForm(CommandForm):
    """Title and preamble."""

    title = StringField(N_("Title"), [InputRequired(N_("Write a title.")), Length(max=TITLE_LIMIT)])
    preamble = TextAreaField(N_("Preamble"), [Optional(), Length(max=TEXT_LIMIT)])


class ItemForm(CommandForm):
    """A numbered item of the document."""

    title = StringField(N_("Title"), [InputRequired(N_("Write a title.")), Length(max=TITLE_LIMIT)])
    text = TextAreaField(N_("Text"), [InputRequired(N_("Write the text.")), Length(max=TEXT_LIMIT)])
    reason = TextAreaField(N_("Why"), [Optional(), Length(max=TEXT_LIMIT)])
    axis = SelectField(
        N_("Axis of the plan"),
        choices=[],
        validate_choice=False,
        description=N_("Where the plan should answer, as far as it can be said."),
    )


class MoveForm(CommandForm):
    """Give an item another place."""

    to = IntegerField(N_("New place"), [InputRequired(_CHOOSE), NumberRange(min=1, max=1000)])


class AdoptForm(CommandForm):
    """Adopt the version."""

    on = DateField(N_("Adopted on"), [_DAY])
    act = StringField(
        N_("Act of adoption"),
        [Optional(), Length(max=LINE_LIMIT)],
        description=N_("Such as: minutes n. 3 of the plenary. Not needed with the number of a vote."),
    )
    poll = _vote()


class CoverForm(CommandForm):
    """How far an action answers to an item, or why none does."""

    degree = RadioField(
        N_("The plan answers to this item"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(one.value, words(one)) for one in Degree],
    )
    action = SelectField(
        N_("Action"),
        coerce=row_number,
        choices=[],
        validate_choice=False,
        description=N_("None, if the item is not covered."),
    )
    reason = TextAreaField(
        N_("How, or why not"),
        [Optional(), Length(max=TEXT_LIMIT)],
        description=N_("Required unless the item is covered in full. Everybody reads it."),
    )


class UnsayForm(CommandForm):
    """Take back what was said of an action, or that none answers."""

    action = SelectField(N_("Action"), coerce=row_number, choices=[], validate_choice=False)


class CarryForm(CommandForm):
    """Say again what was said of another version."""

    source = SelectField(N_("Take over from"), [InputRequired(_CHOOSE)], choices=[], validate_choice=False)

    @property
    def versions(self) -> tuple[int, int]:
        """The version of the document, and that of the plan."""
        paper, _, plan = str(self.source.data or "").partition("-")
        return row_number(paper), row_number(plan)
