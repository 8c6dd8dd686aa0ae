"""What all pages of votes share: the blueprint, and lists of choices in the reader's language."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import Blueprint
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import FieldList, FormField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

bp = Blueprint("voting", __name__)
Answer = str | Response | tuple[str, int]
FormT = TypeVar("FormT")


def spoken(form: FormT) -> FormT:
    """The form with the words of its drop-down lists in the reader's language."""
    fields: Any = form
    for field in fields:
        if isinstance(field, FieldList):
            for line in field:
                if isinstance(line, FormField):
                    spoken(line.form)
        elif type(field) is SelectField and field.choices:
            choices: Any = field.choices
            field.choices = [SelectChoice(choice.value, gettext(choice.label)) for choice in choices]
    return form
