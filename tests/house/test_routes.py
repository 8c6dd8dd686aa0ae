"""Every address has a permission; every permission belongs to somebody."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.kernel.permissions import TABLE, Permission, offices_granted

pytestmark = pytest.mark.once

FOR_ANYBODY = {Permission.PUBLIC_READ, Permission.SIGNED_IN}


def test_every_address_asks_for_a_permission(app: Flask) -> None:
    open_by_mistake = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and not isinstance(getattr(app.view_functions[rule.endpoint], "access", None), Permission)
    ]
    assert open_by_mistake == []


def test_what_changes_something_is_never_open_to_everybody(app: Flask) -> None:
    allowed = {
        "comments.verify",
        "accounts.sign_in",
        "accounts.sign_out",
        "accounts.use_link",
        "conferences.enter",  # the one-time address of an accreditation is the proof
        "accounts.send_link",
        "accounts.password",
        "mailbox.stop",  # the seal in the address is the proof
        "forum.join",  # anybody may ask; nothing is read before the address is confirmed
        "forum.confirm",  # the personal address of a request to join is the proof, here and below
        "forum.answer",
        "forum.withdraw",
    }
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
        and getattr(app.view_functions[rule.endpoint], "access", None) is Permission.PUBLIC_READ
    }
    assert found <= allowed


def test_the_table_knows_every_permission() -> None:
    assert set(TABLE) == set(Permission)


@pytest.mark.parametrize("permission", sorted(set(Permission) - FOR_ANYBODY))
def test_is_granted_to_somebody(permission: Permission) -> None:
    assert offices_granted(permission)


@pytest.mark.parametrize("permission", sorted(set(Permission) - FOR_ANYBODY))
def test_is_asked_for_somewhere(permission: Permission, sources: str) -> None:
    asked = f"Permission.{permission.name}" in sources
    assert asked


def test_addresses_are_italian_and_plain(app: Flask) -> None:
    english = {"login", "logout", "comments", "plan", "bodies", "new", "edit", "delete", "list", "search", "export"}
    words = {
        word: rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not rule.rule.startswith("/api/")
        for word in rule.rule.strip("/").split("/")
    }
    assert {rule for word, rule in words.items() if word in english} == set()
    assert [rule for word, rule in words.items() if word != word.lower() or "_" in word.split("<")[0]] == []
