"""Every group of console commands."""

from __future__ import annotations

import click

from portal.cli import (
    backup,
    comments,
    consultation,
    database,
    demo,
    journal,
    mail,
    plan,
    poll,
    search,
    serve,
    territory,
    user,
)

COMMANDS: tuple[click.Command, ...] = (
    database.db_group,
    territory.territory,
    plan.plan,
    poll.poll,
    consultation.consultation,
    user.user,
    comments.comments,
    journal.journal,
    mail.mail,
    search.search,
    demo.demo,
    backup.backup,
    backup.restore,
    serve.serve,
    serve.live,
    serve.worker,
)
