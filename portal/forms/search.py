"""What somebody looks for, and where."""

from __future__ import annotations

from wtforms import Form, SearchField, SelectField, StringField

from portal.kernel.words import N_


class SearchForm(Form):
    """A question with what narrows it; each filter is empty for everything. Choices are given by the view."""

    q = SearchField(N_("Words to look for"), description=N_("Several words: all of them. In quotes: the exact phrase."))
    kind = SelectField(N_("Kind of remark"), choices=[], validate_choice=False)
    body = SelectField(N_("Body"), choices=[], validate_choice=False)
    action = StringField(N_("Action or section"), description="")
    consultation = SelectField(N_("Consultation"), choices=[], validate_choice=False)
