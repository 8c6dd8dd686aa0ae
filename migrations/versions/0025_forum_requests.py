"""Requests to the Forum: terms, interruption, certificates, documents, answers of the Council.

What was drawn up, frozen or answered stays as it is, for the mayors' opinions as for those of the Forum.
"""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STEPS = (
    "tables_opened",
    "tables_closed",
    "drafting_begun",
    "amendments_opened",
    "text_frozen",
    "final_text_frozen",
    "voted",
    "adopted",
    "not_adopted",
    "no_quorum",
    "dissent_closed",
)
TABLES = (
    "forum_answer",
    "forum_document",
    "forum_step",
    "forum_withdrawal",
    "forum_interruption",
    "forum_term",
)

REFUSAL = "what was drawn up does not change"
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
FROZEN = "(SELECT frozen_at FROM opinion_text WHERE id = {}) IS NOT NULL"
# Table, what is done to a row of it, and when that is refused; nothing: always.
RULES = (
    ("opinion_text", "UPDATE", "OLD.frozen_at IS NOT NULL"),
    ("opinion_text", "DELETE", "OLD.frozen_at IS NOT NULL"),
    ("opinion_remark", "INSERT", FROZEN.format("NEW.text_id")),
    ("opinion_remark", "UPDATE", FROZEN.format("OLD.text_id")),
    ("opinion_remark", "DELETE", FROZEN.format("OLD.text_id")),
    ("opinion_document", "DELETE", ""),
    ("forum_document", "DELETE", ""),
    ("forum_answer", "UPDATE", ""),
    ("forum_answer", "DELETE", ""),
)
KNOWN = ("request_id", "number", "kind", "sha256", "drawn_at", "drawn_by_id")  # what a document is known by
SENT = {  # written once, by the transmission
    "opinion_document": ("transmitted_at", "transmitted_to", "transmitted_by"),
    "forum_document": ("transmitted_at", "transmitted_to", "register_number", "late"),
}


def _rewritten(table: str, differs: str) -> str:
    known = [f"NEW.{name} {differs} OLD.{name}" for name in KNOWN]
    known.append(f"CAST(NEW.content AS TEXT) {differs} CAST(OLD.content AS TEXT)")
    sent = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in SENT[table])
    return f"{' OR '.join(known)} OR (OLD.transmitted_at IS NOT NULL AND ({sent}))"


def _rules(differs: str) -> tuple[tuple[str, str, str], ...]:
    return (*RULES, *((table, "UPDATE", _rewritten(table, differs)) for table in SENT))


def upgrade() -> None:
    _make_terms()
    _make_documents()
    _guard()


def _make_terms() -> None:
    op.create_table(
        "forum_term",
        _request(),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("extra_days", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.CheckConstraint("days > 0", name=op.f("ck_forum_term_days")),
        sa.CheckConstraint("extra_days > 0", name=op.f("ck_forum_term_extra_days")),
        _of_request("forum_term"),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_term_forum_id_forum")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_forum_term")),
    )
    op.create_index(op.f("ix_forum_term_forum_id"), "forum_term", ["forum_id"], unique=False)
    op.create_index(op.f("ix_forum_term_due_at"), "forum_term", ["due_at"], unique=False)
    op.create_table(
        "forum_interruption",
        _request(),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer = '')", name=op.f("ck_forum_interruption_answered_with_words")
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR answered_at >= asked_at", name=op.f("ck_forum_interruption_in_order")
        ),
        _of_request("forum_interruption"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_forum_interruption_asked_by_id_person")),
        sa.ForeignKeyConstraint(
            ["registered_by_id"], ["person.id"], name=op.f("fk_forum_interruption_registered_by_id_person")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_forum_interruption")),
    )
    op.create_table(
        "forum_withdrawal",
        _request(),
        sa.Column("act_number", sa.String(length=60), nullable=False),
        sa.Column("act_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=False),
        _of_request("forum_withdrawal"),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_forum_withdrawal")),
    )
    op.create_table(
        "forum_step",
        _request(),
        sa.Column("step", _words("step", *STEPS), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        _of_request("forum_step"),
        sa.PrimaryKeyConstraint("request_id", "step", name=op.f("pk_forum_step")),
    )


def _make_documents() -> None:
    op.create_table(
        "forum_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _words("kind", "opinion", "certificate"), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("transmitted_at", Instant(), nullable=True),
        sa.Column("transmitted_to", sa.String(length=200), nullable=False),
        sa.Column("register_number", sa.String(length=60), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_forum_document_fingerprint")),
        sa.CheckConstraint(
            "(transmitted_at IS NULL) = (transmitted_to = '')", name=op.f("ck_forum_document_transmitted_to_somebody")
        ),
        sa.CheckConstraint(
            "(transmitted_at IS NULL) = (register_number = '')",
            name=op.f("ck_forum_document_transmitted_with_number"),
        ),
        _of_request("forum_document"),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_forum_document_drawn_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_document")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_forum_document_request_id_number")),
    )
    op.create_index(op.f("ix_forum_document_sha256"), "forum_document", ["sha256"], unique=False)
    op.create_table(
        "forum_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("remark_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", _words("outcome", "accepted", "partly", "not_accepted"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        _of_request("forum_answer"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_forum_answer_answered_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_answer")),
        sa.UniqueConstraint(
            "request_id", "remark_number", "version", name=op.f("uq_forum_answer_request_id_remark_number_version")
        ),
    )


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, act, when in _rules("IS NOT"):
            only = f"WHEN {when} " if when else ""
            op.execute(
                f"CREATE TRIGGER {_name(table, act)} BEFORE {act} ON {table} "
                f"{only}BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    for table, act, when in _rules("IS DISTINCT FROM"):
        name, row = _name(table, act), "OLD" if act == "DELETE" else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when or 'TRUE'} THEN {RAISED}; END IF; RETURN {row}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, _ in _rules("<>"):
        name = _name(table, act)
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for table in TABLES:
        op.drop_table(table)


def _name(table: str, act: str) -> str:
    return f"{table}_guarded_{act.lower()}"


def _request() -> sa.Column[int]:
    return sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False)


def _of_request(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_request_id_opinion_request")
    return sa.ForeignKeyConstraint(["request_id"], ["opinion_request.id"], name=name)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
