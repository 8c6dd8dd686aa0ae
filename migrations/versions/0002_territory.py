"""Bodies, memberships and population."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "metropolitan_city",
                "municipality",
                "union_of_municipalities",
                "city_district",
                "homogeneous_zone",
                "neighbouring_body",
                "forum_organisation",
                "private_partner",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("istat_code", sa.String(length=6), nullable=True),
        sa.Column("cadastral_code", sa.String(length=4), nullable=True),
        sa.Column("ipa_code", sa.String(length=20), nullable=True),
        sa.Column(
            "forum_category",
            sa.Enum(
                "productive_category",
                "trade_union",
                "professional_order",
                "functional_autonomy",
                "association",
                "third_sector",
                name="forum_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("area_km2", sa.Double(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'forum_organisation') = (forum_category IS NOT NULL)", name=op.f("ck_body_forum_has_category")
        ),
        sa.CheckConstraint(
            "kind <> 'municipality' OR istat_code IS NOT NULL", name=op.f("ck_body_municipality_has_istat_code")
        ),
        sa.CheckConstraint("lat IS NULL OR (lat BETWEEN -90 AND 90)", name=op.f("ck_body_latitude")),
        sa.CheckConstraint("lon IS NULL OR (lon BETWEEN -180 AND 180)", name=op.f("ck_body_longitude")),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("fk_body_parent_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("cadastral_code", name=op.f("uq_body_cadastral_code")),
        sa.UniqueConstraint("ipa_code", name=op.f("uq_body_ipa_code")),
        sa.UniqueConstraint("istat_code", name=op.f("uq_body_istat_code")),
        sa.UniqueConstraint("key", name=op.f("uq_body_key")),
    )
    op.create_table(
        "population_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_snapshot")),
        sa.UniqueConstraint("source", "reference_date", name=op.f("uq_population_snapshot_source_reference_date")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_membership_ends_after_start")),
        sa.CheckConstraint("group_id <> member_id", name=op.f("ck_membership_not_itself")),
        sa.ForeignKeyConstraint(["group_id"], ["body.id"], name=op.f("fk_membership_group_id_body")),
        sa.ForeignKeyConstraint(["member_id"], ["body.id"], name=op.f("fk_membership_member_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "group_id", "member_id", "starts_on", name=op.f("uq_membership_group_id_member_id_starts_on")
        ),
    )
    op.create_index(op.f("ix_membership_group_id"), "membership", ["group_id"], unique=False)
    op.create_index(op.f("ix_membership_member_id"), "membership", ["member_id"], unique=False)
    op.create_table(
        "population_figure",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.CheckConstraint("residents >= 0", name=op.f("ck_population_figure_residents_not_negative")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_population_figure_body_id_body")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["population_snapshot.id"],
            name=op.f("fk_population_figure_snapshot_id_population_snapshot"),
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "body_id", name=op.f("pk_population_figure")),
    )
    op.create_index(op.f("ix_population_figure_body_id"), "population_figure", ["body_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_population_figure_body_id"), table_name="population_figure")
    op.drop_table("population_figure")
    op.drop_index(op.f("ix_membership_member_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_group_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_table("population_snapshot")
    op.drop_table("body")
