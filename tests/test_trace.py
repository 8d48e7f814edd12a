"""--explain: the tree recomputes to the printed number, and shows nothing that rule S12 hides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from running import convergence

from convergence_cli import read
from convergence_cli.api.scores import explain, score
from convergence_cli.commands.schemas import schema_text
from convergence_cli.model.answers import Respondent
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.results.score import Trace

EXAMPLES = Path(__file__).parent.parent / "examples"
RESPONSES = str(EXAMPLES / "responses.yaml")
PLANS = [str(EXAMPLES / "objectives.yaml"), str(EXAMPLES / "plans.yaml")]
OPTIONS = [{"value": value, "label": f"L{value}"} for value in (1, 2, 3, 4, 7)]


def recomputed(trace: Trace) -> Fraction | None:
    """The value of a trace from its leaves alone: sum(weight x value) / sum(weight), exactly."""
    weighed = [(Fraction(part.weight), recomputed(part)) for part in trace.parts if part.weight is not None]
    known = [(weight, value) for weight, value in weighed if value is not None]
    if trace.value is None:  # such as a dimension that too few have answered: rule S4
        return None
    if not known:
        return None if trace.exact is None else Fraction(trace.exact)
    return sum((w * v for w, v in known), Fraction(0)) / sum((w for w, _ in known), Fraction(0))


def survey(min_answered: str, missing: str) -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "id": "s",
            "version": 1,
            "title": "S",
            "groups": [{"id": "a", "title": "A", "weight": 2}, {"id": "b", "title": "B"}],
            "contrast": ["a", "b"],
            "dimensions": [
                {"id": "one", "title": "One", "weight": 3},
                {"id": "two", "title": "Two"},
                {"id": "three", "title": "Three", "parent": "two", "weight": "1/3"},
            ],
            "questions": [
                {"id": f"q{n}", "dimension": d, "text": "?", "weight": n + 1, "answer": answer, **more}
                for n, (d, more) in enumerate(
                    [("one", {}), ("one", {"scored": ["a"]}), ("two", {}), ("three", {"groups": ["b"]})]
                )
                for answer in [{"kind": "choice", "options": OPTIONS}]
            ],
            "scoring": {"missing": missing, "min_answered": min_answered},
        }
    )


codes = st.one_of(st.integers(0, 4), st.sampled_from([State.SKIPPED, State.DONT_KNOW, State.NOT_APPLICABLE]))
sheets = st.lists(
    st.tuples(st.sampled_from("ab"), st.tuples(codes, codes, codes, codes)), min_size=1, max_size=9
)


@settings(deadline=None)
@given(
    people=sheets,
    min_answered=st.sampled_from(["0", "1/2", "1"]),
    missing=st.sampled_from(["leave-out", "lowest"]),
    confidential=st.booleans(),
)
def test_the_leaves_recompute_to_the_printed_number_exactly(
    people: list[tuple[str, tuple[Any, ...]]], min_answered: str, missing: str, confidential: bool
) -> None:
    rows = [Respondent(str(i), group, {}, given) for i, (group, given) in enumerate(people)]
    rows.append(Respondent("last", "b", {}, (0, 1, 2, 3)))
    wave = Wave(survey(min_answered, missing), None, None, confidential, 3, None, {}, {}, (), rows)
    report = score(wave)
    printed = {"overall": report.overall.score}
    printed |= {dimension.id: dimension.score for dimension in report.dimensions}
    printed |= {question.id: question.score for question in report.questions}
    printed["friction"] = report.friction.points if report.friction else None
    for figure, value in printed.items():
        trace = explain(wave, figure).explained
        assert trace.value == value
        if value is not None:
            again = recomputed(trace)
            assert again is not None
            assert float(again) == value


def every(trace: Trace) -> Iterator[Trace]:
    yield trace
    for part in trace.parts:
        yield from every(part)


def test_northwind_opens_down_to_the_line_of_each_answer() -> None:
    wave = read(RESPONSES)
    trace = explain(wave, "overall", plans=PLANS).explained
    lines = Path(RESPONSES).read_text(encoding="utf-8").splitlines()
    places = {part.id for part in every(trace) if part.place and part.id.startswith("r")}
    first = next(part for part in every(trace) if part.id == "r01")
    assert first.label == "r01: 2 (Dissatisfied)"
    assert first.place is not None
    file, line = first.place.split(":")
    assert file == "responses.yaml"
    assert lines[int(line) - 1].strip() == "response-speed: {now: 2, want: 4}"
    assert len(places) == 20


def test_a_question_has_the_indicator_behind_it_with_every_plan() -> None:
    trace = explain(read(RESPONSES), "plan-mapping", plans=PLANS).explained
    assert (trace.value, trace.rule) == (50.0, "S14")
    labels = {part.label for part in every(trace)}
    assert "stated: 11 of 12" in labels
    indicator = next(part for part in every(trace) if part.id == "plans-mapped")
    unapproved = next(part for part in indicator.parts if part.id == "unapproved")
    assert [(part.id, part.place) for part in unapproved.parts] == [("P-10", place_of("plans.yaml", "P-10"))]


def place_of(file: str, name: str) -> str:
    lines = (EXAMPLES / file).read_text(encoding="utf-8").splitlines()
    return f"{file}:{lines.index(f'  - id: {name}') + 1}"


@pytest.mark.parametrize("name", ["plans-mapped", "budget-mapped", "objectives-served", "units-with-manager"])
def test_an_indicator_is_the_sum_of_what_stands_in_its_parts(name: str) -> None:
    """What counts for it, of all that counts: in plans, in money, in objectives, in units."""
    indicator = explain(read(RESPONSES), name, plans=PLANS).explained
    roles = {"for": 0.0, "against": 0.0, "outside": 0.0}
    for part in indicator.parts:
        assert part.value == sum(leaf.value or 0 for leaf in part.parts)
        roles[str(part.how).split(",", maxsplit=1)[0]] += part.value or 0
    assert indicator.value == 100 * roles["for"] / (roles["for"] + roles["against"])


def test_money_is_written_out_and_each_plan_with_its_own() -> None:
    trace = explain(read(RESPONSES), "budget-mapped", plans=PLANS).explained
    assert trace.how == "100 x 945,000 / 2,395,000"
    data_centre = next(part for part in every(trace) if part.id == "P-09")
    assert (data_centre.value, data_centre.place) == (520_000.0, place_of("plans.yaml", "P-09"))


def without_plans(folder: Path, confidential: str = "false") -> str:
    """Northwind's answers, with the plans left unnamed."""
    lines = Path(RESPONSES).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("plans:"))
    file = folder / "responses.yaml"
    file.write_text(text.replace("confidential: false", f"confidential: {confidential}"), encoding="utf-8")
    return str(file)


def test_a_stated_fact_has_its_line(tmp_path: Path) -> None:
    file = without_plans(tmp_path)
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if text.startswith("  plan-mapping:"))
    assert explain(read(file), "plan-mapping").explained.place == f"responses.yaml:{line}"


def test_confidential_answers_are_opened_by_option_and_never_by_person(tmp_path: Path) -> None:
    trace = explain(read(without_plans(tmp_path, confidential="true")), "overall").explained
    parts = list(every(trace))
    assert {part.id for part in parts if part.place} == {"plan-mapping", "ideas-taken-up"}
    assert not {part.id for part in parts} & {f"r{n:02}" for n in range(1, 21)}
    assert "1 x 5 (Extremely effective)" in {part.label for part in parts}


def test_numbers_given_in_confidence_are_never_opened() -> None:
    """Rule S12: numbers asked of each person show mean and sd alone, so their trace ends at the mean."""
    answer = {"kind": "number", "per": "respondent", "points": [[0, 0], [10, 100]]}
    questionnaire = Questionnaire.model_validate(
        {
            "id": "n",
            "version": 1,
            "title": "N",
            "groups": [{"id": "a", "title": "A"}],
            "dimensions": [{"id": "d", "title": "D"}],
            "questions": [{"id": "q", "dimension": "d", "text": "?", "answer": answer}],
        }
    )
    rows = [Respondent(str(i), "a", {}, (Fraction(n),)) for i, n in enumerate((1, 2, 3, 4, 7))]
    wave = Wave(questionnaire, None, None, True, 5, None, {}, {}, (), rows)
    trace = explain(wave, "overall").explained
    assert {part.value for part in every(trace)} == {34.0}
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
