"""`convergence compare`: two files in, one document out, and an exit code that a pipeline can rely on.

Set CONVERGENCE_UPDATE_GOLDEN=1 to write the expected outputs anew.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from running import ROOT, convergence

from convergence_cli import __version__

GOLDEN = Path(__file__).parent / "golden" / "compare"
NORTHWIND = ("examples/responses-2026-Q2.yaml", "examples/responses.yaml")
SLEEP_A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
"""R datasets::sleep: hours of sleep that each of ten people gained by two drugs (Student 1908)."""
POINTS_PER_HOUR = 5
HOURS = """
id: sleep
version: 1
title: Hours gained
groups: [{id: business, title: Sleepers}]
dimensions: [{id: sleep, title: Sleep}]
questions:
  - id: extra
    dimension: sleep
    text: How many hours did you gain?
    answer: {kind: number, per: respondent, points: [[-10, 0], [10, 100]]}
"""


@pytest.fixture
def compared() -> Any:
    return functools.partial(convergence, "compare")


def sleepers(folder: Path, name: str, period: str, hours: Sequence[float], first: int = 1) -> Path:
    """A wave of people with ids from `first` on; `name` is also the file's."""
    (folder / "sleep.yaml").write_text(HOURS, encoding="utf-8")
    people = "".join(
        f"  - {{id: {number}, group: business, answers: {{extra: {extra}}}}}\n"
        for number, extra in enumerate(hours, first)
    )
    head = f"questionnaire: sleep.yaml\nperiod: {period}\nconfidential: false\nrespondents:\n"
    path = folder / name
    path.write_text(head + people, encoding="utf-8")
    return path


def interval(figure: Any) -> tuple[float, float]:
    return figure["interval"]["low"] / POINTS_PER_HOUR, figure["interval"]["high"] / POINTS_PER_HOUR


# Published numbers, through the command


@pytest.mark.parametrize(
    ("first", "ends"), [(1, (-2.4598858, -0.7001142)), (11, (-3.3654832, 0.2054832))], ids=["paired", "welch"]
)
def test_the_sleep_data_have_their_published_intervals(
    tmp_path: Path, compared: Any, first: int, ends: tuple[float, float]
) -> None:
    """R t.test(extra ~ group, sleep): paired when ids are the same in both waves, Welch when none is."""
    old = sleepers(tmp_path, "b.yaml", "2026-Q1", SLEEP_B)
    new = sleepers(tmp_path, "a.yaml", "2026-Q2", SLEEP_A, first)
    report = compared(old, new, "-f", "json").json
    question = report["questions"][0]
    figures = [question["groups"][0], question, report["dimensions"][0], report["overall"]]
    for figure in figures:
        assert figure["change"] / POINTS_PER_HOUR == pytest.approx(0.75 - 2.33)
        assert interval(figure) == pytest.approx(ends, abs=5e-8)
        assert figure["reliable"] is (ends[1] < 0)


# The worked example


@pytest.mark.parametrize(("form", "file"), [("text", "text.txt"), ("json", "compare.json")])
def test_northwind_reads_as_shown(compared: Any, form: str, file: str) -> None:
    with contextlib.chdir(ROOT):
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


def test_the_example_shows_a_reliable_and_an_unreliable_change() -> None:
    shown = (GOLDEN / "text.txt").read_text(encoding="utf-8")
    assert "Reliable change: response speed, up by 17 points." in shown
    assert "No reliable change: contribution, awareness and expertise." in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("width", [40, 44, 60, 100])
def test_text_wraps_and_is_never_cut(compared: Any, width: int) -> None:
    with contextlib.chdir(ROOT):
        out = compared(*NORTHWIND, "--width", width).out
    assert max(map(len, out.splitlines())) <= width
    assert "Portfolio office" in " ".join(out.split())


def test_every_form_is_written_where_its_suffix_says(tmp_path: Path, compared: Any) -> None:
    files = [tmp_path / "change.json", tmp_path / "change.txt"]
    with contextlib.chdir(ROOT):
        ended = compared(*NORTHWIND, "-o", files[0], "-o", files[1])
    assert (ended.code, ended.out) == (0, "")
    assert json.loads(files[0].read_text(encoding="utf-8"))["command"] == "compare"
    assert files[1].read_text(encoding="utf-8").startswith("IT-business convergence")


def changed(folder: Path, name: str, **replaced: str) -> Path:
    """A copy of Northwind's autumn wave without its plans; lines of its head replaced, or left out."""
    text = (ROOT / NORTHWIND[1]).read_text(encoding="utf-8")
    for key, line in {"plans": "", **replaced}.items():
        text = "".join(
            (f"{key}: {line}\n" if line else "") if each.startswith(f"{key}:") else each
            for each in text.splitlines(keepends=True)
        )
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


OLD = ROOT / NORTHWIND[0]


@pytest.mark.parametrize(
    ("lines", "place", "says"),
    [
        ({"period": "2026-Q1"}, ":6:9", "2026-Q1 is earlier than 2026-Q2. The older wave stands first"),
        ({"period": "2026-Q2"}, ":6:9", "Both waves are of 2026-Q2."),
        ({"period": ""}, ":", "There is no `period`"),
        ({"organization": "Northwind"}, ":5:15", "write its name the same way in both"),
        ({"organization": "Contoso Inc"}, ":5:15", "Only two waves of one organisation can be compared."),
        ({"questionnaire": "convergence-full@1"}, ":4:16", "Only two waves of one questionnaire"),
    ],
)
def test_a_refusal_names_place_and_remedy(
    tmp_path: Path, compared: Any, lines: dict[str, str], place: str, says: str
) -> None:
    new = changed(tmp_path, "new.yaml", **lines)
    ended = compared(OLD, new)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"{new}{place}")
    assert says in " ".join(ended.err.split())


def test_a_refusal_shows_no_line_of_a_confidential_file(tmp_path: Path, compared: Any) -> None:
    new = changed(tmp_path, "new.yaml", period="2026-Q1", confidential="true")
    ended = compared(OLD, new)
    assert ended.code == 2
    assert "period: 2026-Q1" not in ended.err
    assert "^" not in ended.err


def test_the_same_file_twice_is_refused(compared: Any) -> None:
    ended = compared(OLD, OLD.parent / "." / OLD.name)
    assert ended.code == 2
    assert "are the same file" in ended.err
    assert compared("-", "-").code == 2


def test_the_problems_of_both_files_come_in_one_run(tmp_path: Path, compared: Any) -> None:
    ended = compared(tmp_path / "a.yaml", changed(tmp_path, "new.yaml", period="soon"))
    assert ended.code == 2
    assert "a.yaml" in ended.err
    assert "soon" in ended.err


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("-f", "jsn", "Did you mean json?"),
        ("-o", "change.xlsx", "names no format"),
        ("--color", "maybe", "auto, always or never"),
        ("--lang", "xx", "speaks en, not xx"),
    ],
)
def test_wrong_usage_is_refused(compared: Any, option: str, value: str, says: str) -> None:
    with contextlib.chdir(ROOT):
        ended = compared(*NORTHWIND, option, value)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err


OF_EIGHT = "true\nmin_group_size: 8"


def test_the_group_size_of_a_confidential_wave_holds_for_both(tmp_path: Path, compared: Any) -> None:
    report = compared(OLD, changed(tmp_path, "new.yaml", confidential=OF_EIGHT), "-f", "json").json
    cells = {q["id"]: [cell["group"] for cell in q["groups"]] for q in report["questions"]}
    assert cells["contribution"] == ["business+it"]


def test_a_drop_by_facts_alone_is_called_nothing(tmp_path: Path, compared: Any) -> None:
    """Northwind's autumn wave once more, after all plans but one lost their objective."""
    old = changed(tmp_path, "old.yaml", period="2026-Q3")
    new = tmp_path / "new.yaml"
    text = changed(tmp_path, "new.yaml").read_text(encoding="utf-8")
    new.write_text(text.replace("{count: 11, of: 12", "{count: 1, of: 12"), encoding="utf-8")
    ended = compared(old, new)
    assert (ended.code, ended.err) == (0, "")
    assert "62 to 35 of 100   Down by 28 points, by facts alone." in ended.out
    told = "Plans mapped: 11 of 12 stated (CIO, 3 November), then 1 of 12 stated (CIO, 3 November)."
    assert told in " ".join(ended.out.split())
    assert "No reliable change in any question." in ended.out
    assert ", reliable" not in ended.out


def test_a_drop_by_facts_and_answers_is_told_apart(tmp_path: Path, compared: Any) -> None:
    """The waves of spring and autumn the other way round: 20 of 26 points are facts, 6 are answers."""
    old = changed(tmp_path, "old.yaml")
    new = tmp_path / "new.yaml"
    new.write_text(OLD.read_text(encoding="utf-8").replace("2026-Q2", "2027-Q2"), encoding="utf-8")
    ended = compared(old, new)
    assert "Down by 26 points; facts alone -20." in ended.out
    assert "Answers: a reliable change, likely -9 to -2." in ended.out


def test_what_facts_moved_stands_apart_from_what_answers_did(tmp_path: Path, compared: Any) -> None:
    """Innovation rises by 8, as ideas taken up went from 2 to 3 of 10: nobody's view did."""
    rows = compared(OLD, changed(tmp_path, "new.yaml")).out.split("\n")
    at = next(number for number, row in enumerate(rows) if row.startswith("Innovation"))
    assert " ".join(rows[at].split()) == "Innovation 53 61 +8 facts +8; answers -6 to +7"


# Other files


def test_tables_are_compared_by_their_cover_sheets(tmp_path: Path, compared: Any) -> None:
    (tmp_path / "sleep.yaml").write_text(HOURS, encoding="utf-8")
    for name, period, hours in (("old", "2026-Q1", SLEEP_B), ("new", "2026-Q2", SLEEP_A)):
        rows = "".join(f"{number},business,{extra}\n" for number, extra in enumerate(hours))
        (tmp_path / f"{name}.csv").write_text(f"id,group,extra\n{rows}", encoding="utf-8")
        head = f"questionnaire: sleep.yaml\nperiod: {period}\nconfidential: false\n"
        (tmp_path / f"{name}.yaml").write_text(f"{head}respondents: {name}.csv\n", encoding="utf-8")
    report = compared(tmp_path / "old.yaml", tmp_path / "new.yaml", "-f", "json").json
    assert interval(report["overall"]) == pytest.approx((-2.4598858, -0.7001142), abs=5e-8)
    bare = compared(tmp_path / "old.csv", tmp_path / "new.csv")
    assert bare.code == 2
    assert bare.err.count("This is a table of answers") == 2


def test_each_wave_counts_its_own_plans(tmp_path: Path, compared: Any) -> None:
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


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_text_is_made_visible(tmp_path: Path, compared: Any, form: str) -> None:
    evil = '"North\\e[31mwind\\u202e [red]x[/red]"'
    old = sleepers(tmp_path, "b.yaml", "2026-Q1", SLEEP_B)
    new = sleepers(tmp_path, "a.yaml", "2026-Q2", SLEEP_A)
    for path in (old, new):
        path.write_text(f"organization: {evil}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    out = compared(old, new, "-f", form).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]x[/red]" in out


def test_a_confidential_comparison_names_nobody(tmp_path: Path, compared: Any) -> None:
    report = compared(OLD, changed(tmp_path, "new.yaml", confidential="true"), "-f", "json").json
    hashes = {each["name"]: each["sha256"] for each in report["inputs"]}
    assert (hashes[Path(OLD).name], hashes["new.yaml"]) == (None, None)
    assert "r01" not in json.dumps(report)
    assert report["overall"]["parts"] is None
    assert report["overall"]["in_both"] is None


def test_a_confidential_comparison_says_so_at_the_top(tmp_path: Path, compared: Any) -> None:
    text = compared(OLD, changed(tmp_path, "new.yaml", confidential=OF_EIGHT)).out
    head = " ".join(text.split("\n\n")[0].split())
    assert "One wave is confidential, so both are treated so: nobody is followed" in head
    assert "Groups are shown as one in both waves for" in head
    assert "write `confidential: false`" in head
    assert "WHAT MADE IT CHANGE" not in text
    assert "answered both times" not in text


def test_colour_adds_nothing_but_styles(compared: Any) -> None:
    with contextlib.chdir(ROOT):
        plain, styled = (compared(*NORTHWIND, "--color", when).out for when in ("never", "always"))
    assert "\x1b[1m" in styled
    assert styled.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_figures_that_do_not_add_up_are_explained(tmp_path: Path, compared: Any) -> None:
    """Northwind's responsiveness goes from 17 to 35, up by 17; a whole change needs no such word."""
    word = "Each figure is rounded by itself"
    assert word in compared(*NORTHWIND).out
    old = sleepers(tmp_path, "old.yaml", "2026-Q1", [-2, 0, 2])
    new = sleepers(tmp_path, "new.yaml", "2026-Q2", [0, 2, 4])
    assert word not in compared(old, new).out


def test_nothing_in_common_says_so_and_no_more(tmp_path: Path, compared: Any) -> None:
    """Three people in confidence: no score, and not a word of what brought a change about."""
    waves = []
    for period in ("2026-Q1", "2026-Q2"):
        path = sleepers(tmp_path, f"{period}.yaml", period, [1, 2, 3])
        path.write_text(
            path.read_text(encoding="utf-8").replace("confidential: false", "confidential: true"),
            encoding="utf-8",
        )
        waves.append(path)
    ended = compared(*waves)
    assert "Nothing to compare: hidden: fewer than 5 answers." in ended.out
    assert "brought" not in ended.out
