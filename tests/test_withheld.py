"""Rule S12 for messages: of a file that may be confidential no word is repeated, whatever is wrong with it
and whichever command reads it. What is told is the place, and a sentence of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from running import convergence

from convergence_cli.documents import parse
from convergence_cli.inputs.kinds import KEYS, Kind, may_be_quoted
from convergence_cli.model.fields import fields_of
from convergence_cli.model.plans import PlansFile
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import Responses
from convergence_cli.problems import Excerpt, Finding

SOURCE = Path(__file__).parent.parent / "src" / "convergence_cli"
READERS = """\
score it.yaml
validate it.yaml
check it.yaml -f json
questionnaires it.yaml
compare good.yaml it.yaml
score good.yaml --plans it.yaml
score good.yaml it.yaml
score naming.yaml
check plans.yaml --baseline it.yaml
score open.yaml
init it.csv
"""
QUESTIONNAIRE = """\
id: own
version: 1
title: Own
groups: [{id: business, title: Business}, {id: it, title: IT}]
scales: {s: {options: [{value: 1, label: Bad}, {value: 2, label: Good}]}}
dimensions: [{id: all, title: All}]
questions:
  - {id: speed, dimension: all, text: Speed?, answer: {kind: scale, scale: s}}
  - {id: why, dimension: all, text: Why?, answer: {kind: text}}
  - {id: share, dimension: all, text: Share?, answer: {kind: ratio}}
"""
COVER = "questionnaire: own.yaml\nconfidential: true\n"
GOOD = """\
questionnaire: own.yaml
organization: Northwind
period: 2026-Q3
confidential: true
respondents: []
facts: {share: 1/2}
"""


class Folder:
    """A folder with files of each kind, and what a command prints there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.put("own.yaml", QUESTIONNAIRE)
        self.put("good.yaml", GOOD)
        self.put("naming.yaml", GOOD.replace("own.yaml", "it.yaml"))
        self.put("plans.yaml", "objectives: []\nplans: [{id: P-1, title: T}]\n")
        self.put("open.yaml", f"{COVER.replace('true', 'false')}respondents: it.yaml\n")

    def put(self, name: str, text: str) -> None:
        (self.path / name).write_bytes(text.encode("utf-8", "surrogateescape"))

    def said(self, *arguments: str) -> str:
        """Everything on both streams."""
        ended = convergence(*arguments, cwd=self.path)
        return ended.out + ended.err

    def said_of_table(self, text: str) -> Iterator[str]:
        """What is said of a confidential table, and of one whose promise is in doubt."""
        self.put("t.csv", text)
        for head in (COVER, COVER.replace("true", ""), COVER + "confidential: false\n"):
            self.put("cover.yaml", f"{head}respondents: t.csv\n")
            for command in ("score", "validate"):
                yield self.said(command, "cover.yaml")

    def said_by_all(self, text: str) -> Iterator[tuple[str, str]]:
        for name in ("it.yaml", "it.csv"):
            self.put(name, text)
        for command in READERS.splitlines():
            yield command, self.said(*command.split())
        self.put("convergence.toml", text)
        yield "check", self.said("check", "plans.yaml")
        (self.path / "convergence.toml").unlink()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("withheld"))


# By example: each of these was printed once

PEOPLE = f"{COVER}respondents:\n"
LEAKS = {
    "a misspelt header key in one line": "{questionaire: own.yaml, confidential: true, respondents: "
    "[{id: Zuqimowa, group: it, answers: {why: Zuqimowa}}]}\n",
    "a misspelt format": "{format: respnses/1, respondents: [{id: Zuqimowa, answers: {}}]}\n",
    "a format that is a sentence": f"format: Zuqimowa\n{COVER}",
    "an unknown key that is a comment": PEOPLE
    + '  - id: r1\n    group: it\n    answers:\n      why:\n        now: x\n        comment:"Zuqimowa": x\n',
    "an answer in the first column": f'{PEOPLE}  - id: r1\n    group: it\n    answers:\n"Zuqimowa": 1\n',
    "a key that is misspelt and stands twice": COVER
    + "respondants:\n  - id: r1\n    Zuqimowa: 1\n    Zuqimowa: 2\n",
    "an id that stands twice": PEOPLE + 2 * "  - {id: Zuqimowa, group: it, answers: {}}\n",
    "a group that is none": f"{PEOPLE}  - {{id: r, group: Zuqimowa, answers: {{}}}}\n",
    "a question that is none": f"{PEOPLE}  - {{id: r, group: it, answers: {{Zuqimowa: 1}}}}\n",
    "an attribute that is none": PEOPLE + "  - {id: r, group: it, answers: {}, about: {Zuqimowa: [a]}}\n",
    "an answer that is none": f"{PEOPLE}  - {{id: r, group: it, answers: {{speed: Zuqimowa}}}}\n",
    "a fact that is none": f"{COVER}facts: {{share: Zuqimowa}}\n",
    "the source of a fact": f"{COVER}facts: {{share: {{count: 3, of: 2, source: Zuqimowa}}}}\n",
    "an anchor": f"{PEOPLE}  - &Zuqimowa {{id: r}}\n",
    "a tag": f"{PEOPLE}  - !Zuqimowa {{id: r}}\n",
    "an alias": f"{PEOPLE}  - *Zuqimowa\n",
    "an open quote": f'{PEOPLE}  - why: "Zuqimowa\n',
    "an escape that is none": f'{PEOPLE}  - why: "Zuqimowa\\q"\n',
    "a character that is none": f"{PEOPLE}  - why: Zuqimowa\0\n",
    "a list on the line of its key": f"{PEOPLE}  - why: - Zuqimowa\n",
    "an answer of another form": f"{PEOPLE}  - {{id: r, group: it, answers: {{speed: [Zuqimowa]}}}}\n",
    "answers of another form": f"{PEOPLE}  - {{id: r, group: it, answers: Zuqimowa}}\n",
    "an unknown key of an answer": PEOPLE + "  - {id: r, group: it, answers: {speed: {wnat: Zuqimowa}}}\n",
    "a count that is none": PEOPLE + "  - {id: r, group: it, answers: {speed: {count: Zuqimowa, of: 2}}}\n",
    "people of another form": f"{COVER}respondents: {{a: Zuqimowa}}\n",
    "a table that is none": f"{COVER}respondents: Zuqimowa\n",
    "a table that is not there": f"{COVER}respondents: Zuqimowa.csv\n",
    "plans, it says": f"format: plans/1\n{PEOPLE}  - {{id: r, Zuqimowa: 1}}\n",
    "a broken list of people": "{respondents: [{answers: {speed: Zuqimowa}]}",
    "a broken list of a misspelt name": "respondnts: [Zuqimowa\n",
    "objectives beside answers": "objectives: [{id: O, title: t}]\nrespondents: [{answers: {a: Zuqimowa",
    "a second colon": f"{PEOPLE}  - id: r\n    why: Zuqimowa: boss\n",
    "a promise with a capital": f"{PEOPLE}  - Zuqimowa\n".replace("true", "False"),
    "two promises": f"confidential: false\n{PEOPLE}  - Zuqimowa\n",
    "a promise and a misspelt one": f"confidental: false\n{PEOPLE}  - Zuqimowa\n".replace("true", "false"),
    "no promise": "questionnaire: own.yaml\nrespondents: [Zuqimowa]\n",
    "a promise that is none": f"{PEOPLE}  - Zuqimowa\n".replace("true", "maybe"),
    "a byte that is no text": f"{COVER}respondents:\n  - why: Zuqimowa \udce9\n",
    "a list": "- {id: Zuqimowa, group: it}\n",
    "a quote that closes in an answer": PEOPLE.replace("own", '"own') + '  - why: n/a Zuqimowa"\n',
    "a quote under plans": f'{COVER}facts: {{share: 1/2}}\nplans: "p\nrespondents:\n  - why: Zuqimowa"\n',
    "plans beside people": "{plans: [{id: P, title: T, x: 1}], respondnts: [{why: Zuqimowa}]}\n",
    "answers under a name of their own": "{objectives: [], people: [{why: Zuqimowa}], plans: [{id: 3}]}\n",
    "a table": "id,group,why\nr1,it,Zuqimowa: boss\n",
    "JSON": '{"questionnaire": "own.yaml", "Zuqimowa": {"respondents": 1}}',
}


@pytest.mark.parametrize("name", LEAKS)
def test_no_word_is_repeated(name: str, folder: Folder) -> None:
    for command, said in folder.said_by_all(LEAKS[name]):
        assert "uqimo" not in said.casefold(), f"{command} said: {said}"
        assert said


def test_the_place_and_what_belongs_there_are_told(folder: Folder) -> None:
    folder.put("it.yaml", f"{PEOPLE}  - {{id: r, group: it, answers: {{speed: Bda}}, comment: x}}\n")
    assert " ".join(folder.said("score", "it.yaml").split()) == (
        "it.yaml:4:47 error CV004 schema This is not a known key here. The keys known here: about, answers, "
        "group, id. it.yaml:4:41 error CV004 schema `speed`: expected 1 (Bad), 2 (Good), n/a or dont-know. "
        "2 problems."
    )


def test_who_agreed_to_be_quoted_is_quoted(folder: Folder) -> None:
    line = "- {id: r, group: it, answers: {speed: Bda}}\n"
    folder.put("it.yaml", PEOPLE.replace("true", "false") + line)
    said = folder.said("score", "it.yaml")
    assert "found `Bda`. Did you mean Bad?" in " ".join(said.split())
    assert line in said


TABLES = {
    "no header": "Zuqimowa,it,1\nr2,it,2\n",
    "an unknown column": "id,group,Zuqimowa\nr1,it,2\n",
    "a column twice": "id,group,about.Zuqimowa,about.Zuqimowa\nr1,it,2,2\n",
    "an id twice": "id,group\nZuqimowa,it\nZuqimowa,it\n",
    "an answer": "id,group,speed\nr1,it,Zuqimowa\n",
    "a group": "id,group,speed\nr1,Zuqimowa,1\n",
    "an open quote": 'id,group,speed\nr1,it,"Zuqimowa\n',
    "a row too long": "id,group\nr1,it,Zuqimowa\n",
    "a byte": "id,group\nZuqimowa\udce9,it\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_confidential_table_is_repeated(name: str, folder: Folder) -> None:
    told = list(folder.said_of_table(TABLES[name]))
    assert all(re.search(r"t\.csv:\d+:\d+ error", said) for said in told[:2])
    assert "uqimo" not in "".join(told).casefold()


def test_a_column_is_named_by_its_number(folder: Folder) -> None:
    folder.put("t.csv", "id,group,sped\nr1,it,1\n")
    folder.put("cover.yaml", f"{COVER}respondents: t.csv\n")
    told = folder.said("score", "cover.yaml").split("\n")
    assert told[:2] == ["t.csv:1:10 error CV004 schema", told[1]]
    assert told[1].strip().startswith("Column 3 is not known. Columns are id, group,")
    folder.put("cover.yaml", f"{COVER}respondents: t.csv\n".replace("true", "false"))
    assert "Column 3 is not known, found `sped`. Did you mean speed?" in folder.said("score", "cover.yaml")


def test_rows_without_an_id_are_no_duplicates(folder: Folder) -> None:
    for said in folder.said_of_table("id,group,speed\nr1,it,1\n,it,1\nr2,it,2\n,it,2\n"):
        assert re.findall(r"^t\.csv:(\d)", said, re.M) == ["3", "5"]
        assert said.count("`id` is empty.") == 2
        assert "respondent stands twice" not in said


def test_files_that_contradict_each_other_do_not_tell_their_facts(folder: Folder) -> None:
    folder.put("it.yaml", GOOD.replace("1/2", "17/19"))
    said = folder.said("score", "good.yaml", "it.yaml")
    assert "`share` is not the same here and in good.yaml" in said
    assert "17" not in said


# By attack

SECRETS = [
    *("Zuqimowavex", "Jodrikumalb", "Wexolifrupa", "Kovanzuitre", "Mugdopixarel", "Bulhozewkify"),
    *("Tyfgamuxolo", "Hirpavunjeq", "Ruxweboltan", "Dimjakoruzel", "Soqvinathup", "Pelgozurimax"),
]
PIECES = {word[n : n + 6].casefold() for word in SECRETS for n in range(len(word) - 5)}
BLOCK = """\
format: responses/1
questionnaire: own.yaml
organization: Northwind
period: 2026-Q4
confidential: true
min_group_size: 3
cut_by: unit
population: {{business: 14, it: 8}}
plans: plans.yaml
facts:
  share: {{count: 11, of: 12, source: "{}"}}
respondents:
  - id: {}
    group: business
    about: {{role: {}, unit: {}}}
    answers:
      speed: {{now: 2, want: 1, comment: "{}"}}
      why: {}
  - id: {}
    group: it
    about:
      unit: '{}'
    answers:
      speed:
        now: 1
        comment: {}
      why: "{}"
  - {{id: {}, group: it, answers: {{speed: 1, why: '{}'}}}}
""".format(*SECRETS)
DATA = yaml.safe_load(BLOCK)
JSON = json.dumps(DATA)
FLOW = yaml.safe_dump(DATA, default_flow_style=True, sort_keys=False, width=10_000)
KEYS_OF_IT = re.findall(r"[a-z_]+(?=:)", BLOCK)


def deleted(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, max(0, len(text) - 1)))
    return text[:start] + text[start + draw(st.sampled_from([1, 1, 2, 5, 20])) :]


def inserted(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(list("\"'{}[]:,#&*!|>-%@\t\n \\0"))) + text[at:]


def by_line(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines() or [""]
    at = draw(st.integers(0, len(lines) - 1))
    line, *after = lines[at : at + 2]
    alone = [line.lstrip(), f"\t{line}", f"  {line}", line.replace(": ", ":"), f"{line}:", f"{line}\n{line}"]
    joined = [" ".join([line, *after])]
    lines[at : at + 2] = draw(st.sampled_from([after, joined, *([each, *after] for each in alone)]))
    return "\n".join(lines) + "\n"


def misspelt(draw: st.DrawFn, text: str) -> str:
    key = draw(st.sampled_from(KEYS_OF_IT))
    at = draw(st.integers(0, len(key) - 1))
    return text.replace(f"{key}:", f"{key[:at]}{key[at + 1 :]}:", draw(st.sampled_from([1, -1])))


def otherwise(draw: st.DrawFn, text: str) -> str:
    old = draw(
        st.sampled_from(["true", "own.yaml", "responses/1", "2026-Q4", "it", "business", "11", "[", "2"])
    )
    new = draw(st.sampled_from(["", "yes", "True", "plans/1", "[x]", "{a: 1}", "recipe", *SECRETS[:2]]))
    return text.replace(old, new, 1)


@st.composite
def broken(draw: st.DrawFn, texts: Sequence[str], *slips: Callable[[st.DrawFn, str], str]) -> str:
    """One of the texts as a slip of the hand, or three, leave it."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(0, 3))):
        text = draw(st.sampled_from(slips))(draw, text)
    return text


def leaked(said: str) -> set[str]:
    folded = "".join(said.split()).casefold()
    return {piece for piece in PIECES if piece in folded}


@settings(max_examples=30, deadline=None)
@given(broken([BLOCK, FLOW, JSON], deleted, inserted, by_line, misspelt, otherwise))
def test_whatever_is_broken_no_piece_of_an_answer_is_printed(folder: Folder, text: str) -> None:
    for command, said in folder.said_by_all(text):
        assert not leaked(said), f"{command} said: {said}"


TABLE = "id,group,about.unit,speed,speed.comment,why\n" + "".join(
    f'{a},it,{b},{n},{c},"{d}"\n' for n, (a, b, c, d) in enumerate(zip(*[iter(SECRETS)] * 4, strict=True))
)


@settings(max_examples=25, deadline=None)
@given(broken([TABLE], deleted, inserted, by_line))
def test_whatever_is_broken_in_a_table_no_piece_of_it_is_printed(folder: Folder, text: str) -> None:
    for said in folder.said_of_table(text):
        assert not leaked(said), said


# The mechanism


def test_what_was_found_is_told_in_one_place_and_can_be_left_out() -> None:
    wrong = Finding("CV004", "`period`: expected a year.", "Write 2026.", "soon", "Did you mean 2026?")
    assert (wrong.message, wrong.hint) == ("`period`: expected a year, found `soon`.", "Did you mean 2026?")
    kept = Finding("CV004", "{This key} is not known.", value="soon", excerpt=Excerpt("soon: 1", 0, 4))
    assert kept.message == "`soon` is not known."
    assert (kept.withheld().message, kept.withheld().excerpt) == ("This key is not known.", None)
    assert (wrong.withheld().message, wrong.withheld().hint) == ("`period`: expected a year.", "Write 2026.")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("plans: [{id: P-1}]\n", True),
        ("objectivs: []\nplans: []\n", True),
        ("plans: [{id: P-1, budget: 12k}]\nportfolio: x\n", True),
        ("format: plan/1\n", True),
        ("# ours\nformat: plans/1\nplans:\n- id: P-1: x\n", True),
        ("id: q\nquestions:\n  - text: a: b\n", True),
        ("plans: [plans.yaml]\nr01: {answers: {speed: 2}}\n", False),
        ("plans: [{id: P-1}]\nconfidental: true\n", False),
        ("plans: [{id: P-1}]\nrespondants: [{id: r01}]\n", False),
    ],
)
def test_what_is_surely_no_sheet_may_be_quoted_and_what_may_be_one_not(text: str, quoted: bool) -> None:
    assert may_be_quoted(parse(text.encode(), "it.yaml")) is quoted


def test_the_keys_of_a_file_are_those_of_its_format() -> None:
    models = {Kind.RESPONSES: Responses, Kind.QUESTIONNAIRE: Questionnaire, Kind.PLANS: PlansFile}
    assert {kind: set(fields_of(model)) for kind, model in models.items()} == {
        kind: set(keys) for kind, keys in KEYS.items()
    }


def test_no_file_is_read_as_yaml_without_the_question_whether_it_may_be_quoted() -> None:
    """`document_in` asks it; what comes with the program needs no asking."""
    reading = re.compile(r"(?<![\w.])parse\(")
    texts = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in SOURCE.rglob("*.py")}
    found = {name for name, text in texts.items() if reading.search(text)} - {"documents/reading.py"}
    assert found == {"inputs/kinds.py", "inputs/questionnaires.py"}
