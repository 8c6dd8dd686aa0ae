"""Commands of the register: import a file, add or correct a body, say what is part of what."""

from __future__ import annotations

from wtforms import DateField, DecimalField, FileField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.forms.base import CommandForm
from portal.kernel.words import N_
from portal.territory.rules import NAME_LONGEST


class ImportForm(CommandForm):
    """A file of Comuni; in the second step it travels with the page, so that what was seen is what is imported."""

    file = FileField(
        N_("CSV file"),
        description=N_("UTF-8, separated by commas or semicolons, with the names of the columns in the first line."),
    )
    content = HiddenField()
    source = StringField(
        N_("Source of the figures"),
        [InputRequired(N_("Say where the figures come from.")), Length(max=200)],
        description=N_("It is shown beside every population, such as: ISTAT, census 2011."),
    )
    date = DateField(
        N_("Day on which they were true"), [InputRequired(N_("Choose the reference date of the figures."))]
    )
    population = StringField(
        N_("Column of the population"),
        [Length(max=100)],
        description=N_("Needed only if the file has several, such as: pop_census_2011."),
    )
    kind = SelectField(N_("What the rows are"))


class BodyForm(CommandForm):
    """Add or correct a body."""

    kind = SelectField(N_("Kind of body"))
    name = StringField(N_("Name"), [InputRequired(N_("Write the name.")), Length(max=NAME_LONGEST)])
    istat_code = StringField(N_("ISTAT code"), [Length(max=6)], description=N_("Six digits; a Comune needs it."))
    cadastral_code = StringField(N_("Cadastral code"), [Length(max=4)], description=N_("A letter and three digits."))
    ipa_code = StringField(N_("IPA code"), [Length(max=20)], description=N_("Of the index of public administrations."))
    forum_category = SelectField(
        N_("Family of the Forum"),
        description=N_("Only for organisations of the Forum (Statute, art. 6)."),
    )
    parent = SelectField(N_("Part of the Comune"), coerce=int, description=N_("Only for a Municipalità."))
    lat = DecimalField(N_("Latitude"), [Optional(), NumberRange(-90, 90)], description=N_("Such as: 40.8359."))
    lon = DecimalField(N_("Longitude"), [Optional(), NumberRange(-180, 180)], description=N_("Such as: 14.2488."))
    ended_on = DateField(
        N_("Exists until"), [Optional()], description=N_("Only if it was dissolved or merged with another.")
    )


class JoinForm(CommandForm):
    """Say that a Comune is part of an Unione or zone."""

    member = SelectField(N_("Comune"), coerce=int)
    starts_on = DateField(N_("First day"), [InputRequired(N_("Choose the first day."))])
    ends_on = DateField(
        N_("Last day"), [Optional()], id="join-ends-on", description=N_("Leave it empty while it is part of it.")
    )


class LeaveForm(CommandForm):
    """Say on which day a Comune is part of a group for the last time."""

    ends_on = DateField(N_("Last day"), [InputRequired(N_("Choose the last day."))])
