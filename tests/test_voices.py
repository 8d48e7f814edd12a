"""What a group itself says never depends on how skipped answers are scored (rule S4)."""

from __future__ import annotations

from typing import Any

from convergence_cli import score
from convergence_cli.model.answers import Respondent
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.results.score import ScoreReport

OPTIONS = [{"value": value, "label": f"L{value}"} for value in range(1, 6)]
ANSWERS: list[tuple[Any, ...]] = [(4, 3), (3, State.SKIPPED), (State.SKIPPED, 2), (2, 1)]


def report_with(missing: str) -> ScoreReport:
    questions = [
        {"id": name, "dimension": "d", "text": "?", "answer": {"kind": "choice", "options": OPTIONS}}
        for name in ("q1", "q2")
    ]
    questionnaire = Questionnaire.model_validate(
        {
            "id": "audit",
            "version": 1,
            "title": "Audit",
            "groups": [{"id": "g", "title": "G"}],
            "dimensions": [{"id": "d", "title": "D"}],
            "questions": questions,
            "scoring": {"missing": missing},
        }
    )
    people = [Respondent(str(number), "g", {}, codes) for number, codes in enumerate(ANSWERS)]
    return score(Wave(questionnaire, None, None, False, 5, None, {}, {}, (), people))


def test_missing_lowest_moves_the_score_and_not_what_the_group_says() -> None:
    """By hand: answered points are 100, 75, 50 and 75, 50, 25, so the group says (75 + 50) / 2 = 62.5.

    Scored with 0 for the two skipped answers: (225 / 4 + 150 / 4) / 2 = 46.875.
    """
    lowest, plain = report_with("lowest"), report_with("leave-out")
    assert (plain.overall.score, lowest.overall.score) == (62.5, 46.875)
    assert lowest.dimensions[0].groups == plain.dimensions[0].groups
    assert lowest.dimensions[0].groups[0].score == 62.5
