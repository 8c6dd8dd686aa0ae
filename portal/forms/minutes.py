"""Commands of minutes: write in a section, sign, ask for a correction, approve, publish."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField, widgets
from wtforms.validators import InputRequired, Length, Optional

from portal.conferences.minutes.rules import CORRECTION_LIMIT, SECTION_LIMIT
from portal.conferences.rules import LINE_LIMIT
from portal.forms.base import CommandForm, row_number
from portal.kernel.words import N_


class SectionForm(CommandForm):
    """The text of a section, over the revision that was shown."""

    text = TextAreaField(
        N_("Text of the section"),
        [Optional(), Length(max=SECTION_LIMIT)],
        description=N_("An empty line begins a paragraph; lines that begin with a dash are a list."),
    )
    base = IntegerField(widget=widgets.HiddenInput())


class SignForm(CommandForm):
    """Sign the text that was shown."""

    seen = HiddenField()
    sure = BooleanField(N_("I have read the minutes, and sign them"), [InputRequired(N_("Tick the box to go on."))])


class CorrectionForm(CommandForm):
    """What somebody asks to be put right."""

    asked_by = StringField(
        N_("Who asks for it"),
        [InputRequired(N_("Say who asks for it.")), Length(max=LINE_LIMIT)],
        description=N_("Body and office, such as: Comune di Pozzo, the mayor."),
    )
    text = TextAreaField(
        N_("Correction asked for"),
        [InputRequired(N_("Write what is to be put right.")), Length(max=CORRECTION_LIMIT)],
        description=N_("It is added at the end of the minutes, and does not change what stands in them."),
    )


class ApproveForm(CommandForm):
    """The item of a later sitting under which the minutes were approved."""

    item = SelectField(
        N_("Approved under this item"),
        [InputRequired(N_("Choose the item."))],
        coerce=row_number,
        choices=[],
        validate_choice=False,
    )


class PublishForm(CommandForm):
    """Let everybody read them."""

    sure = BooleanField(
        N_("I have checked that the text names nobody who must not be named"),
        [InputRequired(N_("Tick the box to go on."))],
        description=N_(
            "Those who take part for a body are named with their office. Nothing about the health, the family or the "
            "money of anybody belongs here, nor what citizens wrote under their name."
        ),
    )
