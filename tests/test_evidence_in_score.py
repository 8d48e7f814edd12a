"""Statements held against the plans file (rule S14), and what follows from it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from running import convergence

from convergence_cli import check, read, score
from convergence_cli.commands.score import ScoreOptions, next_commands
from convergence_cli.results.score import ScoreReport

EXAMPLES = Path(__file__).parent.parent / "examples"
RESPONSES = EXAMPLES / "responses.yaml"
PLANS = [str(EXAMPLES / "objectives.yaml"), str(EXAMPLES / "plans.yaml")]
ATTRIBUTABLE = "confidential: false"


@pytest.fixture(scope="module")
def northwind() -> ScoreReport:
    return score(read(str(RESPONSES)), plans=PLANS)


def with_plans(*paths: str) -> list[str]:
    return [word for path in paths for word in ("--plans", path)]


def test_the_file_is_scored_and_what_was_stated_stands_beside_it(northwind: ScoreReport) -> None:
    """By hand: 5 of 10 is 50; dimensions 50, 34.615385 and 60.691964, so the overall is 48.435783."""
    question = next(q for q in northwind.questions if q.id == "plan-mapping")
    assert question.score == 50.0
    assert question.fact is not None
    assert (question.fact.origin, question.fact.count, question.fact.of) == ("plans", 5.0, 10.0)
    assert question.fact.stated is not None
    assert (question.fact.stated.count, question.fact.stated.of) == (11.0, 12.0)
    assert northwind.overall.score == pytest.approx(48.435783, abs=5e-7)
    assert northwind.evidence_date == "2026-11-20"


def test_a_statement_that_the_file_does_not_support_stands_out_with_its_parts(northwind: ScoreReport) -> None:
    first = northwind.highlights[0]
    assert first.kind == "stated-unsupported"
    assert set(first.ids) >= {"plan-mapping", "P-06", "P-07", "P-08", "P-09", "P-10"}
    assert "5 of 10 by the plans file; 11 of 12 were stated (CIO, 3 November)" in first.text
    assert "claimed" not in northwind.model_dump_json()


def test_a_supported_statement_does_not_stand_out(northwind: ScoreReport) -> None:
    """3 of 10 ideas were stated, and the file shows 3 of 10."""
    subjects = [h.ids[0] for h in northwind.highlights if h.kind == "stated-unsupported"]
    assert subjects == ["plan-mapping"]


def test_money_tells_another_story_than_the_count(northwind: ScoreReport) -> None:
    """Budgets by hand: 945,000 of 2,395,000 green-lit; P-06 and P-07 hold 740,000 of the rest."""
    money = next(h for h in northwind.highlights if h.kind == "money-unmapped")
    assert (money.figures["mapped"], money.figures["total"]) == (945_000.0, 2_395_000.0)
    assert money.figures["part_amount"] == 740_000.0
    assert money.ids == ("P-06", "P-07")


def test_three_questions_for_the_room_name_roles(northwind: ScoreReport) -> None:
    asked = northwind.for_the_room
    assert [question.kind for question in asked] == ["gap", "money", "objective"]
    assert asked[1].owners == ("Head of infrastructure",)
    assert asked[1].ids == ("P-09",)
    assert asked[2].owners == ("Head of sales",)
    assert asked[2].ids == ("O-4",)


def test_the_one_thing_is_where_most_points_are_missing(northwind: ScoreReport) -> None:
    """By hand: (100 - 34.615385) / 3 is 21.794872; of the plans (100 - 50) / 3, of awareness 56/12."""
    first, second, *_ = northwind.missing_points
    assert (first.question, second.question) == ("response-speed", "plan-mapping")
    assert [first.points, second.points] == pytest.approx([21.794872, 50 / 3])
    assert northwind.overall.to_next_level == pytest.approx(75 - 48.435783)
    assert northwind.one_thing is not None
    assert northwind.one_thing.text == (
        "Put somebody on every open request: response speed is 35. 22 of the 52 missing points lie there."
    )


def test_each_unit_says_which_manager_it_lacks(northwind: ScoreReport) -> None:
    lacks = {unit.unit: unit.lacks for unit in northwind.units}
    assert lacks == {
        "Sales": ("strategic",),
        "Operations": ("strategic",),
        "Finance": ("strategic", "tactical"),
        "People": ("strategic", "tactical"),
    }


def test_an_indicator_that_nobody_recorded_is_null_with_the_missing_field(northwind: ScoreReport) -> None:
    goals = next(each for each in northwind.evidence if each.id == "goals-met-through-it")
    assert (goals.count, goals.of, goals.points) == (None, None, None)
    assert goals.reason == "no plan records results"
    assert not any(because.id == "goals-met-through-it" for a in northwind.advice for because in a.because)


def edited(folder: Path, name: str, *changes: tuple[str, str]) -> str:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_statement_stays_when_its_indicator_is_null(tmp_path: Path) -> None:
    """Plans of ids and titles alone show nothing about ideas: what was stated is scored, and it says so."""
    plans = tmp_path / "plans.yaml"
    plans.write_text("plans:\n  - {id: P-1, title: One}\n", encoding="utf-8")
    report = score(read(str(RESPONSES)), plans=[str(plans)])
    ideas = next(question for question in report.questions if question.id == "ideas-taken-up")
    assert ideas.fact is not None
    assert (ideas.fact.origin, ideas.fact.count, ideas.fact.of) == ("responses", 3.0, 10.0)
    missing = {each.id: each.reason for each in report.evidence}
    assert missing["ideas-taken-up"] == "no plan records origin"
    assert any("no plan records origin" in note.text for note in report.notes)


def test_the_responses_may_name_their_plans(tmp_path: Path) -> None:
    for name in ("objectives.yaml", "plans.yaml"):
        edited(tmp_path, name)
    file = edited(tmp_path, "responses.yaml")
    if "\nplans:" not in Path(file).read_text(encoding="utf-8"):
        named = f"plans: [objectives.yaml, plans.yaml]\n{ATTRIBUTABLE}"
        file = edited(tmp_path, "responses.yaml", (ATTRIBUTABLE, named))
    done = convergence("score", file, "-f", "json")
    assert done.code == 0
    document: dict[str, Any] = done.json
    assert document["overall"]["score"] == pytest.approx(48.435783, abs=5e-7)
    assert [source["name"] for source in document["inputs"]] == [
        "responses.yaml",
        "objectives.yaml",
        "plans.yaml",
    ]


def test_today_moves_the_day_on_which_plans_are_counted() -> None:
    """O-1 to O-4 end in 2027: two years later nothing is live, and no plan is mapped."""
    report = score(read(str(RESPONSES)), plans=PLANS, today="2029-01-01")
    assert report.evidence_date == "2029-01-01"
    mapping = next(question for question in report.questions if question.id == "plan-mapping")
    assert mapping.fact is not None
    assert mapping.fact.count == 0


def test_plans_of_another_organisation_are_refused(tmp_path: Path) -> None:
    other = edited(tmp_path, "plans.yaml", ("Northwind Ltd", "Contoso"))
    done = convergence("score", RESPONSES, "--plans", other)
    assert (done.code, done.out) == (2, "")
    assert "The plans are those of Contoso, the answers those of Northwind Ltd" in done.err


def test_a_broken_plans_file_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = edited(tmp_path, "plans.yaml", ("owner: Head of infrastructure", "ownr: Head of infrastructure"))
    done = convergence("score", RESPONSES, "--plans", broken, "-f", "json")
    assert (done.code, done.out) == (2, "")
    assert "plans.yaml:" in done.err
    assert "Did you mean owner?" in done.err


def test_an_indicator_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    survey = (EXAMPLES.parent / "questionnaires" / "convergence-2017@1.yaml").read_text(encoding="utf-8")
    wrong = survey.replace("evidence: plans-mapped", "evidence: plans-maped")
    (tmp_path / "own.yaml").write_text(wrong, encoding="utf-8")
    file = edited(
        tmp_path, "responses.yaml", ("questionnaire: convergence-2017@1", "questionnaire: own.yaml")
    )
    done = convergence("score", file)
    assert (done.code, done.out) == (2, "")
    assert "plans-maped" in done.err
    assert "plans-mapped" in done.err


def test_in_a_confidential_file_nobody_is_addressed(tmp_path: Path) -> None:
    file = edited(tmp_path, "responses.yaml", (ATTRIBUTABLE, "confidential: true"))
    report = score(read(file), plans=PLANS)
    assert report.for_the_room
    assert all(question.owners == () for question in report.for_the_room)
    assert report.one_thing is not None
    said = " ".join(filter(None, (report.one_thing.text, report.one_thing.business, report.one_thing.it)))
    assert "Head of" not in said


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow", "1.1.2026"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    done = convergence("score", RESPONSES, *with_plans(*PLANS), "--today", day)
    assert (done.code, done.out) == (2, "")
    assert "--today" in done.err


def test_a_folder_of_plans_and_stdin_serve_as_well_as_files(tmp_path: Path) -> None:
    """As for `check`; other files of ours in a folder are passed over."""
    for name in ("responses.yaml", "objectives.yaml", "plans.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    report = score(read(str(RESPONSES)), plans=[str(tmp_path)])
    assert [each.count for each in report.evidence][:2] == [5, 945_000]
    assert [each.name for each in report.inputs] == ["responses.yaml", "objectives.yaml", "plans.yaml"]


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--by", "unit"], "--explain opens a figure of the whole: leave --by out."),
        (["--fail-under", "50"], "--explain prints one figure"),
        (["-f", "csv"], "--explain prints text or json, not csv."),
    ],
)
def test_explain_refuses_what_it_cannot_honour(more: list[str], complaint: str) -> None:
    done = convergence("score", RESPONSES, "--explain", "overall", *more)
    assert (done.code, done.out) == (2, "")
    assert complaint in done.err


def test_the_next_commands_score_the_same_thing() -> None:
    options = ScoreOptions(("answers.yaml",), ("my plans.yaml",), "2026-11-20")
    whole = "convergence score answers.yaml --plans 'my plans.yaml' --today 2026-11-20"
    assert next_commands(options) == [f"{whole} -o report.json", f"{whole} --explain overall"]
    assert next_commands(ScoreOptions(("-",))) == []


def sentences_of(report: ScoreReport, kind: str) -> str:
    return " ".join(each.text for each in report.highlights if each.kind == kind)


def plans_file(folder: Path, text: str) -> list[str]:
    path = folder / "plans.yaml"
    path.write_text(text, encoding="utf-8")
    return [str(path)]


APPROVED = "{id: O-1, title: One, approved: {by: Board, on: 2026-01-01}}"


def test_a_statement_is_taken_apart_where_no_plan_is_mapped(tmp_path: Path) -> None:
    plans = plans_file(
        tmp_path,
        f"objectives: [{APPROVED}, {{id: O-2, title: Two}}]\nplans: [{{id: P-1, title: A, serves: [O-2]}}]\n",
    )
    said = sentences_of(score(read(str(RESPONSES)), plans=plans, today="2026-11-20"), "stated-unsupported")
    assert "1 is green-lit: none serve a live, approved objective; 1 serves an objective that nobody" in said


def test_approval_is_not_spoken_of_where_nobody_recorded_it(tmp_path: Path) -> None:
    """Counted as mapped, with a note: no objective carries `approved`."""
    plans = plans_file(
        tmp_path,
        "currency: EUR\nobjectives: [{id: O-1, title: One}]\n"
        "plans: [{id: P-1, title: A, serves: [O-1], budget: 10}, {id: P-2, title: B, budget: 30}]\n",
    )
    report = score(read(str(RESPONSES)), plans=plans, today="2026-11-20")
    said = sentences_of(report, "stated-unsupported") + sentences_of(report, "money-unmapped")
    assert "1 serves a live objective" in said
    assert "goes to plans that serve a live objective" in said
    assert any("formality not recorded" in note.text for note in report.notes)


def test_plans_without_objectives_count_nothing_rather_than_0() -> None:
    report = score(read(str(RESPONSES)), plans=PLANS[1:])
    missing = {each.id: each.reason for each in report.evidence if each.count is None}
    assert missing["plans-mapped"] == missing["budget-mapped"] == "the files hold no objectives"
    mapping = next(question for question in report.questions if question.id == "plan-mapping")
    assert mapping.fact is not None
    assert (mapping.fact.origin, mapping.fact.count) == ("responses", 11.0)
    assert "money" not in {question.kind for question in report.for_the_room}


def test_many_uncovered_objectives_and_plans_stay_one_sentence_each(tmp_path: Path) -> None:
    objectives = ", ".join(f"{{id: O-{n}, title: T, priority: high}}" for n in range(2, 42))
    plans = ", ".join(f"{{id: P-{n}, title: T}}" for n in range(1000))
    file = plans_file(
        tmp_path,
        f"objectives: [{APPROVED}, {objectives}]\nplans: [{{id: P, title: T, serves: [O-1]}}, {plans}]\n",
    )
    report = score(read(str(RESPONSES)), plans=file, today="2026-11-20")
    assert max(len(each.text) for each in report.highlights) < 400
    assert sentences_of(report, "uncovered-objectives").startswith("40 objectives of high priority have no")
    assert report.one_thing is not None
    assert "P-0, P-1, P-2 and 997 other plans serve no live, approved objective" in report.one_thing.text


def test_a_reason_silences_the_question_and_a_plan_to_come_is_no_missing_plan(tmp_path: Path) -> None:
    file = plans_file(
        tmp_path,
        "objectives:\n"
        "  - {id: O-1, title: Excused, priority: high, no_plan_because: bought in}\n"
        "  - {id: O-2, title: Waiting, priority: high}\n"
        "plans: [{id: P-1, title: A, status: proposed, serves: [O-2]}]\n",
    )
    report = score(read(str(RESPONSES)), plans=file, today="2026-11-20")
    told = [each.text for each in report.highlights if each.kind == "uncovered-objective"]
    assert told == ['"Waiting" (O-2, high priority) has no green-lit plan.']
    assert [each.ids for each in report.for_the_room if each.kind == "objective"] == [("O-2",)]


def test_money_in_two_currencies_is_never_added_up(tmp_path: Path) -> None:
    file = plans_file(
        tmp_path,
        f"objectives: [{APPROVED}]\ncurrency: EUR\nplans:\n"
        "  - {id: P-1, title: A, serves: [O-1], budget: 1}\n"
        "  - {id: P-2, title: B, budget: 5}\n"
        "  - {id: P-3, title: C, budget: {amount: 9, currency: USD}}\n",
    )
    report = score(read(str(RESPONSES)), plans=file, today="2026-11-20")
    assert not [each for each in report.for_the_room if each.kind == "money"]
    assert not sentences_of(report, "money-unmapped")


def test_how_many_plans_record_a_budget_is_said_with_the_share_and_few_give_none(tmp_path: Path) -> None:
    plans = "".join(f"  - {{id: SDG {n}, title: A, serves: O-1, budget: 1}}\n" for n in range(9))
    text = f"objectives: [{APPROVED}]\ncurrency: EUR\nplans:\n{plans}  - {{id: P-9, title: B%s}}\n"
    report = score(read(str(RESPONSES)), plans=plans_file(tmp_path, text % ", budget: 5"), today="2026-11-20")
    assert sentences_of(report, "money-unmapped") == (
        "By money, EUR 9 of 14 green-lit (64 %) goes to plans that serve a live, approved objective. "
        "P-9 carries 5 of the rest."
    )
    more = text % ", budget: 5" + "  - {id: P-10, title: C}\n"
    report = score(read(str(RESPONSES)), plans=plans_file(tmp_path, more), today="2026-11-20")
    assert "objective; budget recorded for 10 of 11 green-lit plans." in sentences_of(
        report, "money-unmapped"
    )
    few = more + "  - {id: P-11, title: D}\n"
    report = score(read(str(RESPONSES)), plans=plans_file(tmp_path, few), today="2026-11-20")
    assert not sentences_of(report, "money-unmapped")
    assert {each.id: each.reason for each in report.evidence}["budget-mapped"] == (
        "budget recorded for 10 of 12 green-lit plans"
    )
    assert "9 serve a live, approved objective" in sentences_of(report, "stated-unsupported")


def test_a_statement_beyond_the_end_of_the_points_is_still_unsupported(tmp_path: Path) -> None:
    """One in three earns full marks: 4 of 10 by the file and 9 of 10 stated both earn 100."""
    responses = edited(tmp_path, "responses.yaml", ("taken-up: {count: 3,", "taken-up: {count: 9,"))
    plans = edited(tmp_path, "plans.yaml", ("origin: joint", "origin: it-suggestion"))
    report = score(read(responses), plans=[PLANS[0], plans])
    said = sentences_of(report, "stated-unsupported")
    assert "Ideas taken up: 4 of 10 by the plans file; 9 of 10 were stated" in said


def test_a_supported_statement_that_counts_other_things_says_which(tmp_path: Path) -> None:
    """Rule S14: 3 of 12 stated is less than the file's 3 of 10, but the two do not count the same plans."""
    file = edited(tmp_path, "responses.yaml", ("taken-up: {count: 3, of: 10", "taken-up: {count: 3, of: 12"))
    said = sentences_of(score(read(file), plans=PLANS), "stated-otherwise")
    assert said.startswith("Ideas taken up: 3 of 10 by the plans file; 3 of 12 were stated")
    assert said.endswith("P-11 and P-12 are outside the count.")


def test_the_plain_report_has_one_sentence_on_each_line() -> None:
    lines = convergence("score", RESPONSES, *with_plans(*PLANS), "-f", "plain").out.splitlines()
    start = lines.index("For the room:")
    assert lines[start + 2] == "Which recent case shows who is right?"
    assert "27 points to Converged." in lines


def test_a_link_that_leads_nowhere_is_told(northwind: ScoreReport) -> None:
    """P-11 serves 0-1, a slip for O-1."""
    assert [note.text for note in northwind.notes if note.kind == "evidence"] == [
        "The link from P-11 to 0-1 leads to no objective, so it does not count; `convergence check` shows "
        "where it stands."
    ]


def test_of_many_such_links_a_few_are_named(tmp_path: Path) -> None:
    slips = (EXAMPLES / "plans.yaml").read_text(encoding="utf-8").replace("O-", "0-")
    (tmp_path / "plans.yaml").write_text(slips, encoding="utf-8")
    report = score(read(str(RESPONSES)), plans=[PLANS[0], str(tmp_path / "plans.yaml")])
    assert next(note.text for note in report.notes if note.kind == "evidence") == (
        "Links that lead to no objective do not count: P-01 to 0-1, P-02 to 0-1, P-03 to 0-2 and 6 more; "
        "`convergence check` shows where they stand."
    )


def test_an_empty_list_of_plans_is_none_at_all() -> None:
    """Left out, the plans are those that the responses name: here two files."""
    wave = read(RESPONSES)
    assert [each.fact.origin for each in score(wave, plans=[]).questions if each.fact] == ["responses"] * 2
    assert score(wave, plans=[]).evidence == ()
    assert score(wave) == score(wave, plans=[Path(file) for file in PLANS])


def test_a_path_is_as_good_as_its_text() -> None:
    assert read(RESPONSES).sources == read(str(RESPONSES)).sources
    assert check(Path(PLANS[0]), today="2026-11-20") == check(PLANS[0], today="2026-11-20")
