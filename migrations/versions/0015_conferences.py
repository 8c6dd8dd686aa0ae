"""Conferences and sittings up to their first call: rules, agendas, notices, seats, accreditations, requests."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sitting_rule_set",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_rule_set")),
        sa.UniqueConstraint("organ", name=op.f("uq_sitting_rule_set_organ")),
    )
    op.create_table(
        "convocation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("reached_at", Instant(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(needed IS NULL) = (seats IS NULL)", name=op.f("ck_convocation_request_counted_on_seats")),
        sa.CheckConstraint(
            "(reached_at IS NULL) = (due_on IS NULL)", name=op.f("ck_convocation_request_reached_has_term")
        ),
        sa.CheckConstraint(
            "(reached_at IS NULL) = (needed IS NULL)", name=op.f("ck_convocation_request_reached_has_count")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_convocation_request_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convocation_request")),
    )
    op.create_table(
        "conference",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
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
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_conference_version_id_plan_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
    )
    op.create_index(op.f("ix_conference_version_id"), "conference", ["version_id"], unique=False)
    op.create_table(
        "convocation_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("supported_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_convocation_support_body_id_body")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_convocation_support_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_convocation_support_person_id_person")),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["convocation_request.id"],
            name=op.f("fk_convocation_support_request_id_convocation_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convocation_support")),
    )
    op.create_index(
        "uq_convocation_support_body",
        "convocation_support",
        ["request_id", "body_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "sitting_rule_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_set_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_sitting_rule_version_number_positive")),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandate.id"], name=op.f("fk_sitting_rule_version_mandate_id_mandate")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sitting_rule_version_person_id_person")),
        sa.ForeignKeyConstraint(
            ["rule_set_id"], ["sitting_rule_set.id"], name=op.f("fk_sitting_rule_version_rule_set_id_sitting_rule_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_rule_version")),
        sa.UniqueConstraint("rule_set_id", "number", name=op.f("uq_sitting_rule_version_rule_set_id_number")),
    )
    op.create_table(
        "conference_action",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_conference_action_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_conference_action_conference_id_conference")
        ),
        sa.PrimaryKeyConstraint("conference_id", "action_id", name=op.f("pk_conference_action")),
    )
    op.create_index(op.f("ix_conference_action_action_id"), "conference_action", ["action_id"], unique=False)
    op.create_table(
        "conference_guest",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_conference_guest_body_id_body")),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_conference_guest_conference_id_conference")
        ),
        sa.PrimaryKeyConstraint("conference_id", "body_id", name=op.f("pk_conference_guest")),
    )
    op.create_index(op.f("ix_conference_guest_body_id"), "conference_guest", ["body_id"], unique=False)
    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned", "convened", "cancelled", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("room", "mixed", "remote", name="mode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("remote_link", sa.String(length=500), nullable=False),
        sa.Column("streaming_link", sa.String(length=500), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum("public", "reserved", name="visibility", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("case_officer", sa.String(length=200), nullable=False),
        sa.Column("contacts", sa.String(length=300), nullable=False),
        sa.Column("written_contributions", sa.Text(), nullable=False),
        sa.Column("speaking", sa.Text(), nullable=False),
        sa.Column("delegations_close_at", Instant(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("rule_version_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("planned_at", Instant(), nullable=False),
        sa.Column("convened_at", Instant(), nullable=True),
        sa.Column("cancelled_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_sitting_cancelled_has_instant")
        ),
        sa.CheckConstraint("(state = 'planned') = (convened_at IS NULL)", name=op.f("ck_sitting_convened_has_instant")),
        sa.CheckConstraint(
            "state = 'planned' OR rule_version_id IS NOT NULL", name=op.f("ck_sitting_convened_has_rules")
        ),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_sitting_conference_id_conference")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["convocation_request.id"], name=op.f("fk_sitting_request_id_convocation_request")
        ),
        sa.ForeignKeyConstraint(
            ["rule_version_id"],
            ["sitting_rule_version.id"],
            name=op.f("fk_sitting_rule_version_id_sitting_rule_version"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["population_snapshot.id"], name=op.f("fk_sitting_snapshot_id_population_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("request_id", name=op.f("uq_sitting_request_id")),
    )
    op.create_index(op.f("ix_sitting_conference_id"), "sitting", ["conference_id"], unique=False)
    op.create_table(
        "sitting_call",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_sitting_call_number_range")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_call_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("sitting_id", "number", name=op.f("pk_sitting_call")),
    )
    op.create_index(op.f("ix_sitting_call_starts_at"), "sitting_call", ["starts_at"], unique=False)
    op.create_table(
        "sitting_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "convocation",
                "addendum",
                "cancellation",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.CheckConstraint("(number = 1) = (kind = 'convocation')", name=op.f("ck_sitting_notice_convocation_first")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_sitting_notice_fingerprint")),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_sitting_notice_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sitting_notice_person_id_person")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_notice_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_notice")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_sitting_notice_sitting_id_number")),
    )
    op.create_table(
        "sitting_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("entitled", "invited", name="role", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("reserved_for_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("population >= 0", name=op.f("ck_sitting_seat_population_not_negative")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_sitting_seat_body_id_body")),
        sa.ForeignKeyConstraint(
            ["reserved_for_id"], ["mandate.id"], name=op.f("fk_sitting_seat_reserved_for_id_mandate")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_seat_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_seat")),
        sa.UniqueConstraint(
            "sitting_id", "body_id", "reserved_for_id", name=op.f("uq_sitting_seat_sitting_id_body_id_reserved_for_id")
        ),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_sitting_seat_sitting_id_number")),
    )
    op.create_index(op.f("ix_sitting_seat_body_id"), "sitting_seat", ["body_id"], unique=False)
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
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
        sa.Column("delegated", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=True),
        sa.Column("document_name", sa.String(length=120), nullable=False),
        sa.Column(
            "presence",
            sa.Enum("room", "remote", name="presence", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "granted",
                "refused",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_at", Instant(), nullable=False),
        sa.Column(
            "identified_by",
            sa.Enum(
                "digital_identity",
                "digital_signature",
                "identity_document",
                "known",
                name="identified_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("exceptional", sa.Boolean(), nullable=False),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("badge_code", sa.String(length=16), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_expires_at", Instant(), nullable=True),
        sa.Column("link_used_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(document_sha256 IS NULL) = (document_name = '')", name=op.f("ck_accreditation_document_has_name")
        ),
        sa.CheckConstraint(
            "state <> 'granted' OR badge_code IS NOT NULL", name=op.f("ck_accreditation_granted_has_badge")
        ),
        sa.CheckConstraint(
            "state <> 'granted' OR identified_by IS NOT NULL", name=op.f("ck_accreditation_granted_is_identified")
        ),
        sa.CheckConstraint("NOT delegated OR length(title) > 0", name=op.f("ck_accreditation_delegation_has_title")),
        sa.CheckConstraint(
            "NOT exceptional OR length(exception_reason) > 0", name=op.f("ck_accreditation_exception_has_reason")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_accreditation_decided_by_id_person")),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["stored_file.sha256"], name=op.f("fk_accreditation_document_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["accreditation.id"], name=op.f("fk_accreditation_follows_id_accreditation")
        ),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandate.id"], name=op.f("fk_accreditation_mandate_id_mandate")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_accreditation_named_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_accreditation_person_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_accreditation_seat_id_sitting_seat")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_accreditation_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
        sa.UniqueConstraint("badge_code", name=op.f("uq_accreditation_badge_code")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_accreditation_link_hash")),
    )
    op.create_index(op.f("ix_accreditation_document_sha256"), "accreditation", ["document_sha256"], unique=False)
    op.create_index(op.f("ix_accreditation_person_id"), "accreditation", ["person_id"], unique=False)
    op.create_index(op.f("ix_accreditation_seat_id"), "accreditation", ["seat_id"], unique=False)
    op.create_index(
        "uq_accreditation_live_person",
        "accreditation",
        ["sitting_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'granted'"),
        postgresql_where=sa.text("state = 'granted'"),
    )
    op.create_index(
        "uq_accreditation_live_seat",
        "accreditation",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("state = 'granted'"),
        postgresql_where=sa.text("state = 'granted'"),
    )
    op.create_index(
        "uq_accreditation_waiting",
        "accreditation",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "information",
                "contribution",
                "opinion",
                "resolution",
                "other_business",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("rapporteur", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("needs_papers", sa.Boolean(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_agenda_item_minutes_not_negative")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["sitting_notice.id"], name=op.f("fk_agenda_item_notice_id_sitting_notice")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_item_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("sitting_id", "position", name=op.f("uq_agenda_item_sitting_id_position")),
    )
    op.create_table(
        "notice_dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.CheckConstraint("person_id IS NOT NULL OR address <> ''", name=op.f("ck_notice_dispatch_has_addressee")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_notice_dispatch_body_id_body")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["sitting_notice.id"], name=op.f("fk_notice_dispatch_notice_id_sitting_notice")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_dispatch_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_dispatch")),
        sa.UniqueConstraint(
            "notice_id", "body_id", "person_id", name=op.f("uq_notice_dispatch_notice_id_body_id_person_id")
        ),
    )
    op.create_table(
        "notice_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted", "delivered", "failed", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("stamped_at", Instant(), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("filed_at", Instant(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_notice_receipt_body_id_body")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["sitting_notice.id"], name=op.f("fk_notice_receipt_notice_id_sitting_notice")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_receipt_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_receipt")),
        sa.UniqueConstraint("notice_id", "body_id", "sha256", name=op.f("uq_notice_receipt_notice_id_body_id_sha256")),
    )
    op.create_table(
        "agenda_item_action",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_agenda_item_action_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_action_item_id_agenda_item")
        ),
        sa.PrimaryKeyConstraint("item_id", "action_id", name=op.f("pk_agenda_item_action")),
    )
    op.create_index(op.f("ix_agenda_item_action_action_id"), "agenda_item_action", ["action_id"], unique=False)
    op.create_table(
        "sitting_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_sitting_paper_item_id_agenda_item")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["sitting_notice.id"], name=op.f("fk_sitting_paper_notice_id_sitting_notice")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_sitting_paper_sha256_stored_file")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_paper_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_paper")),
        sa.UniqueConstraint("item_id", "sha256", name=op.f("uq_sitting_paper_item_id_sha256")),
    )
    op.create_index(op.f("ix_sitting_paper_sha256"), "sitting_paper", ["sha256"], unique=False)
    op.create_index(op.f("ix_sitting_paper_sitting_id"), "sitting_paper", ["sitting_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_sitting_paper_sitting_id"), table_name="sitting_paper")
    op.drop_index(op.f("ix_sitting_paper_sha256"), table_name="sitting_paper")
    op.drop_table("sitting_paper")
    op.drop_index(op.f("ix_agenda_item_action_action_id"), table_name="agenda_item_action")
    op.drop_table("agenda_item_action")
    op.drop_table("notice_receipt")
    op.drop_table("notice_dispatch")
    op.drop_table("agenda_item")
    op.drop_index(
        "uq_accreditation_waiting",
        table_name="accreditation",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index(
        "uq_accreditation_live_seat",
        table_name="accreditation",
        sqlite_where=sa.text("state = 'granted'"),
        postgresql_where=sa.text("state = 'granted'"),
    )
    op.drop_index(
        "uq_accreditation_live_person",
        table_name="accreditation",
        sqlite_where=sa.text("state = 'granted'"),
        postgresql_where=sa.text("state = 'granted'"),
    )
    op.drop_index(op.f("ix_accreditation_seat_id"), table_name="accreditation")
    op.drop_index(op.f("ix_accreditation_person_id"), table_name="accreditation")
    op.drop_index(op.f("ix_accreditation_document_sha256"), table_name="accreditation")
    op.drop_table("accreditation")
    op.drop_index(op.f("ix_sitting_seat_body_id"), table_name="sitting_seat")
    op.drop_table("sitting_seat")
    op.drop_table("sitting_notice")
    op.drop_index(op.f("ix_sitting_call_starts_at"), table_name="sitting_call")
    op.drop_table("sitting_call")
    op.drop_index(op.f("ix_sitting_conference_id"), table_name="sitting")
    op.drop_table("sitting")
    op.drop_index(op.f("ix_conference_guest_body_id"), table_name="conference_guest")
    op.drop_table("conference_guest")
    op.drop_index(op.f("ix_conference_action_action_id"), table_name="conference_action")
    op.drop_table("conference_action")
    op.drop_table("sitting_rule_version")
    op.drop_index(
        "uq_convocation_support_body",
        table_name="convocation_support",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("convocation_support")
    op.drop_index(op.f("ix_conference_version_id"), table_name="conference")
    op.drop_table("conference")
    op.drop_table("convocation_request")
    op.drop_table("sitting_rule_set")
