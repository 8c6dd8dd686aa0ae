"""Every group of console commands."""

from __future__ import annotations

import click

from portal.cli import comments, database, journal, plan, territory, user

COMMANDS: tuple[click.Command, ...] = (
    database.db_group,
    territory.territory,
    plan.plan,
    user.user,
    comments.comments,
    journal.journal,
)
