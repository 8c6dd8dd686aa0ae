"""Plans, versions, actions and paragraphs."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What was published is never rewritten, whoever asks: the database itself refuses.
IMMUTABLE = ("plan_section", "plan_action", "plan_paragraph")
PUBLISHED = "(SELECT state FROM plan_version WHERE id = OLD.version_id) <> 'draft'"
REFUSAL = "a published text never changes"


def guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in IMMUTABLE:
            op.execute(
                f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} WHEN {PUBLISHED} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_to_rewrite_plan() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {PUBLISHED} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    for table in IMMUTABLE:
        op.execute(
            f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_plan()"
        )


def unguard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return  # there a trigger goes with its table
    for table in IMMUTABLE:
        op.execute(f"DROP TRIGGER {table}_immutable ON {table}")
    op.execute("DROP FUNCTION refuse_to_rewrite_plan()")


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("body_name", sa.String(length=400), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
    )
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "published", "superseded", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.Column("unplaced", sa.JSON(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (published_at IS NULL)", name=op.f("ck_plan_version_published_has_instant")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("source_code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.JSON(), nullable=False),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("private_partners", sa.JSON(), nullable=False),
        sa.Column("goals", sa.JSON(), nullable=False),
        sa.Column("economic_lines", sa.JSON(), nullable=False),
        sa.Column("whole_territory", sa.Boolean(), nullable=False),
        sa.Column("period", sa.String(length=200), nullable=False),
        sa.Column("priority", sa.String(length=10), nullable=False),
        sa.Column("costs", sa.JSON(), nullable=False),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_plan_action_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_plan_action_version_id_code")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_plan_action_version_id_key")),
    )
    op.create_table(
        "plan_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["plan_section.id"], name=op.f("fk_plan_section_parent_id_plan_section")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_plan_section_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_section")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_plan_section_version_id_code")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_plan_section_version_id_key")),
    )
    op.create_table(
        "plan_action_section",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_action_section_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_section.id"], name=op.f("fk_plan_action_section_section_id_plan_section")
        ),
        sa.PrimaryKeyConstraint("action_id", "section_id", name=op.f("pk_plan_action_section")),
    )
    op.create_index(op.f("ix_plan_action_section_section_id"), "plan_action_section", ["section_id"], unique=False)
    op.create_table(
        "plan_action_territory",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_action_territory_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_plan_action_territory_body_id_body")),
        sa.PrimaryKeyConstraint("action_id", "body_id", name=op.f("pk_plan_action_territory")),
    )
    op.create_index(op.f("ix_plan_action_territory_body_id"), "plan_action_territory", ["body_id"], unique=False)
    op.create_table(
        "plan_paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "body",
                "objective",
                "expected_result",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(action_id IS NULL) <> (section_id IS NULL)", name=op.f("ck_plan_paragraph_one_owner")),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_plan_paragraph_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["plan_section.id"], name=op.f("fk_plan_paragraph_section_id_plan_section")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_plan_paragraph_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_paragraph")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_plan_paragraph_version_id_key")),
    )
    op.create_index(op.f("ix_plan_paragraph_action_id"), "plan_paragraph", ["action_id"], unique=False)
    op.create_index(op.f("ix_plan_paragraph_section_id"), "plan_paragraph", ["section_id"], unique=False)
    guard()


def downgrade() -> None:
    unguard()
    op.drop_index(op.f("ix_plan_paragraph_section_id"), table_name="plan_paragraph")
    op.drop_index(op.f("ix_plan_paragraph_action_id"), table_name="plan_paragraph")
    op.drop_table("plan_paragraph")
    op.drop_index(op.f("ix_plan_action_territory_body_id"), table_name="plan_action_territory")
    op.drop_table("plan_action_territory")
    op.drop_index(op.f("ix_plan_action_section_section_id"), table_name="plan_action_section")
    op.drop_table("plan_action_section")
    op.drop_table("plan_section")
    op.drop_table("plan_action")
    op.drop_table("plan_version")
    op.drop_table("plan")
