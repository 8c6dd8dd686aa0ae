"""Commands on plans: filter what one reads, import a file, publish a version."""

from __future__ import annotations

from wtforms import BooleanField, FileField, Form, HiddenField, SelectField, StringField

from portal.forms.base import CommandForm, row_number
from portal.kernel.words import N_
from portal.plan.outline import Choices, Lists, Tables

KEEP, DROP = "keep", "drop"


class PlanFilter(Form):
    """What of a plan to show; each field is empty for everything. Choices are given by the view."""

    goal = SelectField(N_("Goal of the Statute"), name="obiettivo", choices=[], validate_choice=False)
    lead = SelectField(N_("Responsible administration"), name="ente", choices=[], validate_choice=False)
    comune = SelectField(N_("Territory"), choices=[], validate_choice=False)
    priority = SelectField(N_("Priority"), name="priorita", choices=[], validate_choice=False)


class ImportPlan(CommandForm):
    """A plan file: chosen at first, carried along from the preview to the import, with how it is to be read."""

    READING = ("plan", "title", "body", "action_level", "lists", "tables", "facts")
    DEEPEST = 9

    file = FileField(
        N_("Plan file"),
        description=N_(
            "A Word document (.docx, at most 12 MB), Markdown, or JSON in the format parere-plan/1 (at most 2 MB)."
        ),
    )
    content = HiddenField()
    coding = HiddenField()  # base64 where the content is no text
    name = HiddenField()
    seen = HiddenField()  # the choices that the preview was made with
    plan = SelectField(N_("It is the next version of"), choices=[], validate_choice=False)
    title = StringField(N_("Title of the plan"), description=N_("Empty: the title that the document gives."))
    body = StringField(N_("Administration"), description=N_("Empty: the one that the document gives, or ours."))
    action_level = SelectField(N_("Which headings are actions"), coerce=row_number, choices=[], validate_choice=False)
    lists = SelectField(N_("Lists"), choices=[], validate_choice=False)
    tables = SelectField(N_("Tables"), choices=[], validate_choice=False)
    facts = SelectField(N_("Data of the actions"), choices=[], validate_choice=False)

    @property
    def choices(self) -> Choices:
        """How the document is to be read; what a field does not say, or says in an unknown way, is found out."""
        return Choices(
            plan=str(self.plan.data or "")[:80],
            title=str(self.title.data or "")[:300],
            body=str(self.body.data or "")[:400],
            action_level=min(int(self.action_level.data or 0), self.DEEPEST),
            lists=Lists.EACH if self.lists.data == Lists.EACH else Lists.TOGETHER,
            tables=Tables.LEAVE if self.tables.data == Tables.LEAVE else Tables.TEXT,
            facts=self.facts.data != DROP,
        )

    @property
    def mark(self) -> str:
        """The choices as they are carried, to tell whether they changed since the preview."""
        return str(self.choices)


class PublishVersion(CommandForm):
    """Make a draft the public text."""

    confirmed = BooleanField(
        N_("I have read the draft and publish it"),
        description=N_("From then on the text never changes: corrections need a new version."),
    )
