"""Write docs/data-dictionary.md from the columns of the export, or say that it differs.

python .ci/dictionary.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.records.columns import COLUMNS, Column  # noqa: E402

PAGE = ROOT / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary of the remarks

The export of remarks has two profiles. *public*, at `/dati`, holds what anybody may read, under CC BY 4.0. *reserved*,
at `/redazione/esporta`, adds decisions, officers and answers that are not public yet; it holds the remarks that the
office which asks may read: the secretariat all that were submitted, the drafting team those that are public. From the
console `parere comments export` writes either (`--profile`), with everything submitted in the reserved one.

- One row a remark, in the order of the numbers, which never change. Drafts are in no export.
- CSV: UTF-8 (from the pages with a byte order mark, for spreadsheets), commas, CRLF, a head of names. A text that
  begins with `=`, `+`, `-`, `@`, tab or carriage return gets an apostrophe before it, so that no spreadsheet takes it
  for a formula; JSON holds the text as it was typed.
- JSON: one object with `profile`, `generated_at`, `licence`, `demonstration` and `remarks`, a list of objects with the
  names below.
- Instants are in UTC (`2027-03-01T09:00:00Z`), days as `2025-12-31`, codes in English; what is missing is empty in CSV
  and `null` in JSON.
- `true` in `demonstration` marks invented data.

"""


def table(columns: list[Column]) -> str:
    lines = ["| name | type | what it means |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in columns]
    return "\n".join(lines) + "\n"


def page() -> str:
    public = [column for column in COLUMNS if not column.reserved]
    reserved = [column for column in COLUMNS if column.reserved]
    return f"{HEAD}## In both profiles\n\n{table(public)}\n## In the reserved profile only\n\n{table(reserved)}"


def main() -> int:
    if "--check" not in sys.argv:
        PAGE.write_text(page())
        return 0
    if not PAGE.exists() or PAGE.read_text() != page():
        print("docs/data-dictionary.md differs from the columns: python .ci/dictionary.py")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
