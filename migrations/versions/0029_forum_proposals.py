"""Proposals of the Forum to the Council, and its own document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

REFUSAL = "an adopted document does not change"
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
ADOPTED = "(SELECT adopted_at FROM forum_paper WHERE id = {}.paper_id) IS NOT NULL"
# Table, what is done to a row of it, and when that is refused.
RULES = (
    ("forum_paper", "UPDATE", "OLD.adopted_at IS NOT NULL"),
    ("forum_paper", "DELETE", "OLD.adopted_at IS NOT NULL"),
    ("forum_paper_item", "INSERT", ADOPTED.format("NEW")),
    ("forum_paper_item", "UPDATE", f"{ADOPTED.format('OLD')} OR {ADOPTED.format('NEW')}"),
    ("forum_paper_item", "DELETE", ADOPTED.format("OLD")),
)


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Bring the tables in; what was adopted is guarded by the database itself."""
    _proposals()
    _papers()
    for table, act, when in RULES:
        _guard(table, act, when)


def downgrade() -> None:
    """Take them away again."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, _ in RULES:
        name = _name(table, act)
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for table in (
        "forum_coverage",
        "forum_paper_item",
        "forum_paper",
        "forum_proposal_support",
        "forum_proposal",
    ):
        op.drop_table(table)


def _proposals() -> None:
    op.create_table(
        "forum_proposal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer()),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("written_by_id", sa.Integer()),
        sa.Column("approved_at", Instant()),
        sa.Column("approved_by_id", sa.Integer()),
        sa.Column("poll_id", sa.Integer()),
        sa.Column("sent_on", sa.Date()),
        sa.Column("sent_register", sa.String(60), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("agenda_months", sa.Integer()),
        sa.Column("decision_months", sa.Integer()),
        sa.Column("agenda_on", sa.Date()),
        sa.Column("agenda_reference", sa.String(200), nullable=False),
        sa.Column("agenda_sitting_id", sa.Integer()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("answer", _enum("answer", "accepted", "partly", "not_accepted")),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("decision_act", sa.String(200), nullable=False),
        sa.Column("withdrawn_at", Instant()),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        _check("forum_proposal", "length(text_hash) = 64", "fingerprint"),
        _check("forum_proposal", "(sent_on IS NULL) = (sent_register = '')", "sent_with_number"),
        _check("forum_proposal", "(sent_on IS NULL) = (agenda_months IS NULL)", "sent_has_terms"),
        _check("forum_proposal", "sent_on IS NULL OR approved_at IS NOT NULL", "approved_before_sent"),
        _check("forum_proposal", "agenda_on IS NULL OR sent_on IS NOT NULL", "sent_before_agenda"),
        _check("forum_proposal", "decided_on IS NULL OR agenda_on IS NOT NULL", "agenda_before_decision"),
        _check("forum_proposal", "(decided_on IS NULL) = (answer IS NULL)", "decision_is_whole"),
        _check("forum_proposal", "decided_on IS NULL OR withdrawn_at IS NULL", "one_ending"),
        _foreign("forum_proposal", "forum_id", "forum"),
        _foreign("forum_proposal", "body_id", "body"),
        _foreign("forum_proposal", "written_by_id", "person"),
        _foreign("forum_proposal", "approved_by_id", "person"),
        _foreign("forum_proposal", "poll_id", "poll"),
        _foreign("forum_proposal", "agenda_sitting_id", "sitting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_proposal")),
    )
    op.create_index(op.f("ix_forum_proposal_forum_id"), "forum_proposal", ["forum_id"])
    op.create_index(op.f("ix_forum_proposal_body_id"), "forum_proposal", ["body_id"])
    op.create_table(
        "forum_proposal_support",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        _foreign("forum_proposal_support", "proposal_id", "forum_proposal"),
        _foreign("forum_proposal_support", "body_id", "body"),
        _foreign("forum_proposal_support", "person_id", "person"),
        sa.PrimaryKeyConstraint("proposal_id", "body_id", name=op.f("pk_forum_proposal_support")),
    )
    op.create_index(op.f("ix_forum_proposal_support_body_id"), "forum_proposal_support", ["body_id"])


def _papers() -> None:
    op.create_table(
        "forum_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("preamble", sa.Text(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("begun_by_id", sa.Integer()),
        sa.Column("adopted_on", sa.Date()),
        sa.Column("adopted_at", Instant()),
        sa.Column("act", sa.String(200), nullable=False),
        sa.Column("poll_id", sa.Integer()),
        sa.Column("sha256", sa.String(64)),
        _check("forum_paper", "(adopted_at IS NULL) = (sha256 IS NULL)", "adopted_has_fingerprint"),
        _check("forum_paper", "(adopted_at IS NULL) = (adopted_on IS NULL)", "adopted_has_day"),
        _check("forum_paper", "adopted_at IS NULL OR act <> '' OR poll_id IS NOT NULL", "adopted_by_something"),
        _foreign("forum_paper", "forum_id", "forum"),
        _foreign("forum_paper", "begun_by_id", "person"),
        _foreign("forum_paper", "poll_id", "poll"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_paper")),
        sa.UniqueConstraint("forum_id", "number", name=op.f("uq_forum_paper_forum_id_number")),
    )
    _unique_where("uq_forum_paper_open", "forum_paper", ["forum_id"], "adopted_at IS NULL")
    op.create_table(
        "forum_paper_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("axis_code", sa.String(40), nullable=False),
        sa.Column("axis_title", sa.String(300), nullable=False),
        _foreign("forum_paper_item", "paper_id", "forum_paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_paper_item")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_forum_paper_item_paper_id_number")),
        sa.UniqueConstraint("paper_id", "key", name=op.f("uq_forum_paper_item_paper_id_key")),
    )
    op.create_table(
        "forum_coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer()),
        sa.Column("degree", _enum("degree", "covered", "partly", "not_covered"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("said_by_id", sa.Integer()),
        _check("forum_coverage", "(degree = 'not_covered') = (action_id IS NULL)", "degree_fits"),
        _check("forum_coverage", "degree = 'covered' OR reason <> ''", "reason_given"),
        _foreign("forum_coverage", "item_id", "forum_paper_item"),
        _foreign("forum_coverage", "version_id", "plan_version"),
        _foreign("forum_coverage", "action_id", "plan_action"),
        _foreign("forum_coverage", "said_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_coverage")),
        sa.UniqueConstraint("item_id", "action_id", name=op.f("uq_forum_coverage_item_id_action_id")),
    )
    op.create_index(op.f("ix_forum_coverage_version_id"), "forum_coverage", ["version_id"])
    op.create_index(op.f("ix_forum_coverage_action_id"), "forum_coverage", ["action_id"])
    _unique_where("uq_forum_coverage_none", "forum_coverage", ["item_id", "version_id"], "action_id IS NULL")


def _check(table: str, condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _unique_where(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=only, postgresql_where=only)


def _guard(table: str, act: str, when: str) -> None:
    name = _name(table, act)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    row = "OLD" if act == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN {RAISED}; END IF; RETURN {row}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _name(table: str, act: str) -> str:
    return f"{table}_guarded_{act.lower()}"
