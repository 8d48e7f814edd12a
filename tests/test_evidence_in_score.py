"""Statements held against the plans file (rule S14), and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from running import convergence

from convergence_cli import read, score
from convergence_cli.commands.score import ScoreOptions, next_commands
from convergence_cli.render.say import why
from convergence_cli.results.score import ScoreReport

EXAMPLES = Path(__file__).parent.parent / "examples"
RESPONSES = EXAMPLES / "responses.yaml"
PLANS = [str(EXAMPLES / "objectives.yaml"), str(EXAMPLES / "plans.yaml")]
TODAY = "2026-11-20"


def said_of(report: ScoreReport, kind: str) -> str:
    return " ".join(each.text for each in report.highlights if each.kind == kind)


def missing_in(report: ScoreReport) -> dict[str, str | None]:
    return {each.id: why(each.reason) for each in report.evidence if each.count is None}


def fact_of(report: ScoreReport, question: str) -> tuple[str, float | None, float | None]:
    """Where a fact comes from, and what it counts."""
    fact = next(each for each in report.questions if each.id == question).fact
    assert fact is not None
    return fact.origin, fact.count, fact.of


def test_the_file_is_scored_and_what_was_stated_stands_beside_it() -> None:
    """3 of 10 ideas were stated as well, and the file shows 3 of 10: that does not stand out."""
    northwind = score(read(RESPONSES), plans=PLANS)
    assert fact_of(northwind, "plan-mapping") == ("plans", 5.0, 10.0)
    assert northwind.evidence_date == TODAY
    (unsupported,) = (each for each in northwind.highlights if each.kind == "stated-unsupported")
    assert set(unsupported.ids) == {"plan-mapping", "P-06", "P-07", "P-08", "P-09", "P-10"}


def test_questions_for_the_room_name_nobody_where_answers_are_confidential() -> None:
    secret = score(replace(read(RESPONSES), confidential=True), plans=PLANS).for_the_room
    assert [(each.kind, each.owners) for each in secret] == [("gap", ()), ("money", ()), ("objective", ())]


def test_of_many_links_that_lead_nowhere_a_few_are_told(tmp_path: Path) -> None:
    slips = edited(tmp_path, "plans.yaml", ("O-", "0-"))
    notes = score(read(RESPONSES), plans=[PLANS[0], slips]).notes
    assert next(note.text for note in notes if note.kind == "evidence") == (
        "Links that lead to no objective do not count: P-01 to 0-1, P-02 to 0-1, P-03 to 0-2 and 6 more; "
        "`convergence check` shows where they stand."
    )


def edited(folder: Path, name: str, *changes: tuple[str, str]) -> str:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_day_on_which_plans_are_counted_may_be_another() -> None:
    """O-1 to O-4 end in 2027: two years later nothing is live, and no plan is mapped."""
    report = score(read(RESPONSES), plans=PLANS, today="2029-01-01")
    assert report.evidence_date == "2029-01-01"
    assert fact_of(report, "plan-mapping")[:2] == ("plans", 0)


# Which plans


def test_the_responses_name_their_plans_unless_others_are_given() -> None:
    wave = read(RESPONSES)
    assert score(wave) == score(wave, plans=[Path(file) for file in PLANS])
    assert [each.name for each in score(wave).inputs] == ["responses.yaml", "objectives.yaml", "plans.yaml"]
    none = score(wave, plans=[])
    assert [each.fact.origin for each in none.questions if each.fact] == ["responses"] * 2
    assert none.evidence == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Northwind Ltd", "Contoso", "The plans are those of Contoso, the answers those of Northwind Ltd"),
        ("owner: Head of infra", "ownr: Head of infra", "Did you mean owner?"),
    ],
)
def test_plans_that_cannot_be_used_are_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    done = convergence("score", RESPONSES, "--plans", edited(tmp_path, "plans.yaml", (old, new)))
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_the_next_commands_score_the_same_thing() -> None:
    options = ScoreOptions(("answers.yaml",), ("my plans.yaml",), TODAY)
    whole = f"convergence score answers.yaml --plans 'my plans.yaml' --today {TODAY}"
    assert next_commands(options) == [f"{whole} --full"]
    assert next_commands(ScoreOptions(("-",))) == []


# What small files show


def with_plans(folder: Path, objectives: str, *plans: str) -> ScoreReport:
    """Northwind's answers, held against objectives and plans without their braces; money is in EUR."""
    listed = "".join(f"  - {{{plan}}}\n" for plan in plans)
    text = f"currency: EUR\nobjectives: [{objectives}]\nplans:\n{listed}"
    (folder / "plans.yaml").write_text(text, encoding="utf-8")
    return score(read(str(RESPONSES)), plans=[str(folder / "plans.yaml")], today=TODAY)


APPROVED = "{id: O-1, title: One, approved: {by: Board, on: 2026-01-01}}"
SERVED = "id: P-1, title: A, serves: [O-1]"


def test_a_statement_stays_when_its_indicator_is_null(tmp_path: Path) -> None:
    """Plans of ids and titles alone show nothing about ideas: what was stated is scored, and it says so."""
    report = with_plans(tmp_path, APPROVED, "id: P-1, title: One")
    assert fact_of(report, "ideas-taken-up") == ("responses", 3.0, 10.0)
    assert missing_in(report)["ideas-taken-up"] == "no plan records origin"
    assert any("no plan records origin" in note.text for note in report.notes)


def test_plans_without_objectives_count_nothing_rather_than_0() -> None:
    report = score(read(RESPONSES), plans=PLANS[1:])
    missing = missing_in(report)
    assert missing["plans-mapped"] == missing["budget-mapped"] == "the files hold no objectives"
    assert fact_of(report, "plan-mapping")[:2] == ("responses", 11.0)
    assert "money" not in {question.kind for question in report.for_the_room}


@pytest.mark.parametrize(
    ("objectives", "plans", "kind", "said"),
    [
        (
            f"{APPROVED}, {{id: O-2, title: Two}}",
            ["id: P-1, title: A, serves: [O-2]"],
            "stated-unsupported",
            "0 of 1 plans with a go-ahead serve a live, approved objective, not 11 of 12 as reported: "
            "P-1 serves one that nobody approved.",
        ),
        (  # counted as mapped, for no objective carries `approved`
            "{id: O-1, title: One}",
            [f"{SERVED}, budget: 10", "id: P-2, title: B, budget: 30"],
            "stated-unsupported",
            "1 of 2 plans with a go-ahead serves a live objective, not 11 of 12 as reported: P-2 serves",
        ),
        (  # a reason silences the question, and a plan to come is no missing plan
            "{id: O-1, title: Excused, priority: high, no_plan_because: bought in}, "
            "{id: O-2, title: Waiting, priority: high}",
            ["id: P-1, title: A, status: proposed, serves: [O-2]"],
            "uncovered-objective",
            '"Waiting" (O-2, high priority) has no plan with a go-ahead.',
        ),
    ],
)
def test_what_stands_out_of_small_files(
    objectives: str, plans: list[str], kind: str, said: str, tmp_path: Path
) -> None:
    assert said in said_of(with_plans(tmp_path, objectives, *plans), kind)


def test_many_uncovered_objectives_and_plans_stay_one_sentence_each(tmp_path: Path) -> None:
    uncovered = (f"{{id: O-{n}, title: T, priority: high}}" for n in range(2, 42))
    unmapped = (f"id: P-{n}, title: T" for n in range(1000, 2000))
    report = with_plans(tmp_path, ", ".join((APPROVED, *uncovered)), SERVED, *unmapped)
    assert max(len(each.text) for each in report.highlights) < 400
    assert said_of(report, "uncovered-objectives").startswith("40 objectives of high priority have no")
    assert report.one_thing is not None
    assert "P-1000, P-1001, P-1002 and 997 other plans serve no live" in report.one_thing.text


def test_money_in_two_currencies_is_never_added_up(tmp_path: Path) -> None:
    dollars = "id: P-3, title: C, budget: {amount: 9, currency: USD}"
    report = with_plans(tmp_path, APPROVED, f"{SERVED}, budget: 1", "id: P-2, title: B, budget: 5", dollars)
    assert not [each for each in report.for_the_room if each.kind == "money"]
    assert not said_of(report, "money-unmapped")


def test_how_many_plans_record_a_budget_is_said_with_the_share_and_few_give_none(tmp_path: Path) -> None:
    plans = [
        *(f"id: SDG {n}, title: A, serves: O-1, budget: 1" for n in range(9)),
        "id: P-9, title: B, budget: 5",
    ]
    assert said_of(with_plans(tmp_path, APPROVED, *plans), "money-unmapped") == (
        "Plans mapped: by money it is 64 %."
    )
    plans.append("id: P-10, title: C")
    said = said_of(with_plans(tmp_path, APPROVED, *plans), "money-unmapped")
    assert said == "Plans mapped: by money it is 64 % (budget recorded for 10 of 11 plans)."
    few = with_plans(tmp_path, APPROVED, *plans, "id: P-11, title: D")
    assert not said_of(few, "money-unmapped")
    assert missing_in(few)["budget-mapped"] == "budget recorded for 10 of 12 green-lit plans"
    assert "9 of 12 plans with a go-ahead serve a live, approved objective" in said_of(
        few, "stated-unsupported"
    )


def test_a_statement_beyond_the_end_of_the_points_is_still_unsupported(tmp_path: Path) -> None:
    """One in three earns full marks: 4 of 10 by the file and 9 of 10 stated both earn 100."""
    responses = edited(tmp_path, "responses.yaml", ("taken-up: {count: 3,", "taken-up: {count: 9,"))
    plans = edited(tmp_path, "plans.yaml", ("origin: joint", "origin: it-suggestion"))
    said = said_of(score(read(responses), plans=[PLANS[0], plans]), "stated-unsupported")
    assert "Ideas taken up: 4 of 10 by the plans file, not 9 of 10 as reported" in said


def test_a_supported_statement_that_counts_other_things_says_which(tmp_path: Path) -> None:
    """Rule S14: 3 of 12 stated is less than the file's 3 of 10, but the two do not count the same plans."""
    file = edited(tmp_path, "responses.yaml", ("taken-up: {count: 3, of: 10", "taken-up: {count: 3, of: 12"))
    said = said_of(score(read(file), plans=PLANS), "stated-otherwise")
    assert said.startswith("Ideas taken up: 3 of 10 by the plans file, not 3 of 12 as reported")
    assert said.endswith("P-11 and P-12 are outside the count.")
