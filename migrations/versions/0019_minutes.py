"""Minutes: sections with their revisions, signatures, corrections; once signed their text does not change."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SIGNED = "(SELECT state FROM sitting_minutes WHERE id = OLD.minutes_id) <> 'draft'"
WRITTEN = "key, position, title, generated, tables, text, revision"


def upgrade() -> None:
    op.create_table(
        "sitting_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column(
            "organ",
            sa.Enum(
                "programming",
                "mayors",
                "forum",
                "council",
                "coplanning",
                name="organ",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "signed", "approved", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("drawn_at", Instant(), nullable=False),
        sa.Column("generated_at", Instant(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("approved_sitting_id", sa.Integer(), nullable=True),
        sa.Column("approved_item_id", sa.Integer(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_sitting_minutes_approved_has_instant")
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (sha256 IS NULL)", name=op.f("ck_sitting_minutes_signed_has_fingerprint")
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR state <> 'draft'", name=op.f("ck_sitting_minutes_published_is_signed")
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_item_id IS NULL)", name=op.f("ck_sitting_minutes_approved_under_item")
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (signed_at IS NULL)", name=op.f("ck_sitting_minutes_signed_has_instant")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_sitting_minutes_number_positive")),
        sa.ForeignKeyConstraint(
            ["approved_item_id"], ["agenda_item.id"], name=op.f("fk_sitting_minutes_approved_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(
            ["approved_sitting_id"], ["sitting.id"], name=op.f("fk_sitting_minutes_approved_sitting_id_sitting")
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id", "call"],
            ["sitting_held.sitting_id", "sitting_held.call"],
            name=op.f("fk_sitting_minutes_sitting_id_call_sitting_held"),
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_minutes_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_minutes")),
        sa.UniqueConstraint("organ", "year", "number", name=op.f("uq_sitting_minutes_organ_year_number")),
        sa.UniqueConstraint("sha256", name=op.f("uq_sitting_minutes_sha256")),
        sa.UniqueConstraint("sitting_id", "call", name=op.f("uq_sitting_minutes_sitting_id_call")),
    )
    op.create_table(
        "minutes_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_minutes_correction_has_text")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["sitting_minutes.id"], name=op.f("fk_minutes_correction_minutes_id_sitting_minutes")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_minutes_correction_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_correction")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_minutes_correction_minutes_id_number")),
    )
    op.create_table(
        "minutes_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("generated", sa.Text(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=True),
        sa.Column("writing_since", Instant(), nullable=True),
        sa.Column("written_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(writer_id IS NULL) = (writing_since IS NULL)", name=op.f("ck_minutes_section_writer_since")
        ),
        sa.CheckConstraint("(writer_id IS NULL) = (written_at IS NULL)", name=op.f("ck_minutes_section_writer_last")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["sitting_minutes.id"], name=op.f("fk_minutes_section_minutes_id_sitting_minutes")
        ),
        sa.ForeignKeyConstraint(["writer_id"], ["person.id"], name=op.f("fk_minutes_section_writer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_section")),
        sa.UniqueConstraint("minutes_id", "key", name=op.f("uq_minutes_section_minutes_id_key")),
    )
    op.create_table(
        "minutes_signature",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column(
            "quality",
            sa.Enum("chair", "secretary", name="quality", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "mayor",
                "deputy_mayor",
                "acting_mayor",
                "commissioner",
                "sub_commissioner",
                "union_president",
                "district_president",
                "councillor",
                "delegated_councillor",
                "officer",
                "forum_delegate",
                "forum_substitute",
                "forum_secretary",
                "secretariat",
                "moderator",
                "drafting_officer",
                "drafting_lead",
                "secretary_general",
                "council_clerk",
                "auditor",
                "administrator",
                name="office",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_minutes_signature_fingerprint")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_minutes_signature_mandate_id_mandate")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["sitting_minutes.id"], name=op.f("fk_minutes_signature_minutes_id_sitting_minutes")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_minutes_signature_person_id_person")),
        sa.PrimaryKeyConstraint("minutes_id", "quality", name=op.f("pk_minutes_signature")),
        sa.UniqueConstraint("minutes_id", "person_id", name=op.f("uq_minutes_signature_minutes_id_person_id")),
    )
    op.create_table(
        "minutes_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_minutes_revision_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_minutes_revision_person_id_person")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["minutes_section.id"], name=op.f("fk_minutes_revision_section_id_minutes_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_revision")),
        sa.UniqueConstraint("section_id", "revision", name=op.f("uq_minutes_revision_section_id_revision")),
    )
    _guard()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER minutes_section_signed ON minutes_section")
        op.execute("DROP TRIGGER sitting_minutes_signed ON sitting_minutes")
        op.execute("DROP FUNCTION refuse_to_rewrite_minutes()")
        op.execute("DROP FUNCTION refuse_to_refreeze_minutes()")
    op.drop_table("minutes_revision")
    op.drop_table("minutes_signature")
    op.drop_table("minutes_section")
    op.drop_table("minutes_correction")
    op.drop_table("sitting_minutes")


def _guard() -> None:
    """A text that was signed is changed by nobody, not even past the program."""
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'signed minutes do not change'); END"
        op.execute(
            f"CREATE TRIGGER minutes_section_signed BEFORE UPDATE OF {WRITTEN} ON minutes_section "
            f"WHEN {SIGNED} {refuse}"
        )
        op.execute(f"CREATE TRIGGER minutes_section_kept BEFORE DELETE ON minutes_section WHEN {SIGNED} {refuse}")
        op.execute(
            "CREATE TRIGGER sitting_minutes_signed BEFORE UPDATE OF head, sha256 ON sitting_minutes "
            f"WHEN OLD.sha256 IS NOT NULL {refuse}"
        )
        return
    raised = "RAISE EXCEPTION 'signed minutes do not change' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    op.execute(
        "CREATE FUNCTION refuse_to_rewrite_minutes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {SIGNED} AND (TG_OP = 'DELETE' OR NEW.text <> OLD.text OR NEW.generated <> OLD.generated "
        "OR NEW.title <> OLD.title OR NEW.key <> OLD.key OR NEW.tables::text <> OLD.tables::text) "
        f"THEN {raised} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_to_refreeze_minutes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.sha256 IS NOT NULL AND (NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.head::text <> OLD.head::text) "
        f"THEN {raised} RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER minutes_section_signed BEFORE UPDATE OR DELETE ON minutes_section "
        "FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_minutes()"
    )
    op.execute(
        "CREATE TRIGGER sitting_minutes_signed BEFORE UPDATE ON sitting_minutes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_to_refreeze_minutes()"
    )
