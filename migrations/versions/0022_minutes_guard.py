"""Signed minutes are neither added to nor taken from; signatures, wordings and corrections stay as they were."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

REFUSAL = "signed minutes do not change"
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
KNOWN = ("sitting_id", "call", "organ", "year", "number", "signed_at")  # what signed minutes are known by
ONCE = ("approved_at", "approved_sitting_id", "approved_item_id", "published_at")  # written once
BY_SECTION = "SELECT m.state FROM sitting_minutes m JOIN minutes_section s ON s.minutes_id = m.id WHERE s.id = {}"
BY_MINUTES = "SELECT state FROM sitting_minutes WHERE id = {}"
# Table, what is done to a row of it, and when that is refused; nothing: always.
RULES = (
    ("minutes_section", "INSERT", f"({BY_MINUTES.format('NEW.minutes_id')}) <> 'draft'"),
    ("minutes_revision", "INSERT", f"({BY_SECTION.format('NEW.section_id')}) <> 'draft'"),
    ("minutes_revision", "UPDATE", ""),
    ("minutes_revision", "DELETE", ""),
    ("minutes_signature", "UPDATE", ""),
    ("minutes_signature", "DELETE", f"({BY_MINUTES.format('OLD.minutes_id')}) <> 'draft'"),
    ("minutes_correction", "INSERT", f"({BY_MINUTES.format('NEW.minutes_id')}) <> 'signed'"),
    ("minutes_correction", "UPDATE", ""),
    ("minutes_correction", "DELETE", ""),
    ("sitting_minutes", "DELETE", "OLD.sha256 IS NOT NULL"),
)


def _rewritten(differs: str) -> str:
    known = [f"NEW.{name} {differs} OLD.{name}" for name in KNOWN]
    once = [f"(OLD.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in ONCE]
    return f"OLD.sha256 IS NOT NULL AND ({' OR '.join([*known, *once])})"


def _rules(differs: str) -> tuple[tuple[str, str, str], ...]:
    return (*RULES, ("sitting_minutes", "UPDATE", _rewritten(differs)))


def upgrade() -> None:
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


def _name(table: str, act: str) -> str:
    return f"{table}_guarded_{act.lower()}"
