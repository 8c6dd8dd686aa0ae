"""The hall, the floor and the table: calls held, items, presence, speeches, remarks, indications, polls, screens."""

import sqlalchemy as sa
from alembic import op

from portal.db import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATES = ("planned", "convened", "roll_call", "in_session", "suspended", "closed", "deserted", "cancelled")


def _allow_states() -> None:
    """A sitting may be in more states; on the way back they stay allowed, because what was held stays held."""
    with op.batch_alter_table("sitting") as sitting:
        sitting.drop_constraint(op.f("ck_sitting_state"), type_="check")
        sitting.create_check_constraint(op.f("ck_sitting_state"), sa.column("state").in_(STATES))


def upgrade() -> None:
    _allow_states()
    op.create_table(
        "floor_order",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column(
            "ordering",
            sa.Enum(
                "arrival",
                "first_timers",
                "least_spoken",
                name="ordering",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_floor_order_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_floor_order")),
    )
    op.create_table(
        "hall_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hall_act_person_id_person")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_hall_act_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_act")),
        sa.UniqueConstraint("sitting_id", "seq", name=op.f("uq_hall_act_sitting_id_seq")),
    )
    op.create_table(
        "roll_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("opening", "verification", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("present_population", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("needed", sa.Integer(), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_roll_call_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_call")),
        sa.UniqueConstraint("sitting_id", "number", name=op.f("uq_roll_call_sitting_id_number")),
    )
    op.create_index(
        "uq_roll_call_running",
        "roll_call",
        ["sitting_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "sitting_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("resumes_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_suspension_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_suspension")),
    )
    op.create_index(op.f("ix_sitting_suspension_sitting_id"), "sitting_suspension", ["sitting_id"], unique=False)
    op.create_index(
        "uq_sitting_suspension_running",
        "sitting_suspension",
        ["sitting_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "roll_answer",
        sa.Column("roll_call_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["roll_call_id"], ["roll_call.id"], name=op.f("fk_roll_answer_roll_call_id_roll_call")),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_roll_answer_seat_id_sitting_seat")),
        sa.PrimaryKeyConstraint("roll_call_id", "seat_id", name=op.f("pk_roll_answer")),
    )
    op.create_index(op.f("ix_roll_answer_seat_id"), "roll_answer", ["seat_id"], unique=False)

    op.create_table(
        "sitting_held",
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("held", "deserted", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("secretary", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome <> 'held' OR opened_at IS NOT NULL",
            name=op.f("ck_sitting_held_held_was_opened"),
        ),
        sa.CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name=op.f("ck_sitting_held_outcome_has_instant")),
        sa.ForeignKeyConstraint(
            ["sitting_id", "call"],
            ["sitting_call.sitting_id", "sitting_call.number"],
            name=op.f("fk_sitting_held_sitting_id_call_sitting_call"),
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_held_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("sitting_id", "call", name=op.f("pk_sitting_held")),
    )
    op.create_table(
        "floor_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("accreditation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "point_of_order",
                "personal_statement",
                "explanation_of_vote",
                "reply",
                "ordinary",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "speaking",
                "done",
                "cut_off",
                "withdrawn",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum("phone", "desk", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditation.id"], name=op.f("fk_floor_request_accreditation_id_accreditation")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_floor_request_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_floor_request_person_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_floor_request_seat_id_sitting_seat")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_floor_request_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_request")),
        sa.UniqueConstraint(
            "sitting_id", "person_id", "client_key", name=op.f("uq_floor_request_sitting_id_person_id_client_key")
        ),
    )
    op.create_index(op.f("ix_floor_request_item_id"), "floor_request", ["item_id"], unique=False)
    op.create_index(op.f("ix_floor_request_person_id"), "floor_request", ["person_id"], unique=False)
    op.create_index(op.f("ix_floor_request_seat_id"), "floor_request", ["seat_id"], unique=False)
    op.create_index(op.f("ix_floor_request_sitting_id"), "floor_request", ["sitting_id"], unique=False)
    op.create_index(
        "uq_floor_request_waiting",
        "floor_request",
        ["sitting_id", "person_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.create_table(
        "indication_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("visible_at_once", sa.Boolean(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["plan_action.id"], name=op.f("fk_indication_round_action_id_plan_action")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_indication_round_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_indication_round_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indication_round")),
    )
    op.create_index(op.f("ix_indication_round_action_id"), "indication_round", ["action_id"], unique=False)
    op.create_index(op.f("ix_indication_round_item_id"), "indication_round", ["item_id"], unique=False)
    op.create_index(op.f("ix_indication_round_sitting_id"), "indication_round", ["sitting_id"], unique=False)
    op.create_index(
        "uq_indication_round_open",
        "indication_round",
        ["sitting_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "item_course",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "in_discussion",
                "concluded",
                "withdrawn",
                "adjourned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("queue_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_course_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_item_course_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_course")),
    )
    op.create_index(op.f("ix_item_course_sitting_id"), "item_course", ["sitting_id"], unique=False)

    op.create_table(
        "item_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_spell_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_item_spell_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_spell")),
    )
    op.create_index(op.f("ix_item_spell_item_id"), "item_spell", ["item_id"], unique=False)
    op.create_index(op.f("ix_item_spell_sitting_id"), "item_spell", ["sitting_id"], unique=False)
    op.create_index(
        "uq_item_spell_running",
        "item_spell",
        ["sitting_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("accreditation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("room", "remote", name="way", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "came_by",
            sa.Enum(
                "badge",
                "desk",
                "own",
                "remote",
                "roll_call",
                "hand_over",
                "mandate",
                "closing",
                name="came_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "left_by",
            sa.Enum(
                "badge",
                "desk",
                "own",
                "remote",
                "roll_call",
                "hand_over",
                "mandate",
                "closing",
                name="left_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("from_at", Instant(), nullable=False),
        sa.Column("until_at", Instant(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(until_at IS NULL) = (left_by IS NULL)", name=op.f("ck_presence_end_has_source")),
        sa.CheckConstraint("until_at IS NULL OR until_at >= from_at", name=op.f("ck_presence_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditation.id"], name=op.f("fk_presence_accreditation_id_accreditation")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_presence_ended_by_id_person")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_presence_entered_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_presence_seat_id_sitting_seat")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_presence_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_accreditation_id"), "presence", ["accreditation_id"], unique=False)
    op.create_index(op.f("ix_presence_person_id"), "presence", ["person_id"], unique=False)
    op.create_index(op.f("ix_presence_sitting_id"), "presence", ["sitting_id"], unique=False)
    op.create_index(
        "uq_presence_open_person",
        "presence",
        ["sitting_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_index(
        "uq_presence_open_seat",
        "presence",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )

    op.create_table(
        "presence_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("accreditation_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("claimed_at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditation.id"], name=op.f("fk_presence_claim_accreditation_id_accreditation")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_presence_claim_decided_by_id_person")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_presence_claim_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_claim")),
    )
    op.create_index(op.f("ix_presence_claim_sitting_id"), "presence_claim", ["sitting_id"], unique=False)
    op.create_index(
        "uq_presence_claim_waiting",
        "presence_claim",
        ["accreditation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.create_table(
        "sitting_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("technical", "order", "other", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_at", Instant(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_sitting_incident_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sitting_incident_person_id_person")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_incident_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting_incident")),
    )
    op.create_index(op.f("ix_sitting_incident_sitting_id"), "sitting_incident", ["sitting_id"], unique=False)

    op.create_table(
        "sitting_poll",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("tied_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_sitting_poll_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_sitting_poll_poll_id_poll")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_poll_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_sitting_poll")),
    )
    op.create_index(op.f("ix_sitting_poll_item_id"), "sitting_poll", ["item_id"], unique=False)
    op.create_index(op.f("ix_sitting_poll_sitting_id"), "sitting_poll", ["sitting_id"], unique=False)

    op.create_table(
        "hall_screen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("hall", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column(
            "theme",
            sa.Enum("light", "dark", name="theme", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column(
            "shows",
            sa.Enum(
                "waiting",
                "item",
                "paragraph",
                "remark",
                "indication",
                "poll",
                "message",
                name="shows",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paragraph", sa.String(length=60), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("poll_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("shown_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_hall_screen_action_id_plan_action")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_hall_screen_comment_id_comment")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_hall_screen_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_hall_screen_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["indication_round.id"], name=op.f("fk_hall_screen_round_id_indication_round")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_hall_screen_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_screen")),
        sa.UniqueConstraint("sitting_id", "hall", name=op.f("uq_hall_screen_sitting_id_hall")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_hall_screen_token_hash")),
    )
    op.create_table(
        "indication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("accreditation_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "favourable",
                "with_remarks",
                "contrary",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum("phone", "desk", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditation.id"], name=op.f("fk_indication_accreditation_id_accreditation")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_indication_given_by_id_person")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["indication_round.id"], name=op.f("fk_indication_round_id_indication_round")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_indication_seat_id_sitting_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indication")),
    )
    op.create_index(op.f("ix_indication_seat_id"), "indication", ["seat_id"], unique=False)
    op.create_index(
        "uq_indication_standing",
        "indication",
        ["round_id", "seat_id"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )

    op.create_table(
        "speech",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("accreditation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "report",
                "point_of_order",
                "personal_statement",
                "explanation_of_vote",
                "reply",
                "ordinary",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("limit_seconds", sa.Integer(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column(
            "ending",
            sa.Enum(
                "done", "cut_off", "interrupted", name="ending", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("synopsis", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=True),
        sa.Column("text_name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("seat_id IS NOT NULL OR speaker <> ''", name=op.f("ck_speech_has_speaker")),
        sa.CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name=op.f("ck_speech_end_has_way")),
        sa.CheckConstraint("limit_seconds > 0", name=op.f("ck_speech_limit_positive")),
        sa.ForeignKeyConstraint(
            ["accreditation_id"], ["accreditation.id"], name=op.f("fk_speech_accreditation_id_accreditation")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_speech_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speech_person_id_person")),
        sa.ForeignKeyConstraint(["request_id"], ["floor_request.id"], name=op.f("fk_speech_request_id_floor_request")),
        sa.ForeignKeyConstraint(["seat_id"], ["sitting_seat.id"], name=op.f("fk_speech_seat_id_sitting_seat")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_speech_sitting_id_sitting")),
        sa.ForeignKeyConstraint(
            ["text_sha256"], ["stored_file.sha256"], name=op.f("fk_speech_text_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech")),
    )
    op.create_index(op.f("ix_speech_item_id"), "speech", ["item_id"], unique=False)
    op.create_index(op.f("ix_speech_person_id"), "speech", ["person_id"], unique=False)
    op.create_index(op.f("ix_speech_request_id"), "speech", ["request_id"], unique=False)
    op.create_index(op.f("ix_speech_seat_id"), "speech", ["seat_id"], unique=False)
    op.create_index(op.f("ix_speech_sitting_id"), "speech", ["sitting_id"], unique=False)
    op.create_index(op.f("ix_speech_text_sha256"), "speech", ["text_sha256"], unique=False)
    op.create_index(
        "uq_speech_running",
        "speech",
        ["sitting_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "sitting_remark",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("speech_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("client_key", sa.String(length=64), nullable=False),
        sa.Column("made_here", sa.Boolean(), nullable=False),
        sa.Column("tied_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_sitting_remark_comment_id_comment")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_sitting_remark_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sitting_remark_person_id_person")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_sitting_remark_sitting_id_sitting")),
        sa.ForeignKeyConstraint(["speech_id"], ["speech.id"], name=op.f("fk_sitting_remark_speech_id_speech")),
        sa.PrimaryKeyConstraint("comment_id", "sitting_id", name=op.f("pk_sitting_remark")),
        sa.UniqueConstraint(
            "sitting_id", "person_id", "client_key", name=op.f("uq_sitting_remark_sitting_id_person_id_client_key")
        ),
    )
    op.create_index(op.f("ix_sitting_remark_item_id"), "sitting_remark", ["item_id"], unique=False)
    op.create_index(op.f("ix_sitting_remark_person_id"), "sitting_remark", ["person_id"], unique=False)
    op.create_index(op.f("ix_sitting_remark_sitting_id"), "sitting_remark", ["sitting_id"], unique=False)
    op.create_index(op.f("ix_sitting_remark_speech_id"), "sitting_remark", ["speech_id"], unique=False)

    op.create_table(
        "speech_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speech_id", sa.Integer(), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["speech_id"], ["speech.id"], name=op.f("fk_speech_pause_speech_id_speech")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speech_pause")),
    )
    op.create_index(op.f("ix_speech_pause_speech_id"), "speech_pause", ["speech_id"], unique=False)
    op.create_index(
        "uq_speech_pause_running",
        "speech_pause",
        ["speech_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("speech_pause")
    op.drop_table("sitting_remark")
    op.drop_table("speech")
    op.drop_table("indication")
    op.drop_table("hall_screen")
    op.drop_table("sitting_poll")
    op.drop_table("sitting_incident")
    op.drop_table("presence_claim")
    op.drop_table("presence")
    op.drop_table("item_spell")
    op.drop_table("item_course")
    op.drop_table("indication_round")
    op.drop_table("floor_request")
    op.drop_table("sitting_held")
    op.drop_table("roll_answer")
    op.drop_table("sitting_suspension")
    op.drop_table("roll_call")
    op.drop_table("hall_act")
    op.drop_table("floor_order")
