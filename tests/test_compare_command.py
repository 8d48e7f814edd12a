"""`convergence compare`: two files in, one document out, and an exit code that a pipeline can rely on.

Set CONVERGENCE_UPDATE_GOLDEN=1 to write the expected outputs anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from running import ROOT, Ended, convergence

from convergence_cli import __version__

GOLDEN = Path(__file__).parent / "golden" / "compare"
NORTHWIND = ("examples/responses-2026-Q2.yaml", "examples/responses.yaml")


def compared(*arguments: str | Path) -> Ended:
    return convergence("compare", *arguments)


# The worked example


@pytest.mark.parametrize(("form", "file"), [("text", "text.txt"), ("json", "compare.json")])
def test_northwind_reads_as_shown(form: str, file: str) -> None:
    ended = compared(*NORTHWIND, "-f", form)
    said = ended.out.replace(f'"version": "{__version__}"', '"version": "VERSION"')
    path = GOLDEN / file
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        path.write_text(said, encoding="utf-8", newline="\n")
    assert (ended.code, ended.err) == (0, "")
    assert said == path.read_text(encoding="utf-8")


def test_the_shown_json_is_what_the_schema_promises() -> None:
    schema = json.loads((ROOT / "schemas" / "compare.schema.json").read_text(encoding="utf-8"))
    shown = json.loads((GOLDEN / "compare.json").read_text(encoding="utf-8"))
    assert list(Draft7Validator(schema).iter_errors(shown)) == []


def test_text_wraps_and_is_never_cut() -> None:
    out = compared(*NORTHWIND, "--width", "40").out
    assert max(map(len, out.splitlines())) <= 40
    assert "Portfolio office" in " ".join(out.split())


OLD = ROOT / NORTHWIND[0]
CONFIDENTIAL = {"confidential: false": "confidential: true"}


def changed(folder: Path, name: str, **replaced: str) -> Path:
    """A copy of Northwind's autumn wave without its plans, with other words in it."""
    text = (ROOT / NORTHWIND[1]).read_text(encoding="utf-8")
    for old, new in {"plans: [objectives.yaml, plans.yaml]\n": "", **replaced}.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "instead", "place", "says"),
    [
        ("2026-Q4", "2026-Q1", ":6:9", "2026-Q1 is not later than 2026-Q2. The older wave stands first"),
        ("period: 2026-Q4\n", "", ":", "There is no `period`"),
        ("Northwind Ltd", "Northwind", ":5:15", "write its name the same way in both"),
    ],
)
def test_a_refusal_names_place_and_remedy(
    tmp_path: Path, said: str, instead: str, place: str, says: str
) -> None:
    new = changed(tmp_path, "new.yaml", **{said: instead})
    ended = compared(OLD, new)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"{new}{place}")
    assert says in " ".join(ended.err.split())


def test_a_refusal_shows_no_line_of_a_confidential_file(tmp_path: Path) -> None:
    ended = compared(OLD, changed(tmp_path, "new.yaml", **{"2026-Q4": "2026-Q1"}, **CONFIDENTIAL))
    assert ended.code == 2
    assert "period: 2026-Q1" not in ended.err
    assert "^" not in ended.err


def test_the_problems_of_both_files_come_in_one_run(tmp_path: Path) -> None:
    ended = compared(tmp_path / "a.yaml", changed(tmp_path, "new.yaml", **{"2026-Q4": "soon"}))
    assert ended.code == 2
    assert "a.yaml" in ended.err
    assert "soon" in ended.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-", "-"), "stdin"),
        ((*NORTHWIND, "-f", "csv"), "csv"),
        ((*NORTHWIND, "--lang", "xx"), "speaks en, not xx"),
    ],
)
def test_wrong_usage_is_refused(arguments: Sequence[str | Path], says: str) -> None:
    ended = compared(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


def test_what_facts_moved_stands_apart_from_what_answers_did(tmp_path: Path) -> None:
    """Innovation rises by 8, as ideas taken up went from 2 to 3 of 10: nobody's view did."""
    out = " ".join(compared(OLD, changed(tmp_path, "new.yaml")).out.split())
    assert "Innovation 53 61 +8 facts +8; answers -6 to +7" in out
    assert "facts alone 4 of 10 as reported (Portfolio office, counted on 29 May), then 11 of 12" in out


# Other files


def test_each_wave_counts_its_own_plans(tmp_path: Path) -> None:
    plan = "  - {id: P-1, title: Checkout, status: delivered, serves: [O-1]}\n"
    other = "  - {id: P-2, title: Move, status: delivered, no_objective_because: old}\n"
    for name, plans in (("old", plan + other), ("new", plan)):
        (tmp_path / f"{name}-plans.yaml").write_text(
            f"as_of: 2026-11-20\nobjectives: [{{id: O-1, title: Sell}}]\nplans:\n{plans}", encoding="utf-8"
        )
        (tmp_path / f"{name}.yaml").write_text(
            "questionnaire: convergence-2017@1\nconfidential: false\n"
            f"period: 2026-Q{1 if name == 'old' else 2}\nplans: {name}-plans.yaml\n"
            "facts: {plan-mapping: 9/10}\n",
            encoding="utf-8",
        )
    report = compared(tmp_path / "old.yaml", tmp_path / "new.yaml", "-f", "json").json
    mapped = next(q for q in report["questions"] if q["id"] == "plan-mapping")
    assert (mapped["old"], mapped["new"]) == (50, 100)
    assert mapped["fact"]["new"]["from"] == "plans"
    assert [wave["evidence_date"] for wave in report["waves"]] == ["2026-11-20"] * 2
    assert [source["name"] for source in report["inputs"]] == [
        *("old.yaml", "old-plans.yaml"),
        *("new.yaml", "new-plans.yaml"),
    ]


def test_a_confidential_comparison_names_nobody(tmp_path: Path) -> None:
    report = compared(OLD, changed(tmp_path, "new.yaml", **CONFIDENTIAL), "-f", "json").json
    assert [each["sha256"] for each in report["inputs"]] == [None, None]
    assert "r01" not in json.dumps(report)
    assert (report["overall"]["parts"], report["overall"]["in_both"]) == (None, None)
