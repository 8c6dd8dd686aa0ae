"""What was answered, weighed, ruled or told of a term stays as it is: the database itself refuses to change it."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

REFUSAL = "what was recorded does not change"
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
CLOSED = "(SELECT closed_at FROM forum_discussion WHERE request_id = {}.request_id) IS NOT NULL"
WEIGHED = (
    "EXISTS (SELECT 1 FROM forum_statement s JOIN forum_discussion d ON d.request_id = s.request_id "
    "WHERE s.id = {}.statement_id AND d.closed_at IS NOT NULL)"
)
# Table, what is done to a row of it, and when that is refused; nothing: always.
RULES = (
    ("ballot", "UPDATE", ""),
    ("ballot", "DELETE", ""),
    ("poll_alternate", "UPDATE", ""),
    ("poll_alternate", "DELETE", ""),
    ("forum_vote_seat", "UPDATE", ""),
    ("forum_vote_seat", "DELETE", ""),
    ("forum_rule_version", "UPDATE", ""),
    ("forum_rule_version", "DELETE", ""),
    ("forum_discussion", "UPDATE", "OLD.closed_at IS NOT NULL"),
    ("forum_discussion", "DELETE", "OLD.closed_at IS NOT NULL"),
    ("forum_statement", "INSERT", CLOSED.format("NEW")),
    ("forum_statement", "UPDATE", CLOSED.format("OLD")),
    ("forum_statement", "DELETE", CLOSED.format("OLD")),
    ("forum_weighing", "INSERT", WEIGHED.format("NEW")),
    ("forum_weighing", "UPDATE", WEIGHED.format("OLD")),
    ("forum_weighing", "DELETE", WEIGHED.format("OLD")),
    ("forum_interruption", "UPDATE", "OLD.answered_at IS NOT NULL"),
    ("forum_interruption", "DELETE", ""),
    ("forum_withdrawal", "UPDATE", ""),
    ("forum_withdrawal", "DELETE", ""),
    (
        "forum_term",
        "UPDATE",
        "NEW.days <> OLD.days OR NEW.extra_days <> OLD.extra_days OR NEW.forum_id <> OLD.forum_id",
    ),
    ("forum_term", "DELETE", ""),
)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, when in RULES:
        name, row = _name(table, act), "OLD" if act == "DELETE" else "NEW"
        if on_sqlite:
            only = f"WHEN {when} " if when else ""
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} {only}BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when or 'TRUE'} THEN {RAISED}; END IF; RETURN {row}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, _ in RULES:
        name = _name(table, act)
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")


def _name(table: str, act: str) -> str:
    return f"{table}_kept_{act.lower()}"
