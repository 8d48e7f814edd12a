"""What a command cannot do: exit code 2, one message that says what to write, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import convergence

NO_ANSWERS = "questionnaire: convergence-2017@1\nconfidential: %s\nfacts: {plan-mapping: 11/12}\n"
FILES = {
    "file": b"mine",
    "notes.json": b'{"mine": true}',
    "held/responses.yaml": b"mine",
    "held/a.csv": b"id,group\n",
    "held/a:b.csv": b"id,group\n",
    "blocked/.convergence": b"in the way of a folder",
    "responses.yaml": (NO_ANSWERS % "false").encode(),
    "secret.yaml": (NO_ANSWERS % "true" + "cut_by: unit\n").encode(),
    "plans.yaml": b"plans: [{id: P-1, title: New checkout, no_objective_because: it runs}]\n",
}
EVERYWHERE = [
    ("-f jsn", "There is no format `jsn`."),
    ("-f jsn", "Did you mean json?"),
    ("-o report.pdf", "The suffix of report.pdf names no format."),
    ("-o nowhere/report.json", "nowhere/report.json cannot be written: "),
    ("--color red", "--color takes auto, always or never, not `red`."),
    ("--today tomorrow", "--today tomorrow: expected a day as YYYY-MM-DD"),
    *((f"--today {day}", "--today") for day in ("2026-02-30", "2026-13-01", "1.1.2026", "1767225600")),
]
REFUSED = [
    *((f"{command} {options}", said) for command in ("score responses.yaml", "check plans.yaml")
      for options, said in EVERYWHERE),
    ("scor", "Try `convergence --help`."),
    ("validate", "convergence"),
    ("schema", "convergence"),
    ("schema respones", "Did you mean responses"),
    ("questionnaires convergence-2071", "Did you mean convergence-2017"),
    ("questionnaires convergence-2017@7", "of convergence-2017 there is"),
    ("questionnaires convergence-2017 --lang de", "convergence-2017 speaks en, not de."),
    ("questionnaires convergence-2017 -f jsn", "Did you mean json?"),
    ("questionnaires -f json", "There is no format `json`."),
    ("questionnaires none.yaml", "There is no such file."),
    ("init file", "cannot be written"),
    ("init file/below", "cannot be written"),
    ("init bare/none.csv", "There is no such file."),
    ("init held/a.csv --force", 'write `respondents: "a.csv"` into it.'),
    ("init held/a:b.csv", 'write `respondents: "a:b.csv"` into it.'),
    ("init held", "responses.yaml is there already, so nothing was written."),
    ("init blocked", "cannot be written"),
    ("score .", "This is a directory, and a file is needed."),
    ("score response.yml", "There is no such file. Did you mean responses.yaml"),
    (f"score {'x' * 300}", "It cannot be opened: "),
    ("score --nope", "--nope"),
    ("score plans.yaml", "This file holds plans, and responses are needed."),
    ("score held/a.csv", "This is a table of answers, and the responses file that names it is needed."),
    ("score held/a.csv", "`convergence init held/a.csv` writes one"),
    ("score responses.yaml --lang de", "convergence-2017 speaks en, not de."),
    ("score responses.yaml --fail-under nan", "--fail-under takes points from 0 to 100, not nan."),
    ("score responses.yaml --by role", "No respondent has `role` under `about`."),
    ("score secret.yaml --by role", "the file allows one cut: `--by unit`"),
    ("score responses.yaml --explain speed", "There is no figure `speed` to explain."),
    ("score responses.yaml --explain overall --by unit", "opens a figure of the whole: leave --by out."),
    ("score responses.yaml --explain overall --fail-under 50", "--explain prints one figure"),
    ("score responses.yaml --explain overall -f csv", "--explain prints text or json, not csv."),
    ("check", "Name the files or folders"),
    ("check none.yaml", "There is no such file."),
    ("check plans.yaml --select CV999", "--select: `CV999` is no rule."),
    ("check plans.yaml --ignore unlinked-plna", "Did you mean unlinked-plan"),
    ("check plans.yaml --fail-on eror", "Did you mean error?"),
    ("check plans.yaml --min plans-mapped=80", "--min plans-mapped=80: expected a share such as 80%, 0.8 or"),
    ("check plans.yaml --min plans-mapped=80", "Did you mean --min plans-mapped=80%?"),
    ("check plans.yaml --min plans-mapped=lots", "--min plans-mapped=lots: expected a share such as 80%"),
    ("check plans.yaml --min one-voice=1 --min one-voice=0", "--min one-voice is given twice: give it once."),
    ("check plans.yaml --min plan-mapped=80%", "--min: `plan-mapped` is no indicator. Did you mean plans-"),
    ("check plans.yaml --min 80%", "write INDICATOR=SHARE, such as --min plans-mapped=80%"),
    ("check plans.yaml --baseline a.json --write-baseline b.json", "name two files"),
    ("check plans.yaml --baseline none.json", "There is no such file."),
    ("check plans.yaml --write-baseline notes.json", "This is no baseline."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_cannot_be_done_is_answered_in_words(arguments: str, said: str, tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ended = convergence(*arguments.split(), cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert said in " ".join(ended.err.split())
    assert ended.err.count("\n") == 1 or " error CV0" in ended.err
    assert [word for word in ("Errno", "Traceback", "?.") if word in ended.err] == []
    left = (file for file in tmp_path.rglob("*") if file.is_file())
    assert {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in left} == FILES
