"""Every page of the portal, by domain."""

from __future__ import annotations

from flask import Blueprint

from portal.web import (
    accounts,
    admission,
    comments,
    conferences,
    consultations,
    data,
    drafting,
    feeds,
    jobs,
    journal,
    live,
    mailbox,
    moderation,
    outbox,
    people,
    plan,
    profile,
    records,
    search,
    site,
    territory,
    uploads,
    voting,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    site.bp,
    accounts.bp,
    profile.bp,
    people.bp,
    territory.bp,
    plan.bp,
    consultations.bp,
    comments.bp,
    uploads.bp,
    moderation.bp,
    admission.bp,
    drafting.bp,
    voting.bp,
    conferences.bp,
    search.bp,
    feeds.bp,
    data.bp,
    records.bp,
    journal.bp,
    jobs.bp,
    live.bp,
    mailbox.bp,
    outbox.bp,
)
