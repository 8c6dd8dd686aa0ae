"""Every page of the portal, by domain."""

from __future__ import annotations

from flask import Blueprint

from portal.web import (
    accounts,
    admission,
    comments,
    consultations,
    data,
    drafting,
    jobs,
    journal,
    mailbox,
    moderation,
    outbox,
    people,
    plan,
    profile,
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
    search.bp,
    data.bp,
    journal.bp,
    jobs.bp,
    mailbox.bp,
    outbox.bp,
)
