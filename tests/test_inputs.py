"""Responses from files: a list and a table say the same, and several files are one wave, or why not."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from convergence_cli import read, score
from convergence_cli.model.answers import Respondent
from convergence_cli.model.responses import State
from convergence_cli.problems import Finding, InputError
from convergence_cli.render import json as as_json

ROOT = Path(__file__).parent.parent
RESPONSES = ROOT / "examples" / "responses.yaml"
BUILT_IN = "convergence-2017@1"
MAPPING = "plan-mapping"

Data = dict[str, Any]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, data: Data) -> str:
    Path(name).write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return name


def person(name: str, group: str = "business", **answers: str) -> Data:
    return {"id": name, "group": group, "answers": answers or {"response-speed": "2"}}


def responses(name: str, people: Sequence[Data] | str, **header: Any) -> str:
    """A responses file; `people` may be the name of a table."""
    said = {"questionnaire": BUILT_IN, "confidential": False, "organization": "Northwind Ltd", **header}
    return write(name, {**said, "respondents": people if isinstance(people, str) else list(people)})


def of_table(text: str | bytes, **header: Any) -> tuple[Respondent, ...]:
    Path("people.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return tuple(read(responses("cover.yaml", "people.csv", **header)).respondents)


def findings_of(*files: str) -> list[Finding]:
    """Why the files are refused."""
    with pytest.raises(InputError) as error:
        read(*files)
    return list(error.value.findings)


def refused(*files: str) -> list[tuple[str, str]]:
    return [(str(finding.place), finding.message) for finding in findings_of(*files)]


def wrong_table(text: str | bytes, **header: Any) -> list[Finding]:
    Path("people.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return findings_of(responses("cover.yaml", "people.csv", **header))


def own_questionnaire(*answers: Data, **more: Any) -> str:
    """A questionnaire of one's own, with a question q0, q1, ... for each kind of answer."""
    questions = [
        {"id": f"q{at}", "dimension": "all", "text": "?", "answer": answer}
        for at, answer in enumerate(answers)
    ]
    groups, dimensions = ([{"id": name, "title": name}] for name in ("staff", "all"))
    head = {"id": "own", "version": 1, "title": "Own", "groups": groups, "dimensions": dimensions}
    return write("own.yaml", {**head, **more, "questions": questions})


# A table of respondents


def as_table(data: Data, path: Path, **dialect: Any) -> None:
    """The respondents of a responses file as CSV."""
    rows = []
    for each in data["respondents"]:
        row = {"id": each["id"], "group": each["group"]}
        row |= {f"about.{name}": value for name, value in each.get("about", {}).items()}
        for name, answer in each["answers"].items():
            parts = answer if isinstance(answer, dict) else {"now": answer}
            row |= {name if part == "now" else f"{name}.{part}": value for part, value in parts.items()}
        rows.append(row)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, **dialect)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("dialect", [{}, {"delimiter": ";"}, {"delimiter": "\t"}, {"quoting": csv.QUOTE_ALL}])
def test_a_table_and_a_list_say_the_same(folder: Path, dialect: Data) -> None:
    data = yaml.safe_load(RESPONSES.read_text(encoding="utf-8"))
    as_table(data, folder / "answers.csv", **dialect)
    cover = write("cover.yaml", {**data, "respondents": "answers.csv"})
    table, listed = read(cover), read(str(RESPONSES))
    told = [json.loads(as_json.render(score(each, plans=[]))) for each in (table, listed)]
    inputs = [[each["name"] for each in report.pop("inputs")] for report in told]
    assert inputs == [["cover.yaml", "answers.csv"], ["responses.yaml"]]
    assert told[0] == told[1]
    for one, other in zip(table.respondents, listed.respondents, strict=True):
        assert (one.codes, one.wants, one.comments) == (other.codes, other.wants, other.comments)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_tables_as_spreadsheets_save_them(encoding: str, end: str) -> None:
    rows = [
        "id,group,about.unit,response-speed.comment",
        'p1,it,Café,"two',
        'lines"',
        "",
        "p2,business,,",
        "",
    ]
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    first, second = of_table(marks.get(encoding, b"") + end.join(rows).encode(encoding))
    assert (first.id, first.group, first.about) == ("p1", "it", {"unit": "Café"})
    assert (second.id, second.group, second.about) == ("p2", "business", {})
    assert first.comments == ((0, f"two{end}lines"),)


NO_SUCH, NO_PARTNER = "`response-speed`: expected 1 (", "This row is not CSV: a quote has no partner"
UNKNOWN = "column 3 is not known, found `"
SPEED = "id,group,response-speed\n"
WRONG_TABLES = [
    (SPEED + "p1,it,9", "2:7", NO_SUCH, ""),
    (SPEED + '"p,""1",it,9', "2:12", NO_SUCH, ""),
    (SPEED + '"p\n1",it,9', "3:7", NO_SUCH, ""),
    (SPEED + "p1,its,4", "2:4", "`its` is not a group of convergence-2017", "Did you mean it?"),
    (SPEED + ",it,4", "2:1", "`id` is empty", ""),
    (SPEED + "p1,,4", "2:4", "`group` is empty", ""),
    (SPEED + "p1,it", "2:1", "the row has 2 cells, and the header has 3", ""),
    (SPEED + "p1,it,4\n\np2,it,5\np1,it,3", "5:1", "`p1` stands twice", ""),
    (SPEED + 'p1,it,"4', "2:1", NO_PARTNER, ""),
    (SPEED + 'p1,it,"4"4', "2:1", NO_PARTNER, ""),
    (f"{SPEED}p1,it,4\np2,it,{'4' * 200_000}", "3:1", NO_PARTNER, ""),
    ("id,group,response-sped", "1:10", UNKNOWN + "response-sped`", "Did you mean"),
    ("id,group,role", "1:10", UNKNOWN + "role`", "about.<name>"),
    ("id,group,plan-mapping", "1:10", UNKNOWN + "plan-mapping`", ""),
    ("id,group,id", "1:10", "column 3 stands twice, found `id`", ""),
    ("id,response-speed", "1:1", "the table needs the column `group`", ""),
    (
        b"id,group\n" + b"p1,it\n" * 2_000 + b"last,caf\xe9\n",
        "2002:9",
        "the file is not UTF-8 here, found `0xE9",
        "",
    ),
]


@pytest.mark.parametrize("confidential", [False, True])
@pytest.mark.parametrize(("text", "place", "message", "hint"), WRONG_TABLES)
def test_what_is_wrong_with_a_table_has_its_place(
    text: str | bytes, place: str, message: str, hint: str, confidential: bool
) -> None:
    [finding] = wrong_table(text, confidential=confidential)
    assert str(finding.place) == f"people.csv:{place}"
    if confidential:
        assert (finding.excerpt, "p1" in finding.message) == (None, False)
        assert ", found `" not in finding.message
    else:
        assert finding.message.lower().startswith(message.lower())
        assert hint in finding.hint
        assert finding.excerpt is not None


def test_a_column_that_is_wrong_throughout_is_not_told_a_thousand_times() -> None:
    column = "".join(f"p{number},it,9\n" for number in range(1_000))
    *first, last = wrong_table("id,group,response-speed\n" + column)
    assert len(first) == 100
    assert last.message == "And more problems in this file."


def test_several_options_stand_in_one_cell() -> None:
    labels = ((1, "Chat"), (2, "Phone"), (4, "Visit; by appointment"))
    options = [{"value": value, "label": label} for value, label in labels]
    days = {"kind": "number", "per": "respondent", "points": [[0, 100], [30, 0]]}
    own = own_questionnaire({"kind": "multiple", "options": options}, days, {"kind": "ratio"})
    rows = ["id,group,q0,q0.want,q1", "p1,staff,Chat; 4,1;2;4,2.5", "p2,staff,,,n/a"]
    rows += ["p3,staff,visit; by appointment,,"]
    people = of_table("\n".join(rows), questionnaire=own, facts={"q2": "3/4"})
    assert [(each.codes, each.wants) for each in people] == [
        ((0b101, Fraction(5, 2)), ((0, 0b111),)),
        ((State.SKIPPED, State.NOT_APPLICABLE), ()),
        ((0b100, State.SKIPPED), ()),
    ]
    assert read("cover.yaml").facts["q2"].amount == Fraction(3, 4)


NAMES = [
    ("peple.csv", "`peple.csv` cannot be read: there is no such file.", "Did you mean people.csv"),
    ("people.yaml", "`respondents`: expected a list of people, or their table, a file that ends in .csv", ""),
    ("folder.csv", "`folder.csv` cannot be read: this is a directory, and a file is needed.", ""),
]


@pytest.mark.parametrize(("name", "message", "hint"), NAMES)
def test_a_table_that_cannot_be_read_is_told_where_it_is_named(name: str, message: str, hint: str) -> None:
    Path("people.csv").write_text("id,group\n")
    Path("folder.csv").mkdir()
    [finding] = findings_of(responses("cover.yaml", name))
    assert (str(finding.place), finding.message.startswith(message)) == ("cover.yaml:4:14", True)
    assert hint in finding.hint


def test_what_is_wrong_with_a_cover_sheet_and_its_table_is_told_at_once() -> None:
    Path("people.csv").write_text("id,group,response-speed\np1,it,9\np2,it\n")
    cover = responses("cover.yaml", "people.csv", period="soon", facts={"plan-maping": "1/2"})
    places = ["people.csv:3:1", "people.csv:2:7", "cover.yaml:4:9", "cover.yaml:6:3"]
    assert [place for place, _ in refused(cover)] == places


@pytest.mark.parametrize("confidential", [False, True])
def test_what_is_wrong_in_a_questionnaire_stands_in_its_own_file(confidential: bool) -> None:
    own_questionnaire({"kind": "yes-no"}, {"kind": "scale", "scale": "agree"}, contrast=["staff", "boss"])
    responses("one.yaml", [], questionnaire="own.yaml", confidential=confidential, min_group_size="few")
    with pytest.raises(InputError) as error:
        read("one.yaml")
    sheet, *own = error.value.findings
    assert (sheet.file, sheet.line) == ("one.yaml", 4)
    lines = ["", *Path("own.yaml").read_text().splitlines()]
    assert [each.file for each in own] == ["own.yaml", "own.yaml"]
    assert ["boss" in each.message or "agree" in each.message for each in own] == [True, True]
    assert [each.excerpt and each.excerpt.text for each in own] == [lines[each.line or 0] for each in own]


@pytest.mark.parametrize(
    ("name", "place", "message"),
    [
        ("one.yaml", "one.yaml", "This file holds responses, and a questionnaire is needed."),
        ("two.yaml", "one.yaml:1:16", "`two.yaml` cannot be read: there is no such file."),
        ("convergense-2017", "one.yaml:1:16", "`convergense-2017` is no questionnaire."),
    ],
)
def test_what_is_no_questionnaire_is_told_once(name: str, place: str, message: str) -> None:
    assert refused(responses("one.yaml", [], questionnaire=name)) == [(place, message)]


def test_a_figure_is_opened_down_to_the_lines_of_a_table() -> None:
    Path("people.csv").write_text('id,group,response-speed\n\np1,it,"4"\n\n"p\n2",it,5\n')
    wave = read(responses("cover.yaml", "people.csv", facts={"plan-mapping": "1/2"}))
    lines = [wave.locate(each, "response-speed") for each in wave.respondents]
    assert lines == ["people.csv:3", "people.csv:6"]
    assert wave.locate(None, "plan-mapping") == "cover.yaml:5"


# Several files


def test_files_that_agree_are_one_wave_and_who_is_named_twice_is_read_once() -> None:
    one = responses("one.yaml", [person("p1")], population={"business": 3}, facts={"plan-mapping": "1/2"})
    stated = {"plan-mapping": {"count": 1, "of": 2, "source": "CIO"}, "ideas-taken-up": "1/4"}
    Path("two.csv").write_text("id,group\np2,business\np3,it\n")
    wave = read(one, responses("two.yaml", "two.csv", facts=stated), one)
    assert [each.id for each in wave.respondents] == ["p1", "p2", "p3"]
    assert wave.population == {"business": 3}
    amounts = {name: fact.amount for name, fact in wave.facts.items()}
    assert amounts == {"plan-mapping": Fraction(1, 2), "ideas-taken-up": Fraction(1, 4)}
    assert [name for name, _ in wave.sources] == ["one.yaml", "two.yaml", "two.csv"]


COMPARE = "`convergence compare one.yaml two.yaml` tells what changed between two waves."
EACH, FULL = "Score each organisation by itself.", "convergence-full@1"
DISAGREE: list[tuple[Data, str, str, str]] = [
    ({"organization": "X"}, "3:15", "`organization` is X here and Northwind Ltd", EACH),
    ({"period": "2026-Q4"}, "4:9", "`period` is 2026-Q4 here and not given", COMPARE),
    ({"confidential": True}, "2:15", "`confidential` is true here and false", "they agree."),
    ({"cut_by": "unit"}, "4:9", "`cut_by` is unit here and not given", "they agree."),
    ({"questionnaire": FULL}, "1:16", f"`questionnaire` is {FULL} here and {BUILT_IN}", "they agree."),
    ({"population": {"it": 9}}, "5:7", "`it` is not the same here and", "they agree."),
    ({"facts": {MAPPING: "3/4"}}, "5:17", f"`{MAPPING}` is not the same here and", "they agree."),
]


@pytest.mark.parametrize(("header", "place", "message", "hint"), DISAGREE)
def test_files_that_disagree_are_refused(header: Data, place: str, message: str, hint: str) -> None:
    """That both know a p1 is not told before they are of one wave."""
    one = responses("one.yaml", [person("p1")], population={"it": 8}, facts={"plan-mapping": "1/2"})
    [finding] = findings_of(one, responses("two.yaml", [person("p1")], **header))
    assert (str(finding.place), finding.message.replace(" in one.yaml", "")) == (f"two.yaml:{place}", message)
    assert hint in finding.hint


def test_nobody_answers_twice() -> None:
    one, two = responses("one.yaml", [person("p1")]), responses("two.yaml", [person("p2"), person("p1")])
    assert refused(one, two) == [("two.yaml:9:7", "`p1` stands in two files")]
    Path("three.csv").write_text("id,group\np2,it\n")
    three = responses("three.yaml", "three.csv")
    assert refused(two, three) == [("three.csv:2:1", "`p2` stands in two files")]


def test_more_people_than_there_are() -> None:
    one = responses("one.yaml", [person("p1")], population={"business": 1})
    two = responses("two.yaml", [person("p2")])
    said = "`business`: 2 people answered, more than the 1 there are"
    assert refused(one, two) == [("one.yaml:5:13", said)]


# Answers


def test_a_label_serves_as_well_as_its_value_in_any_language() -> None:
    """The word for a state is that state even where an option has it as its label, as CQ113 says."""
    labels = ({"en": "Never", "de": "Nie"}, {"en": "Always", "de": "Immer"}, "N/A")
    options = [{"value": value, "label": label} for value, label in enumerate(labels, 1)]
    own = own_questionnaire({"kind": "choice", "options": options}, languages=["en", "de"])
    said = ["1", "2", "1.0", "never", "IMMER", " Nie ", "3", "N/A", "dont-know", "Don't know", ""]
    people = [person(f"p{number}", "staff", q0=each) for number, each in enumerate(said)]
    wave = read(responses("one.yaml", people, questionnaire=own))
    unsure, skipped = State.DONT_KNOW, State.SKIPPED
    codes = [0, 1, 0, 0, 1, 0, 2, State.NOT_APPLICABLE, unsure, unsure, skipped]
    assert [each.codes[0] for each in wave.respondents] == codes


def test_every_input_has_its_hash_and_one_that_is_confidential_none(folder: Path) -> None:
    """Rule S15; a questionnaire holds nobody's answers, so its hash is shown."""
    built_in = (ROOT / "questionnaires" / "convergence-2017@1.yaml").read_bytes()
    (folder / "own.yaml").write_bytes(built_in)
    of_table("id,group\n", questionnaire="own.yaml", confidential=True)
    hashed = hashlib.sha256(built_in).hexdigest()
    assert read("cover.yaml").sources == (("cover.yaml", None), ("people.csv", None), ("own.yaml", hashed))
    of_table("id,group\n")
    for name, told in read("cover.yaml").sources:
        assert told == hashlib.sha256(Path(name).read_bytes()).hexdigest()
