"""--explain: the tree recomputes to the printed number, and shows nothing that rule S12 hides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from running import convergence
from waves import questionnaire, several, wave, waves, whole_reports

from convergence_cli import read
from convergence_cli.api.scores import explain, score
from convergence_cli.commands.schema import schema_text
from convergence_cli.model.wave import Wave
from convergence_cli.problems import NothingToDo
from convergence_cli.results.score import Trace

EXAMPLES = Path(__file__).parent.parent / "examples"
RESPONSES = EXAMPLES / "responses.yaml"


def every(trace: Trace) -> Iterator[Trace]:
    yield trace
    for part in trace.parts:
        yield from every(part)


def opened(figure: str, file: str | Path = RESPONSES) -> Trace:
    return explain(read(file), figure).explained


def recomputed(trace: Trace) -> Fraction | None:
    """The value of a trace from its leaves alone: sum(weight x value) / sum(weight), exactly."""
    weighed = [(Fraction(part.weight), recomputed(part)) for part in trace.parts if part.weight is not None]
    known = [(weight, value) for weight, value in weighed if value is not None]
    if trace.value is None:  # such as a dimension that too few have answered: rule S4
        return None
    if not known:
        return None if trace.exact is None else Fraction(trace.exact)
    return sum((w * v for w, v in known), Fraction(0)) / sum((w for w, _ in known), Fraction(0))


@whole_reports
@given(waves())
def test_the_leaves_recompute_to_the_printed_number_exactly(drawn: Wave) -> None:
    try:
        report = score(drawn)
    except NothingToDo:
        assume(False)
    printed = {dimension.id: dimension.score for dimension in report.dimensions}
    printed |= {question.id: question.score for question in report.questions}
    printed |= {"overall": report.overall.score}
    printed |= {"friction": report.friction.points if report.friction else None}
    for figure, value in printed.items():
        trace = explain(drawn, figure).explained
        assert trace.value == value
        again = recomputed(trace)
        assert value == (None if again is None else float(again))


def test_northwind_opens_down_to_the_line_of_each_answer() -> None:
    trace = opened("overall")
    lines = RESPONSES.read_text(encoding="utf-8").splitlines()
    first = next(part for part in every(trace) if part.id == "r01")
    assert first.label == "r01: 2 (Dissatisfied)"
    assert first.place is not None
    file, line = first.place.split(":")
    assert file == "responses.yaml"
    assert lines[int(line) - 1].strip() == "response-speed: {now: 2, want: 4}"
    assert len({part.id for part in every(trace) if part.place and part.id.startswith("r")}) == 20


def test_a_question_has_the_indicator_behind_it_with_every_plan_and_money_is_written_out() -> None:
    trace = opened("plan-mapping")
    assert (trace.value, trace.rule) == (50.0, "S14")
    assert "stated: 11 of 12" in {part.label for part in every(trace)}
    unapproved = next(part for part in every(trace) if part.id == "unapproved")
    lines = (EXAMPLES / "plans.yaml").read_text(encoding="utf-8").splitlines()
    place = f"plans.yaml:{lines.index('  - id: P-10') + 1}"
    assert [(part.id, part.place) for part in unapproved.parts] == [("P-10", place)]
    assert opened("budget-mapped").how == "100 x 945,000 / 2,395,000"


@pytest.mark.parametrize("name", ["plans-mapped", "budget-mapped", "objectives-served", "units-with-manager"])
def test_an_indicator_is_the_sum_of_what_stands_in_its_parts(name: str) -> None:
    """What counts for it, of all that counts: in plans, in money, in objectives, in units."""
    indicator = opened(name)
    roles = {"for": 0.0, "against": 0.0, "outside": 0.0}
    for part in indicator.parts:
        assert part.value == sum(leaf.value or 0 for leaf in part.parts)
        roles[str(part.how).split(",", maxsplit=1)[0]] += part.value or 0
    assert indicator.value == 100 * roles["for"] / (roles["for"] + roles["against"])


def without_plans(folder: Path, confidential: str = "false") -> Path:
    """Northwind's answers, with the plans left unnamed."""
    lines = RESPONSES.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("plans:"))
    file = folder / "responses.yaml"
    file.write_text(text.replace("confidential: false", f"confidential: {confidential}"), encoding="utf-8")
    return file


def test_confidential_answers_are_opened_by_option_and_never_by_person(tmp_path: Path) -> None:
    parts = list(every(opened("overall", without_plans(tmp_path, confidential="true"))))
    places = {part.id: part.place for part in parts if part.place}
    assert places == {"plan-mapping": "responses.yaml:11", "ideas-taken-up": "responses.yaml:12"}
    assert not {part.id for part in parts} & {f"r{n:02}" for n in range(1, 21)}
    assert "1 x 5 (Extremely effective)" in {part.label for part in parts}


@pytest.mark.parametrize(
    ("answer", "given", "mean"),
    [
        (
            {"kind": "number", "per": "respondent", "points": [[0, 0], [10, 100]]},
            ["1", "2", "3", "4", "7"],
            34,
        ),
        ({"kind": "multiple", "options": "AB"}, [["A"], ["B"], ["A", "B"], ["A"], ["A", "B"]], 70),
    ],
)
def test_numbers_and_sets_of_options_given_in_confidence_are_never_opened(
    answer: dict[str, Any], given: list[Any], mean: float
) -> None:
    """Rule S12: their trace ends at the mean."""
    if "options" in answer:
        answer = answer | {"options": [{"value": "1", "label": label} for label in answer["options"]]}
    people = [person for each in given for person in several(1, "it", x=each)]
    asked = questionnaire([{"id": "x", "answer": answer}])
    trace = explain(wave(asked, people, confidential="true"), "overall").explained
    assert {part.value for part in every(trace) if part.weight} == {float(mean)}
    assert "5 answers" in {part.label for part in every(trace)}


def test_the_command_prints_the_tree_and_its_json() -> None:
    text = convergence("score", RESPONSES, "--explain", "response-speed")
    assert text.code == 0
    assert text.out.startswith("response speed = 34.6 (S3: mean of the group means, weighted by group)\n")
    assert "    r10: 1 (Very dissatisfied) = 0 (responses.yaml:92)\n" in text.out
    assert max(map(len, text.out.splitlines())) <= 80
    document = convergence("score", RESPONSES, "--explain", "response-speed", "-f", "json").json
    assert document["explained"]["exact"] == "450/13"
    Draft7Validator(json.loads(schema_text("explain"))).validate(document)


@pytest.mark.parametrize(("typed", "nearest"), [("respons-speed", "response-speed"), ("overal", "overall")])
def test_an_unknown_figure_is_answered_with_the_nearest(typed: str, nearest: str) -> None:
    done = convergence("score", RESPONSES, "--explain", typed)
    assert (done.code, done.out) == (2, "")
    assert f"There is no figure `{typed}` to explain. Did you mean {nearest}" in done.err
