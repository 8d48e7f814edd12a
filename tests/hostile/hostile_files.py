"""Files that were made to hurt: a shape for each, of any size, and the commands that read it.

The tests write each just large enough to meet a limit (`few`). `benchmarks/hostile.py` writes `many`: what
ten megabytes hold, of small values at most some 800,000, which is what a parser reads in two seconds; and
some thousand entries where each is sound to the reader, or a finding of the check, all of which are told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ESCAPE = "\x1b[31m"
STEERING = r"\e[31m \u202E \u2065 \uFFF0 \U000E0041 \u3164 \x9B \uE000"
"""Characters that steer a terminal or cannot be seen, as YAML spells them."""
TEN_MB = 10_000_000
FOUR_MB = 4 * 1024 * 1024

Made = str | bytes
Shape = tuple[str, Callable[[int], Made], int, int]
"""What it is, its text by size, and the two sizes."""
Command = tuple[str, ...]

READ_BY: dict[str, tuple[Command, ...]] = {
    "plans.yaml": (
        ("check", "plans.yaml"),
        ("validate", "plans.yaml"),
        ("score", "people.yaml", "--plans", "plans.yaml"),
    ),
    "responses.yaml": (
        ("score", "responses.yaml", "--by", "unit"),
        ("validate", "responses.yaml"),
        ("compare", "people.yaml", "responses.yaml"),
    ),
    "table.csv": (
        ("score", "cover.yaml", "--by", "unit"),
        ("validate", "cover.yaml"),
        ("compare", "people.yaml", "cover.yaml"),
        ("init", "table.csv"),
    ),
    "questionnaire.yaml": (
        ("questionnaires", "questionnaire.yaml"),
        ("validate", "questionnaire.yaml"),
        ("score", "asked.yaml"),
    ),
    "convergence.toml": (("check", "sound.yaml"),),
    "baseline.json": (("check", "sound.yaml", "--baseline", "baseline.json"),),
}
HEADER = "questionnaire: convergence-2017\nconfidential: false\n"
PEOPLE = "respondents:\n"
COLUMNS = "id,group,about.unit,contribution\n"
SOUND = {
    "people.yaml": f"{HEADER}period: 2025\n{PEOPLE}"
    + "".join(
        f"- {{id: {group}, group: {group}, answers: {{contribution: 3}}}}\n" for group in ("business", "it")
    ),
    "cover.yaml": f"{HEADER}period: 2026\nrespondents: table.csv\n",
    "sound.yaml": "objectives: [{id: O-1, title: Grow}]\nplans: [{id: P-1, title: Shop, serves: [O-1]}]\n",
    "asked.yaml": "questionnaire: ./questionnaire.yaml\nconfidential: false\n"
    + PEOPLE
    + "- {id: p1, group: g, answers: {q0: Yes}}\n",
}
"""What stands beside the hostile file, and is in order."""


@dataclass(frozen=True)
class Case:
    """One hostile shape: `made(n)` is what `file` holds."""

    name: str
    file: str
    made: Callable[[int], Made]
    few: int
    many: int
    read_by: tuple[Command, ...]

    def write(self, folder: Path, n: int) -> None:
        for name, text in SOUND.items():
            (folder / name).write_text(text, encoding="utf-8")
        made = self.made(n)
        (folder / self.file).write_bytes(made.encode() if isinstance(made, str) else made)


def cases() -> list[Case]:
    found: list[Case] = []
    for kind in ("plans", "responses", "questionnaire"):
        found += of(f"{kind}.yaml", any_yaml())
    found += of("plans.yaml", plans())
    found += of("responses.yaml", responses())
    found += of("table.csv", tables())
    found += of("questionnaire.yaml", questionnaires())
    found += of("convergence.toml", settings())
    found += of("baseline.json", baselines())
    for form in ("json", "concise", "markdown", "github", "gitlab", "junit", "sarif"):
        found += of("plans.yaml", [steering_titles()], form, [("check", "plans.yaml", "-f", form)])
    for form in ("text", "json", "csv"):
        command = ("score", "responses.yaml", "--by", "unit", "-f", form)
        found += of("responses.yaml", [steering_comments()], form, [command])
    return found


def of(file: str, shapes: Sequence[Shape], form: str = "", commands: Sequence[Command] = ()) -> list[Case]:
    read_by = tuple(commands) or READ_BY[file]
    return [
        Case(f"{file}: {name} {form}".strip(), file, made, few, many, read_by)
        for name, made, few, many in shapes
    ]


def each(form: str, head: str = "", end: str = "", between: str = "") -> Callable[[int], str]:
    """`form` with every number below n, between `head` and `end`."""
    return lambda n: head + between.join(form.format(i=i) for i in range(n)) + end


def times(text: str, head: str = "", end: str = "") -> Callable[[int], str]:
    return lambda n: head + text * n + end


def around(opening: str, closing: str, head: str = "", end: str = "") -> Callable[[int], str]:
    return lambda n: head + opening * n + closing * n + end


def raw(data: bytes) -> Callable[[int], bytes]:
    return lambda n: data * n


def any_yaml() -> list[Shape]:
    """What hurts a reader of YAML, whatever the file is about."""
    return [
        ("unknown keys", each("k{i:x}: 1\n"), 150, 1_000_000),
        ("one key again and again", times("a: 1\n"), 150, 1_000_000),
        ("long keys", each("a{i}" + "a" * 60_000 + ": 1\n"), 20, 160),
        ("a second colon after blanks", times(" ", "a:", 'b: "c"\n'), 60_000, TEN_MB),
        ("words and blanks, and a second colon", times(": b ", "a", "\n"), 70_000, 2_500_000),
        ("brackets never closed", times("["), 200, TEN_MB),
        ("braces never closed", times("{"), 200, TEN_MB),
        ("lists in lists", times("- "), 200, 5_000_000),
        ("keys of keys", times("? "), 200, 5_000_000),
        ("deeper and deeper", lambda n: "".join(" " * i + "a:\n" for i in range(n)), 200, 4_000),
        ("tags", times("!!a "), 200, 2_500_000),
        ("tag lines", times("%TAG ! tag:a,2000:\n"), 200, 500_000),
        ("anchors", each("- &a{i} x\n"), 200, 800_000),
        ("aliases", times("*a, ", "a: &a [x]\nb: [", "]\n"), 200, 2_000_000),
        ("documents", times("---\n"), 200, 2_500_000),
        ("a text that is never closed", times("a\n", 'a: "'), 200, 5_000_000),
        ("a long text", times("a", "a: "), 70_000, TEN_MB),
        ("a long key", times("a", "", ": 1\n"), 70_000, TEN_MB),
        ("empty lines", times("\n"), 200, TEN_MB),
        ("comments", times("#\n"), 200, 5_000_000),
        ("tabs", times("\t"), 200, TEN_MB),
        ("commas", times(",", "a: ["), 200, TEN_MB),
        ("nothing but NUL", raw(b"\0"), 200, TEN_MB),
        ("no text at all", raw(b"\xff\xfe\xfd"), 200, 3_000_000),
        ("half a character", raw(b"\xff\xfe\x00\xd8"), 200, 2_500_000),
        ("UTF-16", lambda n: ("a: 1\n" * n).encode("utf-16"), 200, 1_000_000),
        ("escapes", times(f'{STEERING}: "{STEERING}"\n'), 200, 80_000),
        (
            "keys that steer",
            each(f'"{STEERING}{{i}}": "{STEERING}"\n'.replace("\\U000E0041", "")),
            200,
            80_000,
        ),
    ]


PLANS = "objectives: [{id: O-1, title: Grow}]\nplans:\n"
PLAN = "- {{id: P-{i}, title: Plan {i}, serves: [O-1]"
ONE_PLAN = "plans:\n- {id: P-1, title: a, serves: ["


def plans() -> list[Shape]:
    keys = ", ".join(f"k{j}: 1" for j in range(9_000))
    chained = "- {{id: P{i}, title: a, serves: [O-1], part_of: P{i}x, depends_on: [P{i}x]}}\n"
    return [
        ("entries that are no plans", each("a,", "plans: [", "]"), 150, 500_000),
        ("an unknown key in every plan", each(PLAN + ", prio: 1}}\n", PLANS), 150, 20_000),
        ("unknown keys in one plan", each("  k{i}: 1\n", "plans:\n- id: P-1\n"), 150, 700_000),
        (
            "many unknown keys in some plans",
            each(f"- {{{{id: P-{{i}}, title: a, {keys}}}}}\n", PLANS),
            2,
            35,
        ),
        ("links that are none", each("[],", ONE_PLAN, "]}"), 150, 3_000_000),
        ("plans without a title", each("- {{id: P-{i}}}\n", PLANS), 150, 60_000),
        ("equal ids", each("- {{id: P-1, title: Plan {i}, serves: [O-1]}}\n", PLANS), 150, 10_000),
        (
            "links that lead nowhere",
            each("- {{id: P-{i}, title: a, serves: [X-{i}9]}}\n", PLANS),
            150,
            4_000,
        ),
        ("one plan serves all", each("O-{i}, ", ONE_PLAN, "]}"), 150, 4_000),
        ("plans in plans", each(chained.replace("x", "0"), PLANS), 150, 3_000),
        (
            "a long chain",
            lambda n: PLANS + "".join(chained.format(i=i).replace(f"{i}x", f"{i + 1}") for i in range(n)),
            150,
            10_000,
        ),
        (
            "a circle",
            lambda n: (
                PLANS + "".join(chained.format(i=i).replace(f"{i}x", f"{(i + 1) % n}") for i in range(n))
            ),
            150,
            10_000,
        ),
        (
            "a chain of objectives, each with a plan on paper",
            lambda n: (
                "objectives:\n"
                + "".join(f"- {{id: O{i}, title: a, parent: O{i + 1}, priority: high}}\n" for i in range(n))
                + PLANS
                + "".join(f"- {{id: P{i}, title: b, serves: O{i}, status: proposed}}\n" for i in range(n))
            ),
            150,
            10_000,
        ),
        (
            "a chain of objectives",
            lambda n: (
                "objectives:\n" + "".join(f"- {{id: O{i}, title: a, parent: O{i + 1}}}\n" for i in range(n))
            ),
            150,
            10_000,
        ),
        (
            "waivers of nothing",
            each("- {{rule: CV9{i}, on: X{i}, reason: a, until: 2099-01-01}}\n", "waivers:\n"),
            150,
            10_000,
        ),
        steering_titles(),
    ]


def steering_titles() -> Shape:
    plan = '- {{id: P-{i}, title: "%s", owner: "%s", serves: ["%s"]}}\n'.replace("%s", STEERING)
    return "titles that steer", each(plan, "plans:\n"), 20, 2_000


def responses() -> list[Shape]:
    head = HEADER + PEOPLE
    person = "- {{id: r{i}, group: business, answers: "
    one = f"{head}- {{id: r1, group: business, "
    answer = "answers: {{contribution: 3}}}}\n"
    sheet = '- {{id: "r{i}%s", group: "%s", about: {{"%s": "%s"}}, answers: {{"%s": "%s"}}}}\n'
    return [
        ("equal ids", each("- {{id: r1, group: business, " + answer, head), 150, 20_000),
        ("entries that are nobody", each("a,", f"{HEADER}respondents: [", "]"), 150, 400_000),
        ("unknown questions", each(person + "{{q{i}: 1}}}}\n", head), 150, 20_000),
        ("unknown questions of one person", each("q{i}: 1, ", one + "answers: {", "}}"), 150, 400_000),
        ("unknown groups", each("- {{id: r{i}, group: g{i}, " + answer, head), 150, 20_000),
        ("wrong answers", each(person + "{{contribution: very{i}}}}}\n", head), 150, 20_000),
        (
            "answers of any form",
            each(person + "{{contribution: {{now: [{{}}], x: 1}}}}}}\n", head),
            150,
            20_000,
        ),
        ("attributes of one person", each("a{i}: 1, ", one + "answers: {}, about: {", "}}"), 150, 400_000),
        (
            "a value for each",
            each("- {{id: r{i}, group: it, about: {{unit: u{i}}}, " + answer, head),
            250,
            20_000,
        ),
        (
            "an attribute for each",
            each("- {{id: r{i}, group: it, about: {{a{i}: 1}}, " + answer, head),
            250,
            20_000,
        ),
        ("unknown facts", each("  f{i}: 1\n", f"{HEADER}facts:\n"), 150, 500_000),
        ("unknown facts below the limit", each("  f{i}: 1\n", f"{HEADER}facts:\n"), 150, 9_000),
        ("unknown population", each("  g{i}: 1\n", f"{HEADER}population:\n"), 150, 9_000),
        (
            "plans that are nowhere",
            each(
                "x{i}.yaml, ",
                f"{HEADER}plans: [",
                f"]\n{PEOPLE}- {{id: r1, group: it, answers: {{contribution: 3}}}}\n",
            ),
            90,
            500_000,
        ),
        ("sheets that steer", each(sheet.replace("%s", STEERING), head), 20, 10_000),
        steering_comments(),
    ]


def steering_comments() -> Shape:
    answer = '{{contribution: {{now: 3, comment: "%s"}}}}'
    sheet = '- {{id: "r{i}%s", group: it, about: {{unit: "%s"}}, answers: ' + answer + "}}\n"
    return (
        "comments that steer",
        each(sheet.replace("%s", STEERING), f'organization: "{STEERING}"\n{HEADER}{PEOPLE}'),
        20,
        5_000,
    )


def tables() -> list[Shape]:
    many = "id,group" + "".join(f",about.a{i}" for i in range(9_000)) + "\n"
    steering = f"{ESCAPE}r\u2065,{ESCAPE}g\u2065,{ESCAPE}u,{ESCAPE}3\n"
    return [
        ("about columns", each(",about.a{i}", "id,group", "\nr1,business,,,\n"), 10_500, 500_000),
        ("unknown columns", each(",c{i}", "id,group", "\n"), 10_500, 1_000_000),
        ("unknown columns below the limit", each(",c{i}", "id,group", "\n"), 150, 9_000),
        ("one column again and again", each(",contribution", "id,group", "\n"), 150, 9_000),
        ("commas", times(",", COLUMNS), 150, TEN_MB),
        ("many columns, empty cells", times("r,it" + "," * 9_000 + "\n", many), 2, 1_000),
        ("short rows", times("a\n", COLUMNS), 150, 5_000_000),
        ("unknown groups", each("r{i},g{i},u,3\n", COLUMNS), 150, 500_000),
        ("wrong answers", each("r{i},it,u,very{i}\n", COLUMNS), 150, 500_000),
        ("equal ids", times("r1,it,u,3\n", COLUMNS), 150, 20_000),
        ("a value for each", each("r{i},it,u{i},3\n", COLUMNS), 250, 20_000),
        ("a quote never closed", times("a\n", COLUMNS + '"'), 150, 5_000_000),
        ("quotes", times('"', COLUMNS), 150, TEN_MB),
        ("one line", times("a", COLUMNS), 140_000, TEN_MB),
        ("empty lines", times("\n", COLUMNS), 150, 500_000),
        ("returns", times("\r", COLUMNS), 150, 500_000),
        ("nothing but NUL", raw(b"\0"), 150, TEN_MB),
        ("no text at all", raw(b"\xff\xfe\xfd"), 150, 3_000_000),
        ("no text in each line", lambda n: COLUMNS.encode() + b"r,it,\xff,3\n" * n, 150, 1_000_000),
        ("cells that steer", times(steering, COLUMNS), 20, 400_000),
        ("a column that steers", times(steering, f"id,group,about.{ESCAPE}\u2065,{ESCAPE}\n"), 20, 400_000),
    ]


def questionnaires() -> list[Shape]:
    head = "id: a\nversion: 1\ntitle: a\n"
    groups = "groups: [{id: g, title: a}]\n"
    dimensions = "dimensions: [{id: d, title: a}]\n"
    question = "- {{id: q{i}, dimension: d, text: a, answer: {{kind: yes-no}}}}\n"
    asked = "questions:\n" + question.format(i=0)
    whole = head + groups + dimensions + "questions:\n"
    part = "- {{id: d{i}, title: a, parent: d{i}x}}\n"
    choice = whole + "- {id: q0, dimension: d, text: a, answer: {kind: choice, options: ["
    named = whole + "- {id: q0, dimension: d, text: a, answer: {kind: yes-no}, groups: ["
    texts = f'id: a\nversion: 1\ntitle: "{STEERING}"\ngroups: [{{id: g, title: "{STEERING}"}}]\n'
    texts += f'dimensions: [{{id: d, title: "{STEERING}"}}]\nquestions:\n'
    shown = '- {{id: q{i}, dimension: d, text: "%s", answer: {{kind: yes-no, yes: "y%s", no: "%s"}}}}\n'
    return [
        ("questions", each(question, whole), 1_100, 100_000),
        ("equal ids", each(question.replace("q{i}", "q"), whole), 150, 990),
        ("unknown dimensions", each(question.replace(" d,", " x{i},"), whole), 150, 990),
        ("unknown scales", each(question.replace("yes-no", "scale, scale: s{i}"), whole), 150, 990),
        ("unknown kinds", each(question.replace("yes-no", "k{i}"), whole), 150, 990),
        ("languages", each(", aaa-{i}: b", head.replace(" a\n", " {en: a", 2), "}\n"), 150, 700_000),
        (
            "unknown languages",
            each(question.replace("text: a", "text: {{en: a, aaa-{i}: b}}"), whole),
            150,
            990,
        ),
        ("groups", each("- {{id: g{i}, title: a}}\n", head + "groups:\n", dimensions + asked), 150, 250_000),
        ("groups named again", each("g, ", named, "]}\n"), 150, 400_000),
        (
            "groups and questions",
            lambda n: (
                head
                + "groups:\n"
                + each("- {{id: g{i}, title: a}}\n")(min(n, 100))
                + dimensions
                + "questions:\n"
                + each(question)(n)
            ),
            99,
            990,
        ),
        (
            "a chain of dimensions",
            lambda n: (
                head
                + groups
                + "dimensions:\n"
                + each(part)(n).replace("x", "0")
                + "- {id: d, title: a}\n"
                + asked
            ),
            99,
            990,
        ),
        (
            "a circle of dimensions",
            lambda n: (
                head
                + groups
                + "dimensions:\n- {id: d, title: a}\n"
                + "".join(part.format(i=i).replace(f"{i}x", f"{(i + 1) % n}") for i in range(n))
                + asked
            ),
            99,
            990,
        ),
        ("options", each("{{value: {i}, label: l{i}}}, ", choice, "]}}\n"), 1_100, 300_000),
        (
            "conditions in conditions",
            around(
                "{any: [", "]}", whole + question.format(i=0) + "advice: [{id: a, title: a, when: ", "}]\n"
            ),
            40,
            100_000,
        ),
        ("texts that steer", each(shown.replace("%s", STEERING), texts), 20, 900),
    ]


def settings() -> list[Shape]:
    return [
        ("unknown tables", each("k{i} = 1\n"), 150, 290_000),
        ("unknown settings", each("k{i} = 1\n", "[check]\n"), 150, 330_000),
        ("unknown rules", each('"R{i}", ', "[check]\nselect = [", "]\n"), 150, 330_000),
        ("rules that are none", each("{i}, ", "[check]\nselect = [", "]\n"), 150, 400_000),
        ("lists in lists", around("[", "]", "a = "), 3_000, 2_000_000),
        ("tables in tables", around("{a = ", "}", "a = "), 3_000, 700_000),
        ("a long number", times("1", "[check]\nreview_days = "), 5_000, FOUR_MB - 100),
        ("long numbers", times("1" * 900 + ", ", "a = [", "]"), 3, 4_500),
        ("a key with many dots", times(".a", "a", " = 1\n"), 3_000, 2_000_000),
        ("quoted keys with many dots", times('. "a b"', "a", " = 1\n"), 3_000, 500_000),
        ("keys with many dots in a list", times("a.", "x = [{", "a = 1}]\n"), 3_000, 2_000_000),
        ("headers with many dots", times(".a", "[a", "]\n"), 3_000, 2_000_000),
        ("one table again and again", times("[check]\n"), 150, 500_000),
        ("empty lines", times("\n"), 150, FOUR_MB),
        ("blanks in brackets", times(" ", "["), 150, FOUR_MB - 10),
        ("a text never closed", times("a", 'a = "'), 150, FOUR_MB - 10),
        ("nothing but NUL", raw(b"\0"), 150, FOUR_MB),
        ("no text at all", raw(b"\xff"), 150, FOUR_MB),
        ("more than four megabytes", times("#"), FOUR_MB + 1, TEN_MB),
        (
            "settings that steer",
            times('[check]\n"\\u001B[31m\\u2065" = "\\u202E"\nselect = ["\\u001B[31m\\u2065"]\n'),
            1,
            1,
        ),
    ]


def baselines() -> list[Shape]:
    head = '{"format": "baseline/1", "findings": ['
    return [
        ("entries that are gone", each('{{"rule": "CV101", "plan": "P-{i}"}}', head, "]}", ","), 150, 10_000),
        ("entries that are none", each("{i}", head, "]}", ","), 150, 500_000),
        ("lists in lists", around("[", "]"), 3_000, 2_000_000),
        ("lists in an entry", around("[", "]", head, "]}"), 900, 2_000_000),
        ("lists in a rule", around("[", "]", head + '{"rule": ', "}]}"), 900, 900),
        ("a long number", times("1", head), 5_000, 4_000_000),
        (
            "a long number in an entry",
            times("1", head + '{"rule": "CV101", "plan": ', "}]}"),
            5_000,
            4_000_000,
        ),
        ("no numbers", times("NaN, ", head, "Infinity]}"), 150, 700_000),
        (
            "half a character",
            times("\\ud800\\u001b[31m", head + '{"rule": "', '", "plan": "\\u2065"}]}'),
            1,
            100_000,
        ),
        ("a text never closed", times("a", '{"a": "'), 150, 4_000_000),
        ("nothing but NUL", raw(b"\0"), 150, 4_000_000),
        ("no text at all", raw(b"\xff"), 150, 4_000_000),
        ("blanks", times(" "), 150, 4_000_000),
        ("more than four megabytes", times(" ", "[]"), FOUR_MB + 1, TEN_MB),
    ]
