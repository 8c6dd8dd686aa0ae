"""Commands about remarks: write, send, hand over, check a receipt."""

from __future__ import annotations

from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from portal.comments.passages import Passage
from portal.comments.passages import read as read_passages
from portal.comments.points import NOTE_LIMIT, OBSERVATION_LIMIT, PROPOSED_LIMIT, REASONS_LIMIT, Point
from portal.comments.rules import CommentKind
from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_

LIMITS = {"observation": OBSERVATION_LIMIT, "proposed_text": PROPOSED_LIMIT, "reasons": REASONS_LIMIT}


class PointForm(CommandForm):
    """One point of a draft, and where it stands."""

    kind = RadioField(
        N_("What do you want to say?"),
        choices=[SelectChoice(kind.value, words(kind)) for kind in CommentKind],
        validators=[InputRequired(N_("Choose one of these."))],
    )
    observation = TextAreaField(
        N_("Observation"), description=N_("What you have to say about this text, in plain words.")
    )
    proposed_text = TextAreaField(
        N_("Proposed text"),
        description=N_(
            "Write the text as it should read. The differences from the current one are shown to everybody."
        ),
    )
    reasons = TextAreaField(N_("Reasons"), description=N_("Why: facts, figures, experience of your territory."))
    territory = SelectMultipleField(
        N_("Comuni concerned"),
        coerce=row_number,
        validate_choice=False,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    passages = SelectMultipleField(N_("Passages of the text"), validate_choice=False)
    client_key = HiddenField()
    submission = HiddenField()
    revision = HiddenField(default="0")

    @property
    def point(self) -> Point:
        """What was written, for the verb."""
        return Point(
            CommentKind(self.kind.data),
            self.observation.data or "",
            self.proposed_text.data or "",
            self.reasons.data or "",
            tuple(self.territory.data or ()),
            read_passages(self.passages.data or ()),
        )

    @property
    def base_revision(self) -> int:
        """The revision that the window knew."""
        return whole(self.revision.data)

    @property
    def submission_id(self) -> int | None:
        """The draft that the point joins, if any."""
        return whole(self.submission.data) or None


class PassagesForm(CommandForm):
    """What else a point speaks of, among the paragraphs that were shown."""

    passages = SelectMultipleField(N_("Passages of the text"), validate_choice=False)
    among = SelectMultipleField(validate_choice=False)

    @property
    def chosen(self) -> tuple[Passage, ...]:
        """What was chosen there."""
        return read_passages(self.passages.data or ())


class SendForm(CommandForm):
    """Send or hand over the draft as it was reviewed."""

    revision = HiddenField()

    @property
    def reviewed(self) -> int | None:
        """The revision that was read before sending."""
        return whole(self.revision.data) or None


class NoteForm(CommandForm):
    """Give a draft back, and say why."""

    note = TextAreaField(
        N_("What should be changed"),
        description=N_("Only the people of your body read this."),
    )
    limit = NOTE_LIMIT


class CheckForm(CommandForm):
    """What somebody wants to check."""

    given = TextAreaField(
        N_("Code, fingerprint or content"),
        description=N_("For example K7QF-2M9D, the 64 digits of a fingerprint, or the downloaded file opened as text."),
        validators=[InputRequired(N_("Write what you want to check."))],
    )


class FilterForm(CommandForm):
    """Narrow the list of remarks."""

    kind = SelectField(N_("Kind"), validate_choice=False)
    body = SelectField(N_("Body"), validate_choice=False)
    action = StringField(N_("Action"), description="")
    outcome = SelectField(N_("Outcome"), validate_choice=False)
    state = SelectField(N_("State"), validate_choice=False)


def whole(text: Any) -> int:
    """What a hidden field says, zero if it is no number of a sensible size."""
    plain = str(text or "")
    return int(plain) if plain.isdecimal() and plain.isascii() and len(plain) < 10 else 0
