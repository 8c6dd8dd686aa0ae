"""Every group of console commands."""

from __future__ import annotations

import click

from portal.cli import (
    backup,
    comments,
    consultation,
    database,
    demo,
    files,
    forum,
    journal,
    mail,
    opinion,
    plan,
    poll,
    search,
    serve,
    sitting,
    territory,
    user,
)

COMMANDS: tuple[click.Command, ...] = (
    database.db_group,
    territory.territory,
    plan.plan,
    poll.poll,
    sitting.sitting,
    opinion.opinion,
    forum.forum,
    consultation.consultation,
    user.user,
    comments.comments,
    journal.journal,
    mail.mail,
    search.search,
    files.files,
    demo.demo,
    backup.backup,
    backup.restore,
    serve.serve,
    serve.live,
    serve.worker,
)
