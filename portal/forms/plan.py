"""Commands on plans: filter what one reads, import a file, publish a version."""

from __future__ import annotations

from wtforms import BooleanField, FileField, Form, HiddenField, SelectField

from portal.forms.base import CommandForm
from portal.kernel.words import N_


class PlanFilter(Form):
    """What of a plan to show; each field is empty for everything. Choices are given by the view."""

    goal = SelectField(N_("Goal of the Statute"), name="obiettivo", choices=[], validate_choice=False)
    lead = SelectField(N_("Responsible administration"), name="ente", choices=[], validate_choice=False)
    comune = SelectField(N_("Territory"), choices=[], validate_choice=False)
    priority = SelectField(N_("Priority"), name="priorita", choices=[], validate_choice=False)


class ImportPlan(CommandForm):
    """A plan file: chosen at first, carried along from the preview to the import."""

    file = FileField(
        N_("Plan file"), description=N_("A JSON file in the format parere-plan/1, at most 2 MB, encoded as UTF-8.")
    )
    content = HiddenField()


class PublishVersion(CommandForm):
    """Make a draft the public text."""

    confirmed = BooleanField(
        N_("I have read the draft and publish it"),
        description=N_("From then on the text never changes: corrections need a new version."),
    )
