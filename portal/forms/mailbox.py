"""Commands of one's own mail: how often to hear of what the law does not owe."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from portal.accounts.rules import Pace
from portal.forms.base import CommandForm
from portal.forms.labels import words
from portal.kernel.words import N_

LINES = {
    Pace.AT_ONCE.value: N_("A message as soon as another body writes, or an answer is published."),
    Pace.DAILY.value: N_("One message in the morning, and none on days without news."),
    Pace.NEVER.value: N_("You find everything on the pages of the actions all the same."),
}


class PaceForm(CommandForm):
    """Choose how often to hear of the actions one's body has spoken of."""

    news = RadioField(
        N_("News of the actions your body has spoken of"),
        choices=[SelectChoice(pace.value, words(pace)) for pace in Pace],
        validators=[InputRequired(N_("Choose how often."))],
    )

    @property
    def pace(self) -> Pace:
        """What was chosen."""
        return Pace(self.news.data)
