"""A published text is neither rewritten, nor added to, nor taken from."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Rewriting was refused before; now the database refuses whatever else would change a text that is public.
IMMUTABLE = ("plan_section", "plan_action", "plan_paragraph")
REFUSAL = "a published text never changes"
NAMED = ("plan_id", "number", "title", "language", "text_hash")  # what a version is known by
REWRITTEN = "NEW.state = 'draft' OR " + " OR ".join(f"NEW.{column} <> OLD.{column}" for column in NAMED)
RAISED = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"


def _public(row: str) -> str:
    return f"(SELECT state FROM plan_version WHERE id = {row}.version_id) <> 'draft'"


def _guard_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table in IMMUTABLE:
        op.execute(f"CREATE TRIGGER {table}_complete BEFORE INSERT ON {table} WHEN {_public('NEW')} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_closed BEFORE UPDATE ON {table} WHEN {_public('NEW')} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN {_public('OLD')} {refuse}")
    op.execute(f"CREATE TRIGGER plan_version_kept BEFORE DELETE ON plan_version WHEN OLD.state <> 'draft' {refuse}")
    op.execute(
        "CREATE TRIGGER plan_version_immutable BEFORE UPDATE ON plan_version "
        f"WHEN OLD.state <> 'draft' AND ({REWRITTEN}) {refuse}"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_to_complete_plan() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_public('NEW')} THEN {RAISED}; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_to_shorten_plan() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_public('OLD')} THEN {RAISED}; END IF; RETURN OLD; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_to_rename_plan() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF OLD.state <> 'draft' THEN {RAISED}; END IF; RETURN OLD; END IF; "
        f"IF OLD.state <> 'draft' AND ({REWRITTEN}) THEN {RAISED}; END IF; RETURN NEW; END $$"
    )
    for table in IMMUTABLE:
        op.execute(
            f"CREATE TRIGGER {table}_complete BEFORE INSERT OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_to_complete_plan()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_to_shorten_plan()"
        )
    op.execute(
        "CREATE TRIGGER plan_version_kept BEFORE UPDATE OR DELETE ON plan_version "
        "FOR EACH ROW EXECUTE FUNCTION refuse_to_rename_plan()"
    )


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in IMMUTABLE:
            for name in ("complete", "closed", "kept"):
                op.execute(f"DROP TRIGGER {table}_{name}")
        for name in ("kept", "immutable"):
            op.execute(f"DROP TRIGGER plan_version_{name}")
        return
    for table in IMMUTABLE:
        for name in ("complete", "kept"):
            op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
    op.execute("DROP TRIGGER plan_version_kept ON plan_version")
    for name in ("complete", "shorten", "rename"):
        op.execute(f"DROP FUNCTION refuse_to_{name}_plan()")
