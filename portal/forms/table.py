"""Commands of the table of a sitting: write a remark, call one up, ask what bodies say, answer, tie a vote."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, InputRequired, Length

from portal.comments.passages import read as read_passages
from portal.comments.points import OBSERVATION_LIMIT, PROPOSED_LIMIT, REASONS_LIMIT, Point
from portal.comments.rules import CommentKind
from portal.conferences.table.rules import QUESTION_LIMIT, Stance
from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_

LIMITS = {"observation": OBSERVATION_LIMIT, "proposed_text": PROPOSED_LIMIT, "reasons": REASONS_LIMIT}


class RemarkForm(CommandForm):
    """Make a remark in the sitting; `client_key` stays the same when the same page is sent again."""

    item = HiddenField()
    action = HiddenField()
    paragraph = HiddenField()
    client_key = HiddenField()
    kind = RadioField(
        N_("What do you want to say?"),
        choices=[SelectChoice(kind.value, words(kind)) for kind in CommentKind],
        validators=[InputRequired(N_("Choose one of these."))],
    )
    observation = TextAreaField(N_("Observation"), [InputRequired(N_("Write the observation."))])
    proposed_text = TextAreaField(
        N_("Proposed text"), description=N_("For a change: the text as it should read, in the place of what you chose.")
    )
    reasons = TextAreaField(N_("Reasons"))
    passages = SelectMultipleField(N_("Sentences of the text"), validate_choice=False)

    @property
    def point(self) -> Point:
        """What was written, for the verb."""
        return Point(
            CommentKind(self.kind.data),
            self.observation.data or "",
            self.proposed_text.data or "",
            self.reasons.data or "",
            (),
            read_passages(self.passages.data or ()),
        )

    @property
    def item_id(self) -> int:
        """The item of the agenda."""
        return row_number(self.item.data)

    @property
    def action_id(self) -> int | None:
        """The action it speaks of, if any."""
        return row_number(self.action.data) or None


class CallForm(CommandForm):
    """Bring a remark that was sent before into the sitting."""

    number = StringField(
        N_("Number of the remark"),
        [InputRequired(N_("Write the number of the remark."))],
        description=N_("Such as 127."),
    )
    item = HiddenField()

    @property
    def wanted(self) -> tuple[int, int]:
        """Item and number."""
        return row_number(self.item.data), row_number(str(self.number.data or "").strip())


class RoundForm(CommandForm):
    """Ask the bodies what they say of an action."""

    item = HiddenField()
    action = SelectField(N_("Action"), coerce=row_number, validate_choice=False)
    question = StringField(
        N_("Question"),
        [Length(max=QUESTION_LIMIT)],
        description=N_("If you want to say more than the title of the action."),
    )
    visible = BooleanField(N_("Show each answer at once, not only when the round is closed"))


class StanceForm(CommandForm):
    """Say it for a seat; `seat` is filled in at the desk."""

    stance = RadioField(
        N_("What does your body say?"),
        choices=[SelectChoice(stance.value, words(stance)) for stance in Stance],
        validators=[InputRequired(N_("Choose one of these.")), AnyOf([stance.value for stance in Stance])],
    )
    seat = HiddenField()

    @property
    def chosen(self) -> Stance:
        """The answer."""
        return Stance(str(self.stance.data))

    @property
    def seat_number(self) -> int:
        """The seat it is recorded for."""
        return row_number(self.seat.data)


class TieForm(CommandForm):
    """Put a vote that was prepared to an item."""

    poll: Any = SelectField(
        N_("Vote that was prepared"),
        coerce=row_number,
        validate_choice=False,
        validators=[InputRequired(N_("Choose a vote."))],
    )
    item = HiddenField()
