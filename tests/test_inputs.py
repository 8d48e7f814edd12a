"""Responses from files: YAML and CSV say the same, several files are one wave, or why they are not."""

from __future__ import annotations

import csv
import hashlib
import json
import tracemalloc
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from convergence_cli import read, score
from convergence_cli.inputs.repeats import Repeats
from convergence_cli.model.responses import State
from convergence_cli.problems import InputError, NothingToDo, UsageError
from convergence_cli.render import json as as_json

ROOT = Path(__file__).parent.parent
RESPONSES = ROOT / "examples" / "responses.yaml"
BUILT_IN = "convergence-2017@1"

Data = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, data: Data) -> str:
    Path(name).write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return name


def person(name: str, group: str = "business", **answers: str) -> Data:
    return {"id": name, "group": group, "answers": answers or {"response-speed": "2"}}


def responses(name: str, people: Sequence[Data], **header: Any) -> str:
    said = {"questionnaire": BUILT_IN, "confidential": False, "organization": "Northwind Ltd", **header}
    return write(name, {**said, "respondents": list(people)})


def messages(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [finding.message for finding in error.value.findings]


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
def test_a_table_and_a_file_in_yaml_say_the_same(folder: Path, dialect: Data) -> None:
    data = yaml.safe_load(RESPONSES.read_text(encoding="utf-8"))
    as_table(data, folder / "responses.csv", **dialect)
    kept = ("organization", "period", "population", "facts")
    write("facts.yaml", {key: data[key] for key in kept})
    wave = read("responses.csv", questionnaire=BUILT_IN, confidential=False, facts="facts.yaml")
    from_table, from_yaml = (
        json.loads(as_json.render(score(each, plans=[]))) for each in (wave, read(str(RESPONSES)))
    )
    if not data.get("plans"):
        names = [source["name"] for source in from_table.pop("inputs")]
        assert names == ["responses.csv", "facts.yaml"]
        from_yaml.pop("inputs")
        assert from_table == from_yaml
    for figure in ("overall", "dimensions", "friction", "respondents"):
        if not data.get("plans"):
            assert from_table[figure] == from_yaml[figure]
    assert [row.codes for row in wave.respondents] == [row.codes for row in read(str(RESPONSES)).respondents]
    assert [row.wants for row in wave.respondents] == [row.wants for row in read(str(RESPONSES)).respondents]


def table_of(text: str | bytes, *, confidential: bool = False, **options: Any) -> list[Any]:
    Path("people.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    wave = read("people.csv", questionnaire=BUILT_IN, confidential=confidential, **options)
    return list(wave.respondents)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_tables_as_spreadsheets_save_them(folder: Path, encoding: str, end: str) -> None:
    lines = [
        "id,group,about.unit,response-speed.comment",
        'p1,it,Café,"two',
        'lines"',
        "",
        "p2,business,,",
        "",
    ]
    text = end.join(lines)
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    rows = table_of(marks.get(encoding, b"") + text.encode(encoding))
    assert [(row.id, row.group, row.about) for row in rows] == [
        ("p1", "it", {"unit": "Café"}),
        ("p2", "business", {}),
    ]
    assert rows[0].comments == ((0, f"two{end}lines"),)


def test_rows_are_read_anew_each_time(folder: Path) -> None:
    Path("people.csv").write_text("id,group,response-speed\np1,it,4\np2,it,5\n", encoding="utf-8")
    wave = read("people.csv", questionnaire=BUILT_IN, confidential=False)
    assert [row.codes for row in wave.respondents] == [row.codes for row in wave.respondents]
    assert len(list(wave.respondents)) == 2


def test_a_table_is_not_held(folder: Path) -> None:
    """What a table remembers of a row is gone with the next one; of its id, a hash stays."""
    comment = "x" * 400
    with Path("people.csv").open("w", encoding="utf-8") as file:
        file.write("id,group,response-speed.comment\n")
        file.writelines(f"p{number},it,{comment}\n" for number in range(10_000))
    wave = read("people.csv", questionnaire=BUILT_IN, confidential=False)
    tracemalloc.start()
    try:
        people = sum(1 for _ in wave.respondents)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert people == 10_000
    assert peak < Path("people.csv").stat().st_size / 3


WRONG_ROWS = [
    ("p1,it,9", "people.csv:2:7", "`response-speed`: expected 1 ("),
    ("p1,its,4", "people.csv:2:4", "`its` is not a group of convergence-2017"),
    (",it,4", "people.csv:2:1", "there is no id"),
    ("p1,,4", "people.csv:2:4", "there is no group"),
    ("p1,it", "people.csv:2:1", "the row has 2 cells, and the header has 3"),
    ("p1,it,4\n\np2,it,5\np1,it,3", "people.csv:5:1", "`p1` stands twice"),
    ('p1,it,"4', "people.csv:2:1", "This row is not CSV: a quote has no partner"),
    ('p1,it,"4"4', "people.csv:2:1", "This row is not CSV: a quote has no partner"),
    (f"p1,it,4\np2,it,{'4' * 200_000}", "people.csv:3:1", "This row is not CSV: a quote has no partner"),
    ('"p1",it,9', "people.csv:2:1", "`response-speed`: expected 1 ("),
]


@pytest.mark.parametrize(("rows", "place", "message"), WRONG_ROWS)
def test_a_wrong_row_has_its_place(folder: Path, rows: str, place: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        table_of(f"id,group,response-speed\n{rows}\n")
    (finding,) = error.value.findings
    assert str(finding.place) == place
    assert finding.message.startswith(message)
    with pytest.raises(InputError) as told:
        table_of(f"id,group,response-speed\n{rows}\n", confidential=True)
    (discreet,) = told.value.findings
    assert (str(discreet.place), discreet.excerpt) == (place, None)
    assert "p1" not in discreet.message


WRONG_HEADERS = [
    (
        "id,group,response-sped",
        "people.csv:1:10",
        "column 3 is not known, found `response-sped`",
        "response-speed",
    ),
    ("id,group,role", "people.csv:1:10", "column 3 is not known, found `role`", "about.<name>"),
    ("id,group,id", "people.csv:1:1", "column 3 stands twice, found `id`", ""),
    ("id,response-speed", "people.csv:1:1", "the table needs the column `group`", ""),
    ("id,group,plan-mapping", "people.csv:1:10", "column 3 is not known, found `plan-mapping`", ""),
]


@pytest.mark.parametrize(("header", "place", "message", "hint"), WRONG_HEADERS)
def test_a_wrong_column_has_its_place(folder: Path, header: str, place: str, message: str, hint: str) -> None:
    with pytest.raises(InputError) as error:
        table_of(f"{header}\n")
    (finding,) = error.value.findings
    assert (str(finding.place), finding.message) == (place, message)
    assert hint in finding.hint


def test_a_wrong_byte_in_the_middle_has_its_line(folder: Path) -> None:
    good = b"id,group,about.unit\n" + b"".join(b"p%d,it,x\n" % number for number in range(2_000))
    with pytest.raises(InputError) as error:
        table_of(good + b"last,it,caf\xe9\n")
    (finding,) = error.value.findings
    assert str(finding.place) == "people.csv:2002:12"
    assert "found `0xE9" in finding.message


def test_a_column_that_is_wrong_throughout_is_not_told_a_thousand_times(folder: Path) -> None:
    rows = "".join(f"p{number},it,9\n" for number in range(1_000))
    with pytest.raises(InputError) as error:
        table_of(f"id,group,response-speed\n{rows}")
    *first, last = error.value.findings
    assert len(first) == 100
    assert last.message == "And more problems in this file."


def test_several_options_stand_in_one_cell(folder: Path) -> None:
    options = [{"value": value, "label": label} for value, label in ((1, "Chat"), (2, "Phone"), (4, "Visit"))]
    write(
        "own.yaml",
        {
            "id": "own",
            "version": 1,
            "title": "Own",
            "groups": [{"id": "staff", "title": "Staff"}],
            "dimensions": [{"id": "all", "title": "All"}],
            "questions": [
                {
                    "id": "ways",
                    "dimension": "all",
                    "text": "?",
                    "answer": {"kind": "multiple", "options": options},
                },
                {
                    "id": "days",
                    "dimension": "all",
                    "text": "?",
                    "answer": {"kind": "number", "per": "respondent", "points": [[0, 100], [30, 0]]},
                },
                {"id": "share", "dimension": "all", "text": "?", "answer": {"kind": "ratio"}},
            ],
        },
    )
    Path("people.csv").write_text(
        "id,group,ways,ways.want,days\np1,staff,Chat; visit,1;2;4,2.5\np2,staff,,,n/a\n", encoding="utf-8"
    )
    write("facts.yaml", {"share": "3/4"})
    wave = read("people.csv", questionnaire="own.yaml", confidential=False, facts="facts.yaml")
    assert [(row.codes, row.wants) for row in wave.respondents] == [
        ((0b101, Fraction(5, 2)), ((0, 0b111),)),
        ((State.SKIPPED, State.NOT_APPLICABLE), ()),
    ]
    assert wave.facts["share"].amount == Fraction(3, 4)


WRONG_FACTS = [
    ({"plan-maping": "11/12"}, "facts.yaml:1:1", "`plan-maping` is not a question, so it is no fact"),
    ({"plan-mapping": "13/12"}, "facts.yaml:1:15", "`plan-mapping`: expected so many of so many"),
    (
        {"confidential": True, "facts": {}},
        "facts.yaml:1:1",
        "`confidential` does not belong into the facts of a table",
    ),
    ({"facts": {}, "respondents": []}, "facts.yaml:2:1", "`respondents` does not belong into the facts of a"),
]


@pytest.mark.parametrize(("data", "place", "message"), WRONG_FACTS)
def test_wrong_facts_beside_a_table(folder: Path, data: Data, place: str, message: str) -> None:
    write("facts.yaml", data)
    with pytest.raises(InputError) as error:
        table_of("id,group\np1,it\n", facts="facts.yaml")
    (finding,) = error.value.findings
    assert str(finding.place) == place
    assert finding.message.startswith(message)


def test_more_people_in_a_table_than_there_are(folder: Path) -> None:
    write("facts.yaml", {"facts": {}, "population": {"it": 1}})
    with pytest.raises(InputError) as error:
        table_of("id,group\np1,it\np2,it\n", facts="facts.yaml")
    assert messages(error) == ["`it`: 2 people answered, more than the 1 there are"]


def test_an_empty_table_is_nothing_to_do(folder: Path) -> None:
    with pytest.raises(NothingToDo, match=r"people\.csv is empty"):
        table_of("")


# Several files


def test_files_that_agree_are_one_wave(folder: Path) -> None:
    one = responses("one.yaml", [person("p1")], population={"business": 3}, facts={"plan-mapping": "1/2"})
    two = responses("two.yaml", [person("p2"), person("p3", "it")], facts={"ideas-taken-up": "1/4"})
    wave = read(one, two)
    assert [row.id for row in wave.respondents] == ["p1", "p2", "p3"]
    assert wave.population == {"business": 3}
    assert {name: fact.amount for name, fact in wave.facts.items()} == {
        "plan-mapping": Fraction(1, 2),
        "ideas-taken-up": Fraction(1, 4),
    }
    assert [name for name, _ in wave.sources] == ["one.yaml", "two.yaml"]


DISAGREE = [
    ({"organization": "Southwind"}, "organization is Southwind here and Northwind Ltd in one.yaml"),
    ({"period": "2026-Q4"}, "period is 2026-Q4 here and not given in one.yaml"),
    ({"confidential": True}, "confidential is true here and false in one.yaml"),
    ({"cut_by": "unit"}, "cut_by is unit here and not given in one.yaml"),
    (
        {"questionnaire": "convergence-full@1"},
        "questionnaire is convergence-full@1 here and convergence-2017@1 in one.yaml",
    ),
    ({"population": {"it": 9}}, "the population of `it` is 9 here and 8 in one.yaml"),
    ({"facts": {"plan-mapping": "3/4"}}, "the fact `plan-mapping` is 3 of 4 here and 1 of 2 in one.yaml"),
]


@pytest.mark.parametrize(("header", "message"), DISAGREE)
def test_files_that_disagree_are_refused(folder: Path, header: Data, message: str) -> None:
    one = responses("one.yaml", [person("p1")], population={"it": 8}, facts={"plan-mapping": "1/2"})
    two = responses("two.yaml", [person("p2")], **header)
    with pytest.raises(InputError) as error:
        read(one, two)
    assert messages(error) == [message]
    assert error.value.findings[0].file == "two.yaml"


def test_a_fact_may_be_stated_by_two(folder: Path) -> None:
    one = responses(
        "one.yaml", [person("p1")], facts={"plan-mapping": {"count": 1, "of": 2, "source": "CIO"}}
    )
    two = responses("two.yaml", [person("p2")], facts={"plan-mapping": "1/2"})
    assert read(one, two).facts["plan-mapping"].amount == Fraction(1, 2)


def test_nobody_answers_in_two_files(folder: Path) -> None:
    one = responses("one.yaml", [person("p1")])
    two = responses("two.yaml", [person("p1"), person("p2")])
    with pytest.raises(InputError) as error:
        read(one, two)
    assert messages(error) == ["`p1` stands twice"]
    for name in ("three.csv", "again.csv"):
        Path(name).write_text("id,group\np2,it\n", encoding="utf-8")
    write("facts.yaml", {"organization": "Northwind Ltd", "facts": {}})
    options: Data = {"questionnaire": BUILT_IN, "confidential": False, "facts": "facts.yaml"}
    with pytest.raises(InputError) as error:
        list(read("three.csv", "again.csv", **options).respondents)
    assert messages(error) == ["`p2` stands in two files"]
    with pytest.raises(InputError) as error:
        list(read(responses("four.yaml", [person("p2")]), "three.csv", **options).respondents)
    assert messages(error) == ["`p2` stands in two files"]
    assert str(error.value.findings[0].place) == "three.csv:2"


def test_more_people_in_all_files_than_there_are(folder: Path) -> None:
    one = responses("one.yaml", [person("p1")], population={"business": 1})
    two = responses("two.yaml", [person("p2")])
    with pytest.raises(InputError) as error:
        read(one, two)
    assert messages(error) == ["`business`: 2 people answered, more than the 1 there are"]


def test_organisations_side_by_side(folder: Path) -> None:
    """Each keeps its facts; of both together a ratio is 12 of 16. The same id may be used by both."""
    files = [
        responses("a.yaml", [person("p1")], population={"business": 2}, facts={"plan-mapping": "11/12"}),
        responses(
            "b.yaml",
            [person("p1", **{"response-speed": "4"})],
            organization="Southwind",
            population={"business": 3},
            facts={"plan-mapping": "1/4"},
        ),
    ]
    with pytest.raises(InputError, match="organization is Southwind here"):
        read(*files)
    wave = read(*files, by="organization")
    report = score(wave, by="organization")
    assert (report.organization, wave.population) == (None, {"business": 5})
    fact = report.questions[0].fact
    assert fact is not None
    assert (fact.count, fact.of) == (12, 16)
    found = {cut.value: (cut.questions[0].score, cut.questions[1].score) for cut in report.cuts}
    assert found == {"Northwind Ltd": (pytest.approx(1100 / 12), 25), "Southwind": (25, 75)}


def test_a_number_that_differs_between_organisations_has_no_sum(folder: Path) -> None:
    write(
        "own.yaml",
        {
            "id": "own",
            "version": 1,
            "title": "Own",
            "groups": [{"id": "staff", "title": "Staff"}],
            "dimensions": [{"id": "all", "title": "All"}],
            "questions": [
                {
                    "id": "days",
                    "dimension": "all",
                    "text": "?",
                    "answer": {"kind": "number", "points": [[0, 100], [30, 0]]},
                }
            ],
        },
    )
    files = [
        responses(f"{name}.yaml", [], questionnaire="own.yaml", organization=name, facts={"days": days})
        for name, days in (("a", 3), ("b", 6))
    ]
    wave = read(*files, by="organization")
    assert wave.facts == {}
    assert {name: facts["days"].amount for name, facts in wave.facts_by_value.items()} == {"a": 3, "b": 6}


def test_options_for_tables_are_refused_where_there_is_none(folder: Path) -> None:
    file = responses("one.yaml", [person("p1")])
    with pytest.raises(UsageError, match="--questionnaire and --facts: only for CSV files"):
        read(file, questionnaire=BUILT_IN, facts="facts.yaml")


# Answers


def test_a_label_serves_as_well_as_its_value_in_any_language(folder: Path) -> None:
    options = [
        {"value": 1, "label": {"en": "Never", "de": "Nie"}},
        {"value": 2, "label": {"en": "Always", "de": "Immer"}},
    ]
    write(
        "own.yaml",
        {
            "id": "own",
            "version": 1,
            "title": "Own",
            "languages": ["en", "de"],
            "groups": [{"id": "staff", "title": "Staff"}],
            "dimensions": [{"id": "all", "title": "All"}],
            "questions": [
                {"id": "q", "dimension": "all", "text": "?", "answer": {"kind": "choice", "options": options}}
            ],
        },
    )
    said = ["1", "2", "1.0", "never", "IMMER", " Nie ", "n/a", "dont-know", "Don't know", ""]
    people = [person(f"p{number}", "staff", q=each) for number, each in enumerate(said)]
    wave = read(responses("one.yaml", people, questionnaire="own.yaml"))
    unsure, skipped = State.DONT_KNOW, State.SKIPPED
    assert [row.codes[0] for row in wave.respondents] == [
        *(0, 1, 0, 0, 1, 0),
        *(State.NOT_APPLICABLE, unsure, unsure, skipped),
    ]


def test_ids_that_stand_twice_are_found_by_a_second_walk() -> None:
    repeats = Repeats()
    walks = 0

    def keys() -> Any:
        nonlocal walks
        walks += 1
        yield from (("a", 1), ("b", 2), ("a", 3), ("a", 4))

    for key, _ in keys():
        repeats.add(key)
    assert list(repeats.found(keys())) == [(1, 3), (1, 4)]
    once = Repeats()
    once.add("a")
    assert list(once.found(keys())) == []
    assert walks == 2  # where nothing can stand twice, nobody walks again


def test_a_questionnaire_of_ones_own_is_among_the_inputs(tmp_path: Path) -> None:
    """Rule S15: every input with its hash; a questionnaire holds nobody's answers, so its hash is shown."""
    built_in = ROOT / "questionnaires" / "convergence-2017@1.yaml"
    own = tmp_path / "own.yaml"
    own.write_bytes(built_in.read_bytes())
    text = (ROOT / "examples" / "responses.yaml").read_text(encoding="utf-8")
    text = text.replace("questionnaire: convergence-2017@1", "questionnaire: own.yaml")
    text = text.replace("confidential: false", "confidential: true").replace("plans: [", "# plans: [")
    (tmp_path / "responses.yaml").write_text(text, encoding="utf-8")
    wave = read(str(tmp_path / "responses.yaml"))
    hashed = hashlib.sha256(built_in.read_bytes()).hexdigest()
    assert wave.sources == (("responses.yaml", None), ("own.yaml", hashed))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("examples/plans.yaml", "This file holds plans, and responses are needed."),
        (
            "questionnaires/convergence-2017@1.yaml",
            "This file holds a questionnaire, and responses are needed.",
        ),
    ],
)
def test_a_file_of_another_kind_is_told_in_one_sentence(file: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read(str(ROOT / file))
    assert [finding.message for finding in refused.value.findings] == [said]
