"""Votes of the Forum on amendments and on its text; notes of dissent."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

REFUSAL = "sealed notes of dissent do not change"
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
SEALED = "(SELECT sealed_at FROM dissent_note WHERE id = {}) IS NOT NULL"
# Table, what is done to a row of it, and when that is refused.
RULES = (
    ("dissent_note", "UPDATE", "OLD.sealed_at IS NOT NULL"),
    ("dissent_note", "DELETE", "OLD.sealed_at IS NOT NULL"),
    ("dissent_signer", "INSERT", SEALED.format("NEW.note_id")),
    ("dissent_signer", "UPDATE", SEALED.format("OLD.note_id")),
    ("dissent_signer", "DELETE", SEALED.format("OLD.note_id")),
)
FAMILIES = (
    "productive_category",
    "trade_union",
    "professional_order",
    "functional_autonomy",
    "association",
    "third_sector",
)


def upgrade() -> None:
    """Bring the tables in."""
    _votes()
    _seats()
    _notes()
    _signers()
    _guard()


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _votes() -> None:
    op.create_table(
        "forum_vote",
        sa.Column("poll_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("result", _choice("result", "passed", "not_passed", "no_quorum"), nullable=True),
        sa.Column("carried_at", Instant(), nullable=True),
        sa.Column("dissent_until", Instant(), nullable=True),
        sa.Column("minority_numerator", sa.Integer(), nullable=False),
        sa.Column("minority_denominator", sa.Integer(), nullable=False),
        sa.CheckConstraint("call BETWEEN 1 AND 2", name=op.f("ck_forum_vote_call_range")),
        sa.CheckConstraint("length(text_sha256) = 64", name=op.f("ck_forum_vote_fingerprint")),
        sa.CheckConstraint("(closes_at IS NULL) = (opens_at IS NULL)", name=op.f("ck_forum_vote_term_is_whole")),
        sa.CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name=op.f("ck_forum_vote_term_in_order")),
        sa.CheckConstraint("sitting_id IS NULL OR closes_at IS NULL", name=op.f("ck_forum_vote_sitting_or_term")),
        sa.CheckConstraint("(carried_at IS NULL) = (result IS NULL)", name=op.f("ck_forum_vote_result_has_instant")),
        sa.CheckConstraint(
            "dissent_until IS NULL OR amendment_id IS NULL", name=op.f("ck_forum_vote_dissent_of_final_text")
        ),
        sa.CheckConstraint(
            "minority_numerator >= 1 AND minority_denominator >= minority_numerator",
            name=op.f("ck_forum_vote_minority_share"),
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_forum_vote_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_forum_vote_request_id_opinion_request")
        ),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendment.id"], name=op.f("fk_forum_vote_amendment_id_amendment")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_forum_vote_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_forum_vote")),
    )
    for column in ("request_id", "amendment_id", "sitting_id"):
        op.create_index(op.f(f"ix_forum_vote_{column}"), "forum_vote", [column])


def _seats() -> None:
    op.create_table(
        "forum_vote_seat",
        sa.Column("seat_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("category", _choice("category", *FAMILIES), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["poll_seat.id"], name=op.f("fk_forum_vote_seat_seat_id_poll_seat")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["forum_vote.poll_id"], name=op.f("fk_forum_vote_seat_poll_id_forum_vote")
        ),
        sa.PrimaryKeyConstraint("seat_id", name=op.f("pk_forum_vote_seat")),
    )
    op.create_index(op.f("ix_forum_vote_seat_poll_id"), "forum_vote_seat", ["poll_id"])


def _notes() -> None:
    op.create_table(
        "dissent_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("sealed_at", Instant(), nullable=True),
        sa.Column("is_minority", sa.Boolean(), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_dissent_note_fingerprint")),
        sa.CheckConstraint(
            "(sealed_at IS NULL) = (is_minority IS NULL)", name=op.f("ck_dissent_note_sealed_is_judged")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["forum_vote.poll_id"], name=op.f("fk_dissent_note_poll_id_forum_vote")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_dissent_note_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dissent_note_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_dissent_note_mandate_id_mandate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissent_note")),
        sa.UniqueConstraint("poll_id", "body_id", name=op.f("uq_dissent_note_poll_id_body_id")),
    )


def _signers() -> None:
    op.create_table(
        "dissent_signer",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["dissent_note.id"], name=op.f("fk_dissent_signer_note_id_dissent_note")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_dissent_signer_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dissent_signer_person_id_person")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_dissent_signer_mandate_id_mandate")),
        sa.PrimaryKeyConstraint("note_id", "body_id", name=op.f("pk_dissent_signer")),
    )


def _guard() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, when in RULES:
        name, row = _name(table, act), "OLD" if act == "DELETE" else "NEW"
        if on_sqlite:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN {RAISED}; END IF; RETURN {row}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    """Take them away again."""
    for table in ("dissent_signer", "dissent_note", "forum_vote_seat", "forum_vote"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for table, act, _ in RULES:
            op.execute(f"DROP FUNCTION {_name(table, act)}")


def _name(table: str, act: str) -> str:
    return f"{table}_sealed_{act.lower()}"
