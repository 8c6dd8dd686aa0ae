"""The Forum’s text: sections, their wordings, amendments and their signers; what is frozen does not change."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

REFUSAL = "a frozen text of the forum does not change"
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
TABLES = ("forum_text", "forum_section", "forum_source", "amendment", "amendment_signer", "forum_wording")
TEXT = "EXISTS (SELECT 1 FROM forum_text t WHERE t.request_id = {} AND t.{} IS NOT NULL)"
OF_SECTION = (
    "EXISTS (SELECT 1 FROM forum_text t JOIN forum_section s ON s.request_id = t.request_id "
    "WHERE s.id = {} AND t.{} IS NOT NULL)"
)
OF_AMENDMENT = (
    "EXISTS (SELECT 1 FROM forum_text t JOIN amendment a ON a.request_id = t.request_id "
    "WHERE a.id = {} AND t.{} IS NOT NULL)"
)
# Table, what is done to a row of it, and when that is refused; nothing: always.
RULES = (
    ("forum_text", "DELETE", "OLD.opened_at IS NOT NULL"),
    ("forum_section", "INSERT", TEXT.format("NEW.request_id", "final_at")),
    ("forum_section", "UPDATE", TEXT.format("OLD.request_id", "final_at")),
    ("forum_section", "DELETE", TEXT.format("OLD.request_id", "opened_at")),
    ("forum_source", "INSERT", OF_SECTION.format("NEW.section_id", "frozen_at")),
    ("forum_source", "UPDATE", ""),
    ("forum_source", "DELETE", OF_SECTION.format("OLD.section_id", "opened_at")),
    (
        "forum_wording",
        "INSERT",
        f"{OF_SECTION.format('NEW.section_id', 'final_at')} "
        f"OR (NEW.amendment_id IS NULL AND {OF_SECTION.format('NEW.section_id', 'opened_at')})",
    ),
    ("forum_wording", "UPDATE", ""),
    ("forum_wording", "DELETE", ""),
    ("amendment", "INSERT", TEXT.format("NEW.request_id", "frozen_at")),
    ("amendment", "DELETE", ""),
    ("amendment_signer", "INSERT", OF_AMENDMENT.format("NEW.amendment_id", "frozen_at")),
    ("amendment_signer", "UPDATE", ""),
    ("amendment_signer", "DELETE", OF_AMENDMENT.format("OLD.amendment_id", "frozen_at")),
)
BASE = ("opened_at", "base_sha256")  # fixed once amendments were opened
FILED = ("number", "section_id", "kind", "apart", "filed_revision", "filed_text", "body_id", "reason", "why")


def _rules(differs: str) -> tuple[tuple[str, str, str], ...]:
    """Those that ask whether something changed are written as each database says it."""
    base = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in BASE)
    frozen = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in ("closes_at", "frozen_at", "frozen_sha256"))
    filed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in FILED)
    text = (
        f"OLD.final_at IS NOT NULL OR (OLD.opened_at IS NOT NULL AND ({base})) "
        f"OR (OLD.frozen_at IS NOT NULL AND ({frozen}))"
    )
    amended = f"{TEXT.format('OLD.request_id', 'final_at')} OR {filed}"
    return (*RULES, ("forum_text", "UPDATE", text), ("amendment", "UPDATE", amended))


def upgrade() -> None:
    _tables()
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
    for table, act, _ in _rules(""):
        name = _name(table, act)
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for table in reversed(TABLES):
        op.drop_table(table)


def _name(table: str, act: str) -> str:
    return f"{table}_guarded_{act.lower()}"


def _tables() -> None:
    op.create_table(
        "forum_text",
        sa.Column("request_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rapporteur_id", sa.Integer(), nullable=False),
        sa.Column("rapporteur_body_id", sa.Integer(), nullable=False),
        sa.Column("named_at", Instant(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "favourable",
                "favourable_with_remarks",
                "contrary",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("base_sha256", sa.String(length=64), nullable=True),
        sa.Column("frozen_at", Instant(), nullable=True),
        sa.Column("frozen_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "frozen_kind",
            sa.Enum(
                "favourable",
                "favourable_with_remarks",
                "contrary",
                name="frozen_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("final_at", Instant(), nullable=True),
        sa.Column("final_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(final_at IS NULL) = (final_sha256 IS NULL)", name=op.f("ck_forum_text_final_has_fingerprint")
        ),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (frozen_sha256 IS NULL)", name=op.f("ck_forum_text_frozen_has_fingerprint")
        ),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (base_sha256 IS NULL)", name=op.f("ck_forum_text_base_has_fingerprint")
        ),
        sa.CheckConstraint("(opened_at IS NULL) = (closes_at IS NULL)", name=op.f("ck_forum_text_opened_has_end")),
        sa.CheckConstraint("closes_at > opened_at", name=op.f("ck_forum_text_end_after_opening")),
        sa.CheckConstraint("final_at IS NULL OR frozen_at IS NOT NULL", name=op.f("ck_forum_text_final_was_frozen")),
        sa.CheckConstraint("frozen_at IS NULL OR opened_at IS NOT NULL", name=op.f("ck_forum_text_frozen_was_open")),
        sa.ForeignKeyConstraint(
            ["rapporteur_body_id"], ["body.id"], name=op.f("fk_forum_text_rapporteur_body_id_body")
        ),
        sa.ForeignKeyConstraint(["rapporteur_id"], ["person.id"], name=op.f("fk_forum_text_rapporteur_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["opinion_request.id"], name=op.f("fk_forum_text_request_id_opinion_request")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_forum_text")),
    )
    op.create_index(op.f("ix_forum_text_rapporteur_id"), "forum_text", ["rapporteur_id"], unique=False)
    op.create_table(
        "forum_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "preamble", "remark", "conclusion", name="role", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed_at", Instant(), nullable=True),
        sa.Column("opened_revision", sa.Integer(), nullable=True),
        sa.Column("frozen_revision", sa.Integer(), nullable=True),
        sa.CheckConstraint("removed_at IS NULL OR role = 'remark'", name=op.f("ck_forum_section_frame_stays")),
        sa.CheckConstraint("action_id IS NULL OR paragraph_id IS NULL", name=op.f("ck_forum_section_one_target")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_forum_section_revision_positive")),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_forum_section_action_id_plan_action")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_forum_section_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["forum_text.request_id"], name=op.f("fk_forum_section_request_id_forum_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_section")),
    )
    op.create_index(op.f("ix_forum_section_action_id"), "forum_section", ["action_id"], unique=False)
    op.create_index(op.f("ix_forum_section_paragraph_id"), "forum_section", ["paragraph_id"], unique=False)
    op.create_index(op.f("ix_forum_section_request_id"), "forum_section", ["request_id"], unique=False)
    op.create_table(
        "forum_source",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comment",
                "note",
                "proposal",
                "statement",
                "rapporteur",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.CheckConstraint("(kind = 'rapporteur') = (number = 0)", name=op.f("ck_forum_source_number_of_something")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["forum_section.id"], name=op.f("fk_forum_source_section_id_forum_section")
        ),
        sa.PrimaryKeyConstraint("section_id", "kind", "number", name=op.f("pk_forum_source")),
    )
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "suppressive",
                "substitutive",
                "modifying",
                "additive",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("filed_revision", sa.Integer(), nullable=False),
        sa.Column("filed_text", sa.Text(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "opinion",
            sa.Enum(
                "favourable",
                "favourable_with_remarks",
                "contrary",
                name="opinion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "accepted",
                "to_vote",
                "inadmissible",
                "withdrawn",
                "lapsed",
                "passed",
                "rejected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("lapse", sa.String(length=40), nullable=False),
        sa.Column("lapsed_by_id", sa.Integer(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind = 'additive' OR (apart = false AND why = '')", name=op.f("ck_amendment_apart_is_additive")
        ),
        sa.CheckConstraint(
            "state <> 'inadmissible' OR length(said) > 0", name=op.f("ck_amendment_inadmissible_has_reason")
        ),
        sa.CheckConstraint("lapsed_by_id <> id", name=op.f("ck_amendment_lapsed_by_another")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_amendment_has_reason")),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_amendment_action_id_plan_action")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_amendment_body_id_body")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_amendment_decided_by_id_person")),
        sa.ForeignKeyConstraint(["lapsed_by_id"], ["amendment.id"], name=op.f("fk_amendment_lapsed_by_id_amendment")),
        sa.ForeignKeyConstraint(["made_id"], ["forum_section.id"], name=op.f("fk_amendment_made_id_forum_section")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_amendment_mandate_id_mandate")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_amendment_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_amendment_person_id_person")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_amendment_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["forum_text.request_id"], name=op.f("fk_amendment_request_id_forum_text")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["forum_section.id"], name=op.f("fk_amendment_section_id_forum_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("request_id", "number", name=op.f("uq_amendment_request_id_number")),
    )
    op.create_index(op.f("ix_amendment_body_id"), "amendment", ["body_id"], unique=False)
    op.create_index(op.f("ix_amendment_poll_id"), "amendment", ["poll_id"], unique=False)
    op.create_index(op.f("ix_amendment_section_id"), "amendment", ["section_id"], unique=False)
    op.create_table(
        "amendment_signer",
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_amendment_signer_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_amendment_signer_body_id_body")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_amendment_signer_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_amendment_signer_person_id_person")),
        sa.PrimaryKeyConstraint("amendment_id", "body_id", name=op.f("pk_amendment_signer")),
    )
    op.create_table(
        "forum_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_forum_wording_action_id_plan_action")),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_forum_wording_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["plan_paragraph.id"], name=op.f("fk_forum_wording_paragraph_id_plan_paragraph")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_forum_wording_person_id_person")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["forum_section.id"], name=op.f("fk_forum_wording_section_id_forum_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_wording")),
        sa.UniqueConstraint("section_id", "revision", name=op.f("uq_forum_wording_section_id_revision")),
    )
