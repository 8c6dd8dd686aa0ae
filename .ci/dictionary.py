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
- CSV: UTF-8 (from the pages with a byte order mark, for spreadsheets), commas, CRLF, a head of names. Where a text
  begins with `=`, `+`, `-`, `@`, tab or carriage return, an apostrophe stands before it, so that no spreadsheet takes
  it for a formula. A spreadsheet that parts cells at semicolons, as in Italy, breaks a file with commas at the
  semicolons and line breaks inside texts too: what follows one of them is guarded in the same way. To read the texts
  exactly as they were typed take XLSX, ODS or JSON.
- XLSX and ODS: a sheet of remarks with the same columns, the dictionary of the columns, and what the file is. Every
  cell has its type (text, number, day, instant in UTC, truth), so that a text stays a text whatever it begins with;
  there is no formula, no macro and no link in them.
- JSON: one object with `profile`, `generated_at`, `licence`, `demonstration` and `remarks`, a list of objects with the
  names below.
- Instants are in UTC (`2027-03-01T09:00:00Z`), days as `2025-12-31`, codes in English; what is missing is empty in CSV
  and `null` in JSON.
- `true` in `demonstration` marks invented data.
- The dictionary itself, with every code and its words, can be downloaded from `/dati` as CSV and JSON, in Italian or
  in English after the language of the page.

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
