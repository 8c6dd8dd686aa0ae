"""Commands about what a hall sees."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from portal.conferences.hall.rules import MESSAGE_LIMIT, Shows, Theme
from portal.forms.base import CommandForm, options
from portal.forms.labels import words
from portal.kernel.words import N_

LABEL_LIMIT = 100


class ShowForm(CommandForm):
    """Show this in a hall; which of the fields count depends on what is shown."""

    shows = SelectField(N_("What the hall sees"), choices=options((one.value, words(one)) for one in Shows))
    item = IntegerField(validators=[Optional()])
    action = IntegerField(validators=[Optional()])
    paragraph = StringField(N_("Paragraph"), [Length(max=60)])
    remark = IntegerField(N_("Number of the remark"), [Optional()])
    poll = IntegerField(validators=[Optional()])
    round = IntegerField(validators=[Optional()])
    message = StringField(N_("Message for the hall"), [Length(max=MESSAGE_LIMIT)])
    back = HiddenField()


class ThemeForm(CommandForm):
    """How a screen looks."""

    theme = SelectField(N_("Colours"), choices=options((one.value, words(one)) for one in Theme))
    back = HiddenField()


class HallForm(CommandForm):
    """The name of a hall."""

    label = StringField(
        N_("Name of the hall"), [InputRequired(N_("Write the name of the hall.")), Length(max=LABEL_LIMIT)]
    )
    back = HiddenField()


class PlainForm(CommandForm):
    """An act of one button."""

    back = HiddenField()
