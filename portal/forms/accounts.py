"""Commands of people: sign in, choose a password, correct one's data, grant and end mandates."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from portal.accounts.rules import ACT_LONGEST, EMAIL_LONGEST, NAME_LONGEST, PASSWORD_LONGEST
from portal.forms.base import CommandForm
from portal.kernel.words import N_

LANGUAGES = [SelectChoice("it", "Italiano"), SelectChoice("en", "English")]
SAID = {
    "corrected": N_("The data were corrected."),
    "password_set": N_("The password was saved, and all your other sessions were ended."),
    "password_removed": N_("The password was removed: from now on you sign in with a link."),
    "session_ended": N_("The session was ended."),
    "others_ended": N_("All your other sessions were ended."),
    "erased": N_("Your data were erased and you have been signed out."),
    "granted": N_("The mandate was recorded."),
    "ended": N_("The end of the mandate was recorded."),
}
_EMAIL = [InputRequired(N_("Write your e-mail address.")), Length(max=EMAIL_LONGEST)]


class LinkForm(CommandForm):
    """Have a sign-in link sent."""

    email = EmailField(
        N_("E-mail address"), _EMAIL, description=N_("The one that the secretariat or your body has registered.")
    )


class EnterForm(CommandForm):
    """Sign in with a password."""

    email = EmailField(N_("E-mail address"), _EMAIL, id="enter-email")
    password = PasswordField(N_("Password"), [InputRequired(N_("Write the password."))])


class NoticeForm(CommandForm):
    """Say that the privacy notice was read."""

    read = BooleanField(
        N_("I have read how my data are used"), [InputRequired(N_("Read the notice and tick the box to go on."))]
    )


class OwnDataForm(CommandForm):
    """Correct one's own data."""

    name = StringField(
        N_("Name and surname"),
        [InputRequired(N_("Write a name.")), Length(max=NAME_LONGEST)],
        description=N_("Colleagues and the secretariat see it. Acts you do for a body are published under the body."),
    )
    language = SelectField(N_("Language of pages and mail"), choices=LANGUAGES)


class PasswordForm(CommandForm):
    """Choose or change the password."""

    current = PasswordField(N_("Present password"), [Length(max=PASSWORD_LONGEST)])
    password = PasswordField(
        N_("New password"),
        [InputRequired(N_("Write a new password."))],
        description=N_("At least 12 characters. Four unrelated words are easy to remember and hard to guess."),
    )


class RemovePasswordForm(CommandForm):
    """Go back to signing in by link only."""

    current = PasswordField(N_("Present password"), [InputRequired(N_("Write the password."))], id="remove-current")


class EraseForm(CommandForm):
    """Erase one's own data."""

    sure = BooleanField(
        N_("I have understood that this cannot be undone"), [InputRequired(N_("Tick the box if you are sure."))]
    )


class PersonForm(CommandForm):
    """The secretariat corrects a person."""

    name = StringField(N_("Name and surname"), [InputRequired(N_("Write a name.")), Length(max=NAME_LONGEST)])
    email = EmailField(
        N_("E-mail address"),
        [InputRequired(N_("Write an e-mail address.")), Length(max=EMAIL_LONGEST)],
        description=N_("If it changes, open sessions and links sent to the old address end."),
    )
    language = SelectField(N_("Language of pages and mail"), choices=LANGUAGES)


class GrantForm(CommandForm):
    """Grant a mandate."""

    email = EmailField(
        N_("E-mail address"),
        [InputRequired(N_("Write an e-mail address.")), Length(max=EMAIL_LONGEST)],
        description=N_("Who is already known is found by it; a personal address, not one that several people read."),
    )
    name = StringField(
        N_("Name and surname"),
        [Length(max=NAME_LONGEST)],
        description=N_("Needed for somebody who is not known yet."),
    )
    body = SelectField(N_("Body"), coerce=int)
    office = SelectField(N_("Office"))
    starts_on = DateField(N_("First day"), [InputRequired(N_("Choose the first day."))])
    ends_on = DateField(
        N_("Last day"), [Optional()], description=N_("Included. Leave it empty if the end is not known yet.")
    )
    act_reference = StringField(
        N_("Act that confers the office"),
        [Length(max=ACT_LONGEST)],
        description=N_("Such as: decree no. 12 of 3 March 2027."),
    )


class EndForm(CommandForm):
    """End a mandate."""

    when = RadioField(
        N_("When does it end"),
        choices=[SelectChoice("now", N_("At once")), SelectChoice("day", N_("On a day"))],
        validators=[InputRequired(N_("Choose when."))],
    )
    ends_on = DateField(
        N_("Last day"), [Optional()], description=N_("Included: access is over from the day after, in Rome.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A day is needed where a day was chosen."""
        valid = super().validate(extra_validators)
        if self.when.data == "day" and self.ends_on.data is None and not self.ends_on.errors:
            self.ends_on.errors = [N_("Choose the last day.")]
            return False
        return valid
