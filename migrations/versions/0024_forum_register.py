"""The Forum: its rules, member organisations, suspensions, requests to join; the sittings and votes of two Forums."""

import re

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ORGANS = ("programming", "mayors", "forum", "council", "coplanning", "youth_forum")
ELECTORATES = ("conference", "council", "forum", "youth_forum", "zone")
MATTERS = (
    "conference_opinion",
    "statute_and_budgets",
    "zones",
    "extra_matters",
    "plan_approval",
    "request_to_convene",
    "zone_size",
    "zone_derogation",
    "zone_coordinator",
    "forum_opinion",
    "forum_amendment",
    "youth_forum_opinion",
    "youth_forum_amendment",
)
# Columns that may say more than before; on the way back they still may, because what happened stays what it was.
WIDER = (
    ("sitting_rule_set", "organ", ORGANS),
    ("conference", "organ", ORGANS),
    ("sitting_minutes", "organ", ORGANS),
    ("opinion_request", "organ", ORGANS),
    ("voting_rule_set", "matter", MATTERS),
    ("voting_rule_set", "electorate", ELECTORATES),
    ("poll", "matter", MATTERS),
    ("poll", "electorate", ELECTORATES),
)
ACT = "Iscrizione precedente alla tenuta del registro"


def _widen() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _rewrite_checks()
        return
    for table, column, values in WIDER:
        op.drop_constraint(op.f(f"ck_{table}_{column}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, sa.column(column).in_(values))


def _rewrite_checks() -> None:
    """Change what the tables say of themselves: made anew, they would lose the triggers that guard signed minutes."""
    lite = op.get_bind()
    version = lite.exec_driver_sql("PRAGMA schema_version").scalar_one()
    lite.exec_driver_sql("PRAGMA writable_schema=ON")
    for table, column, values in WIDER:
        written = lite.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type='table' AND name=?", (table,))
        wider = f"CONSTRAINT ck_{table}_{column} CHECK ({column} IN ({', '.join(map(repr, values))}))"
        old = rf'CONSTRAINT "?ck_{table}_{column}"? CHECK \("?{column}"? IN \([^()]*\)\)'
        sql, found = re.subn(old, wider, written.scalar_one())
        if found != 1:
            raise RuntimeError(f"the values of {table}.{column} are not where they were")
        lite.exec_driver_sql("UPDATE sqlite_master SET sql=? WHERE type='table' AND name=?", (sql, table))
    lite.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    lite.exec_driver_sql("PRAGMA writable_schema=RESET")


def _admit_who_is_there() -> None:
    """Organisations that were in the register of bodies are members since their first delegate, or since today."""
    bodies = "SELECT id FROM body WHERE kind = 'forum_organisation'"
    link = op.get_bind()
    if link.execute(sa.text(f"SELECT count(*) FROM ({bodies}) AS known")).scalar_one() == 0:
        return
    link.execute(sa.text("INSERT INTO forum (key, made_at) VALUES ('metropolitan', CURRENT_TIMESTAMP)"))
    link.execute(
        sa.text(
            "INSERT INTO forum_membership (forum_id, body_id, admitted_on, act, admitted_at, left_on, left_reason,"
            " left_act) SELECT f.id, b.id, COALESCE((SELECT min(m.starts_on) FROM mandate m WHERE m.body_id = b.id),"
            " CURRENT_DATE), :act, CURRENT_TIMESTAMP, b.ended_on,"
            " CASE WHEN b.ended_on IS NULL THEN '' ELSE :ended END, '' FROM body b, forum f"
            " WHERE b.kind = 'forum_organisation' AND (b.ended_on IS NULL OR b.ended_on >="
            " COALESCE((SELECT min(m.starts_on) FROM mandate m WHERE m.body_id = b.id), CURRENT_DATE))"
        ),
        {"act": ACT, "ended": "Cessata"},
    )


def upgrade() -> None:
    _widen()
    op.create_table(
        "forum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.Enum("metropolitan", "youth", name="key", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum")),
        sa.UniqueConstraint("key", name=op.f("uq_forum_key")),
    )
    op.create_table(
        "forum_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("act", sa.String(length=200), nullable=False),
        sa.Column("admitted_at", Instant(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.Text(), nullable=False),
        sa.Column("left_act", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(left_on IS NULL) = (left_reason = '')", name=op.f("ck_forum_membership_left_has_reason")),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= admitted_on", name=op.f("ck_forum_membership_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_forum_membership_body_id_body")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_membership_forum_id_forum")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_membership")),
    )
    op.create_index(op.f("ix_forum_membership_body_id"), "forum_membership", ["body_id"], unique=False)
    op.create_index(
        "uq_forum_membership_current",
        "forum_membership",
        ["forum_id", "body_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_table(
        "forum_organisation",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("legal_form", sa.String(length=200), nullable=False),
        sa.Column("tax_code", sa.String(length=16), nullable=False),
        sa.Column("registered_in", sa.String(length=200), nullable=False),
        sa.Column("registered_as", sa.String(length=60), nullable=False),
        sa.Column("seat", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_forum_organisation_body_id_body")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_forum_organisation")),
    )
    op.create_table(
        "forum_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "written",
                "received",
                "asked",
                "admitted",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "productive_category",
                "trade_union",
                "professional_order",
                "functional_autonomy",
                "association",
                "third_sector",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("legal_form", sa.String(length=200), nullable=False),
        sa.Column("tax_code", sa.String(length=16), nullable=False),
        sa.Column("registered_in", sa.String(length=200), nullable=False),
        sa.Column("registered_as", sa.String(length=60), nullable=False),
        sa.Column("seat", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'admitted') = (membership_id IS NOT NULL)", name=op.f("ck_forum_application_admitted_is_member")
        ),
        sa.CheckConstraint(
            "(state IN ('admitted','refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_forum_application_decided_has_instant"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR length(reason) > 0", name=op.f("ck_forum_application_refused_has_reason")
        ),
        sa.CheckConstraint(
            "state <> 'written' OR confirmed_at IS NULL", name=op.f("ck_forum_application_written_is_not_confirmed")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_forum_application_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_application_forum_id_forum")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["forum_membership.id"], name=op.f("fk_forum_application_membership_id_forum_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_application")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_forum_application_token_hash")),
    )
    op.create_index(op.f("ix_forum_application_contact_email"), "forum_application", ["contact_email"], unique=False)
    op.create_index(op.f("ix_forum_application_forum_id"), "forum_application", ["forum_id"], unique=False)
    op.create_table(
        "forum_rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_forum_rule_version_number_positive")),
        sa.ForeignKeyConstraint(["forum_id"], ["forum.id"], name=op.f("fk_forum_rule_version_forum_id_forum")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_forum_rule_version_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_forum_rule_version_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_rule_version")),
        sa.UniqueConstraint("forum_id", "number", name=op.f("uq_forum_rule_version_forum_id_number")),
    )
    op.create_table(
        "forum_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=200), nullable=False),
        sa.Column("suspended_at", Instant(), nullable=False),
        sa.Column("readmitted_at", Instant(), nullable=True),
        sa.Column("readmitted_act", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_forum_suspension_ends_after_start")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_forum_suspension_has_reason")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["forum_membership.id"], name=op.f("fk_forum_suspension_membership_id_forum_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_suspension")),
    )
    op.create_index(op.f("ix_forum_suspension_membership_id"), "forum_suspension", ["membership_id"], unique=False)
    op.create_table(
        "forum_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_forum_question_answered_has_text")),
        sa.CheckConstraint(
            "file_sha256 IS NULL OR answered_at IS NOT NULL", name=op.f("ck_forum_question_file_with_answer")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["forum_application.id"],
            name=op.f("fk_forum_question_application_id_forum_application"),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_forum_question_asked_by_id_person")),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_forum_question_file_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_question")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_forum_question_application_id_number")),
    )
    op.create_index(op.f("ix_forum_question_file_sha256"), "forum_question", ["file_sha256"], unique=False)
    _admit_who_is_there()


def downgrade() -> None:
    op.drop_table("forum_question")
    op.drop_table("forum_suspension")
    op.drop_table("forum_rule_version")
    op.drop_table("forum_application")
    op.drop_table("forum_organisation")
    op.drop_table("forum_membership")
    op.drop_table("forum")
