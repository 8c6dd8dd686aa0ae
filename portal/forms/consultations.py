"""Commands on consultations: open, extend, conclude."""

from __future__ import annotations

import re
from datetime import time

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)  # fmt: skip
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from portal.comments.rules import Admission
from portal.comments.term import USUAL_DAYS
from portal.forms.base import CommandForm, options, row_number
from portal.forms.labels import words
from portal.kernel.offices import COMMENTING_KINDS, BodyKind
from portal.kernel.words import N_

LAST_SECOND = time(23, 59, 59)
_TIMES = ["%H:%M:%S", "%H:%M"]
_INSTANTS = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class SecondsInput(TimeInput):
    """A field for hours, minutes and seconds."""

    validation_attrs = ["required", "disabled", "max", "min", "step"]


def _deadline() -> DateField:
    return DateField(N_("Last day"), validators=[InputRequired(N_("Say on which day it ends."))])


def _hour() -> TimeField:
    return TimeField(
        N_("Hour, in Rome"),
        format=_TIMES,
        default=LAST_SECOND,
        validators=[InputRequired(N_("Say at which hour it ends."))],
        widget=SecondsInput(),
        render_kw={"step": "1"},
        description=N_("The deadline counts to the second: what arrives later is received as late and listed."),
    )


class OpenConsultation(CommandForm):
    """All that the secretariat decides when it opens a consultation."""

    title = StringField(N_("Title"), validators=[InputRequired(N_("Give it a title.")), Length(max=300)])
    opens_at = DateTimeLocalField(
        N_("Opens on"), format=_INSTANTS, validators=[Optional()], description=N_("Leave it empty to open now.")
    )
    deadline_day = _deadline()
    deadline_at = _hour()
    short_confirmed = BooleanField(N_("Less than 28 days are meant"))
    admission = RadioField(
        N_("When the secretariat decides on admission"),
        choices=options((a.value, words(a)) for a in Admission),
        default=Admission.AFTER.value,
    )
    working_days = IntegerField(
        N_("Working days for deciding, if before publication"),
        default=USUAL_DAYS,
        validators=[Optional()],
        description=N_("Days in which the author is asked something do not count; what is overdue is told in public."),
    )
    patron_day = StringField(
        N_("Patron’s day of the city"),
        validators=[Length(max=10)],
        description=N_("Day and month, such as 19/09: the offices are closed. National holidays are known."),
    )
    body_kinds = SelectMultipleField(
        N_("Who can comment"),
        choices=options((k.value, words(k)) for k in BodyKind if k in COMMENTING_KINDS),
        default=[k.value for k in BodyKind if k in COMMENTING_KINDS],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    snapshot = SelectField(
        N_("Population it counts with"),
        coerce=row_number,
        choices=[],
        validate_choice=False,
        description=N_("The figures are frozen when the consultation opens."),
    )
    rules_text = TextAreaField(
        N_("Rules of behaviour"), validators=[InputRequired(N_("Write the rules.")), Length(max=30_000)]
    )
    notice_text = TextAreaField(
        N_("Notice on personal data"), validators=[InputRequired(N_("Write the notice.")), Length(max=30_000)]
    )

    @property
    def patron(self) -> str:
        """The day as it is kept, month first; what cannot be read stays as it was written, and is refused."""
        found = re.fullmatch(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*", str(self.patron_day.data or ""), re.ASCII)
        return f"{int(found[2]):02}-{int(found[1]):02}" if found else str(self.patron_day.data or "").strip()


class ExtendConsultation(CommandForm):
    """A later deadline, and why."""

    deadline_day = _deadline()
    deadline_at = _hour()
    reason = TextAreaField(
        N_("Reason"),
        validators=[InputRequired(N_("Say why more time is given.")), Length(max=2_000)],
        description=N_("Everybody reads it on the page of the consultation."),
    )


class ConcludeConsultation(CommandForm):
    """The words of the closing report; its figures are counted."""

    report_text = TextAreaField(
        N_("What the report says beside its figures"),
        validators=[Length(max=20_000)],
        description=N_("For example meetings held, requests to the bodies, what happens next."),
    )
    confirmed = BooleanField(
        N_("I conclude the consultation"), description=N_("From then on nothing more is received, not even late.")
    )
