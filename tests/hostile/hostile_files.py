"""Files that were made to hurt: a shape for each, of any size, and the commands that read it.

The tests write each just large enough to meet a limit (`few`). `benchmarks/hostile.py` writes `many`: what
ten megabytes hold, of small values at most some 800,000, which is what a parser reads in two seconds; and
some thousand entries where each is sound to the reader, or a finding of the check, all of which are told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ESCAPE = "\x1b[31m"
STEERING = r"\e[31m \u202E \u2065 \uFFF0 \U000E0041 \u3164 \x9B \uE000"
"""Characters that steer a terminal or cannot be seen, as YAML spells them."""
TEN_MB = 10_000_000
FOUR_MB = 4 * 1024 * 1024

Made = Callable[[int], str | bytes]
Command = tuple[str, ...]

READ_BY = {
    "plans.yaml": ["check FILE", "validate FILE", "score people.yaml --plans FILE"],
    "responses.yaml": ["score FILE --by unit", "validate FILE", "compare people.yaml FILE"],
    "table.csv": [
        *("score cover.yaml --by unit", "validate cover.yaml", "compare people.yaml cover.yaml", "init FILE")
    ],
    "questionnaire.yaml": ["questionnaires FILE", "validate FILE", "score asked.yaml"],
    "convergence.toml": ["check sound.yaml"],
    "baseline.json": ["check sound.yaml --baseline FILE"],
}
HEADER = "questionnaire: convergence-2017\nconfidential: false\n"
PEOPLE = "respondents:\n"
COLUMNS = "id,group,about.unit,contribution\n"
PLANS = "objectives: [{id: O-1, title: Grow}]\nplans:\n"
SOUND = {
    "people.yaml": f"{HEADER}period: 2025\n{PEOPLE}"
    "- {id: business, group: business, answers: {contribution: 3}}\n"
    "- {id: it, group: it, answers: {contribution: 3}}\n",
    "cover.yaml": f"{HEADER}period: 2026\nrespondents: table.csv\n",
    "sound.yaml": f"{PLANS}- {{id: P-1, title: Shop, serves: [O-1]}}\n",
    "asked.yaml": "questionnaire: ./questionnaire.yaml\nconfidential: false\n"
    "respondents: [{id: p1, group: g, answers: {q0: Yes}}]\n",
}
"""What stands beside the hostile file, and is in order."""


@dataclass(frozen=True)
class Case:
    """One hostile shape: `made(n)` is what `file` holds, `few` or `many` of it."""

    name: str
    made: Made
    many: int
    few: int = 150
    file: str = ""
    read_by: tuple[Command, ...] = ()

    def write(self, folder: Path, n: int) -> None:
        for name, text in SOUND.items():
            (folder / name).write_text(text, encoding="utf-8")
        made = self.made(n)
        (folder / self.file).write_bytes(made.encode() if isinstance(made, str) else made)


def cases() -> list[Case]:
    shapes = {
        "plans.yaml": any_yaml() + plans(),
        "responses.yaml": any_yaml() + responses(),
        "questionnaire.yaml": any_yaml() + questionnaires(),
        "table.csv": tables(),
        "convergence.toml": settings(),
        "baseline.json": baselines(),
    }
    found: list[Case] = []
    for file, made in shapes.items():
        small = file in ("convergence.toml", "baseline.json")
        found += of(file, no_text(FOUR_MB if small else TEN_MB) + made)
    for form in ("json", "concise", "markdown", "github", "gitlab", "junit", "sarif"):
        found += of("plans.yaml", [steering_titles()], f"check FILE -f {form}")
    for form in ("text", "json", "csv"):
        found += of("responses.yaml", [steering_comments()], f"score FILE --by unit -f {form}")
    return found


def of(file: str, shapes: Sequence[Case], command: str = "") -> list[Case]:
    lines = [command] if command else READ_BY[file]
    read_by = tuple(tuple(line.replace("FILE", file).split()) for line in lines)
    form = command.rpartition(" ")[2]
    return [
        replace(each, name=f"{file}: {each.name} {form}".strip(), file=file, read_by=read_by)
        for each in shapes
    ]


def each(form: str, head: str = "", end: str = "", between: str = "") -> Callable[[int], str]:
    """`form` with every number i below n, between `head` and `end`; on a `ring` 0 comes after the last."""
    return lambda n: (
        head + between.join(form.format(i=i, next=i + 1, ring=(i + 1) % n) for i in range(n)) + end
    )


def times(text: str, head: str = "", end: str = "") -> Callable[[int], str]:
    return lambda n: head + text * n + end


def around(opening: str, closing: str, head: str = "", end: str = "") -> Callable[[int], str]:
    return lambda n: head + opening * n + closing * n + end


def one_after_another(*parts: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: "".join(part(n) for part in parts)


def no_text(size: int) -> list[Case]:
    """What hurts whoever takes a file for a text."""
    return [
        Case("nothing but NUL", lambda n: b"\0" * n, size),
        Case("no text at all", lambda n: b"\xff\xfe\xfd" * n, size // 3),
        Case("half a character", lambda n: b"\xff\xfe\x00\xd8" * n, size // 4),
    ]


def any_yaml() -> list[Case]:
    """What hurts a reader of YAML, whatever the file is about."""
    steering = STEERING.replace("\\U000E0041", "")
    return [
        Case("unknown keys", each("k{i:x}: 1\n"), 1_000_000),
        Case("one key again and again", times("a: 1\n"), 1_000_000),
        Case("long keys", each("a{i}" + "a" * 60_000 + ": 1\n"), 160, few=20),
        Case("a second colon after blanks", times(" ", "a:", 'b: "c"\n'), TEN_MB, few=60_000),
        Case("words and blanks, and a second colon", times(": b ", "a", "\n"), 2_500_000, few=70_000),
        Case("brackets never closed", times("["), TEN_MB),
        Case("braces never closed", times("{"), TEN_MB),
        Case("lists in lists", times("- "), 5_000_000),
        Case("keys of keys", times("? "), 5_000_000),
        Case("deeper and deeper", lambda n: "".join(" " * i + "a:\n" for i in range(n)), 4_000),
        Case("tags", times("!!a "), 2_500_000),
        Case("tag lines", times("%TAG ! tag:a,2000:\n"), 500_000),
        Case("anchors", each("- &a{i} x\n"), 800_000),
        Case("aliases", times("*a, ", "a: &a [x]\nb: [", "]\n"), 2_000_000),
        Case("documents", times("---\n"), 2_500_000),
        Case("a text that is never closed", times("a\n", 'a: "'), 5_000_000),
        Case("a long text", times("a", "a: "), TEN_MB, few=70_000),
        Case("a long key", times("a", "", ": 1\n"), TEN_MB, few=70_000),
        Case("empty lines", times("\n"), TEN_MB),
        Case("comments", times("#\n"), 5_000_000),
        Case("tabs", times("\t"), TEN_MB),
        Case("commas", times(",", "a: ["), TEN_MB),
        Case("UTF-16", lambda n: ("a: 1\n" * n).encode("utf-16"), 1_000_000),
        Case("escapes", times(f'{STEERING}: "{STEERING}"\n'), 80_000),
        Case("keys that steer", each(f'"{steering}{{i}}": "{steering}"\n'), 80_000),
    ]


def plans() -> list[Case]:
    one = "plans:\n- {id: P-1, title: a, serves: ["
    plan = "- {{id: P-{i}, title: Plan {i}, serves: [O-1]"
    same = "- {{id: P-1, title: Plan {i}, serves: [O-1]}}\n"
    lost = "- {{id: P-{i}, title: a, serves: [X-{i}9]}}\n"
    keys = ", ".join(f"k{j}: 1" for j in range(9_000))
    below = "- {{id: P{i}, title: a, serves: [O-1], part_of: P%s, depends_on: [P%s]}}\n"
    parent = "- {{id: O{i}, title: a, parent: O%s}}\n"
    chain = each(parent.replace("%s", "{next}"), "objectives:\n")
    ring = each(parent.replace("%s", "{ring}"), "objectives:\n")
    urgent = each(parent.replace("%s", "{next}, priority: high"), "objectives:\n")
    paper = each("- {{id: P{i}, title: b, serves: O{i}, status: proposed}}\n", "plans:\n")
    waiver = "- {{rule: CV9{i}, on: X{i}, reason: a, until: 2099-01-01}}\n"
    return [
        Case("entries that are no plans", each("a,", "plans: [", "]"), 500_000),
        Case("an unknown key in every plan", each(plan + ", prio: 1}}\n", PLANS), 20_000),
        Case("unknown keys in one plan", each("  k{i}: 1\n", "plans:\n- id: P-1\n"), 700_000),
        Case("many unknown keys in some plans", each(plan + f", {keys}}}}}\n", PLANS), 35, few=2),
        Case("links that are none", each("[],", one, "]}"), 3_000_000),
        Case("plans without a title", each("- {{id: P-{i}}}\n", PLANS), 60_000),
        Case("equal ids", each(same, PLANS), 10_000),
        Case("links that lead nowhere", each(lost, PLANS), 4_000),
        Case("one plan serves all", each("O-{i}, ", one, "]}"), 4_000),
        Case("plans in plans", each(below.replace("%s", "{i}0"), PLANS), 3_000),
        Case("a chain of plans", each(below.replace("%s", "{next}"), PLANS), 10_000),
        Case("a circle of plans", each(below.replace("%s", "{ring}"), PLANS), 10_000),
        Case("a chain of objectives, with plans on paper", one_after_another(urgent, paper), 10_000),
        Case("a chain of objectives", chain, 10_000),
        Case("a circle of objectives", ring, 10_000),
        Case("waivers of nothing", each(waiver, "waivers:\n"), 10_000),
        steering_titles(),
    ]


def steering_titles() -> Case:
    plan = '- {{id: P-{i}, title: "%s", owner: "%s", serves: ["%s"]}}\n'.replace("%s", STEERING)
    return Case("titles that steer", each(plan, "plans:\n"), 2_000, few=20)


def responses() -> list[Case]:
    head = HEADER + PEOPLE
    answers = "answers: {{contribution: 3}}}}\n"
    person = "- {{id: r{i}, group: it, answers: "
    one = f"{head}- {{id: r1, group: business, "
    unit = "- {{id: r{i}, group: it, about: {{unit: u{i}}}, " + answers
    attribute = "- {{id: r{i}, group: it, about: {{a{i}: 1}}, " + answers
    sheet = '- {{id: "r{i}%s", group: "%s", about: {{"%s": "%s"}}, answers: {{"%s": "%s"}}}}\n'
    nowhere = f"]\n{PEOPLE}- {{id: r1, group: it, answers: {{contribution: 3}}}}\n"
    return [
        Case("equal ids", each("- {{id: r1, group: business, " + answers, head), 20_000),
        Case("entries that are nobody", each("a,", f"{HEADER}respondents: [", "]"), 400_000),
        Case("unknown questions", each(person + "{{q{i}: 1}}}}\n", head), 20_000),
        Case("unknown questions of one person", each("q{i}: 1, ", one + "answers: {", "}}"), 400_000),
        Case("unknown groups", each("- {{id: r{i}, group: g{i}, " + answers, head), 20_000),
        Case("wrong answers", each(person + "{{contribution: very{i}}}}}\n", head), 20_000),
        Case(
            "answers of any form", each(person + "{{contribution: {{now: [{{}}], x: 1}}}}}}\n", head), 20_000
        ),
        Case("attributes of one person", each("a{i}: 1, ", one + "answers: {}, about: {", "}}"), 400_000),
        Case("a value for each", each(unit, head), 20_000, few=250),
        Case("an attribute for each", each(attribute, head), 20_000, few=250),
        Case("unknown facts", each("  f{i}: 1\n", f"{HEADER}facts:\n"), 500_000),
        Case("unknown facts below the limit", each("  f{i}: 1\n", f"{HEADER}facts:\n"), 9_000),
        Case("unknown population", each("  g{i}: 1\n", f"{HEADER}population:\n"), 9_000),
        Case("plans that are nowhere", each("x{i}.yaml, ", f"{HEADER}plans: [", nowhere), 500_000, few=90),
        Case("sheets that steer", each(sheet.replace("%s", STEERING), head), 10_000, few=20),
        steering_comments(),
    ]


def steering_comments() -> Case:
    answer = '{{contribution: {{now: 3, comment: "%s"}}}}'
    sheet = '- {{id: "r{i}%s", group: it, about: {{unit: "%s"}}, answers: ' + answer + "}}\n"
    head = f'organization: "{STEERING}"\n{HEADER}{PEOPLE}'
    return Case("comments that steer", each(sheet.replace("%s", STEERING), head), 5_000, few=20)


def tables() -> list[Case]:
    about = "id,group" + "".join(f",about.a{i}" for i in range(9_000)) + "\n"
    steering = f"{ESCAPE}r\u2065,{ESCAPE}g\u2065,{ESCAPE}u,{ESCAPE}3\n"
    steered = f"id,group,about.{ESCAPE}\u2065,{ESCAPE}\n"
    return [
        Case("about columns", each(",about.a{i}", "id,group", "\nr1,business,,,\n"), 500_000, few=10_500),
        Case("unknown columns", each(",c{i}", "id,group", "\n"), 1_000_000, few=10_500),
        Case("unknown columns below the limit", each(",c{i}", "id,group", "\n"), 9_000),
        Case("one column again and again", each(",contribution", "id,group", "\n"), 9_000),
        Case("commas", times(",", COLUMNS), TEN_MB),
        Case("many columns, empty cells", times("r,it" + "," * 9_000 + "\n", about), 1_000, few=2),
        Case("short rows", times("a\n", COLUMNS), 5_000_000),
        Case("unknown groups", each("r{i},g{i},u,3\n", COLUMNS), 500_000),
        Case("wrong answers", each("r{i},it,u,very{i}\n", COLUMNS), 500_000),
        Case("equal ids", times("r1,it,u,3\n", COLUMNS), 20_000),
        Case("a value for each", each("r{i},it,u{i},3\n", COLUMNS), 20_000, few=250),
        Case("a quote never closed", times("a\n", COLUMNS + '"'), 5_000_000),
        Case("quotes", times('"', COLUMNS), TEN_MB),
        Case("one line", times("a", COLUMNS), TEN_MB, few=140_000),
        Case("empty lines", times("\n", COLUMNS), 500_000),
        Case("returns", times("\r", COLUMNS), 500_000),
        Case("no text in each line", lambda n: COLUMNS.encode() + b"r,it,\xff,3\n" * n, 1_000_000),
        Case("cells that steer", times(steering, COLUMNS), 400_000, few=20),
        Case("a column that steers", times(steering, steered), 400_000, few=20),
    ]


def questionnaires() -> list[Case]:
    head = "id: a\nversion: 1\ntitle: a\n"
    groups = "groups: [{id: g, title: a}]\n"
    dimensions = "dimensions: [{id: d, title: a}]\n"
    question = "- {{id: q{i}, dimension: d, text: a, answer: {{kind: yes-no}}}}\n"
    asked = "questions:\n" + question.format(i=0)
    whole = head + groups + dimensions + "questions:\n"
    part = head + groups + "dimensions:\n- {id: d, title: a}\n", asked
    inside = "- {{id: d{i}, title: a, parent: d%s}}\n"
    choice = whole + "- {id: q0, dimension: d, text: a, answer: {kind: choice, options: ["
    named = whole + "- {id: q0, dimension: d, text: a, answer: {kind: yes-no}, groups: ["
    group = "- {{id: g{i}, title: a}}\n"
    hundred = each(group, head + "groups:\n", dimensions + "questions:\n")(100)
    language = question.replace("text: a", "text: {{en: a, aaa-{i}: b}}")
    advice = whole + question.format(i=0) + "advice: [{id: a, title: a, when: "
    texts = f'id: a\nversion: 1\ntitle: "{STEERING}"\ngroups: [{{id: g, title: "{STEERING}"}}]\n'
    texts += f'dimensions: [{{id: d, title: "{STEERING}"}}]\nquestions:\n'
    shown = '- {{id: q{i}, dimension: d, text: "%s", answer: {{kind: yes-no, yes: "y%s", no: "%s"}}}}\n'
    return [
        Case("questions", each(question, whole), 100_000, few=1_100),
        Case("equal ids", each(question.replace("q{i}", "q"), whole), 990),
        Case("unknown dimensions", each(question.replace(" d,", " x{i},"), whole), 990),
        Case("unknown scales", each(question.replace("yes-no", "scale, scale: s{i}"), whole), 990),
        Case("unknown kinds", each(question.replace("yes-no", "k{i}"), whole), 990),
        Case("languages", each(", aaa-{i}: b", head.replace(" a\n", " {en: a", 2), "}\n"), 700_000),
        Case("unknown languages", each(language, whole), 990),
        Case("groups", each(group, head + "groups:\n", dimensions + asked), 250_000),
        Case("groups named again", each("g, ", named, "]}\n"), 400_000),
        Case("groups and questions", each(question, hundred), 990, few=99),
        Case("a chain of dimensions", each(inside.replace("%s", "{next}"), *part), 990, few=99),
        Case("a circle of dimensions", each(inside.replace("%s", "{ring}"), *part), 990, few=99),
        Case("options", each("{{value: {i}, label: l{i}}}, ", choice, "]}}\n"), 300_000, few=1_100),
        Case("conditions in conditions", around("{any: [", "]}", advice, "}]\n"), 100_000, few=40),
        Case("texts that steer", each(shown.replace("%s", STEERING), texts), 900, few=20),
    ]


def settings() -> list[Case]:
    steering = '[check]\n"\\u001B[31m\\u2065" = "\\u202E"\nselect = ["\\u001B[31m\\u2065"]\n'
    return [
        Case("unknown tables", each("k{i} = 1\n"), 290_000),
        Case("unknown settings", each("k{i} = 1\n", "[check]\n"), 330_000),
        Case("unknown rules", each('"R{i}", ', "[check]\nselect = [", "]\n"), 330_000),
        Case("rules that are none", each("{i}, ", "[check]\nselect = [", "]\n"), 400_000),
        Case("lists in lists", around("[", "]", "a = "), 2_000_000, few=3_000),
        Case("tables in tables", around("{a = ", "}", "a = "), 700_000, few=3_000),
        Case("a long number", times("1", "[check]\nreview_days = "), FOUR_MB - 100, few=5_000),
        Case("long numbers", times("1" * 900 + ", ", "a = [", "]"), 4_500, few=3),
        Case("a key with many dots", times(".a", "a", " = 1\n"), 2_000_000, few=3_000),
        Case("quoted keys with many dots", times('. "a b"', "a", " = 1\n"), 500_000, few=3_000),
        Case("keys with many dots in a list", times("a.", "x = [{", "a = 1}]\n"), 2_000_000, few=3_000),
        Case("headers with many dots", times(".a", "[a", "]\n"), 2_000_000, few=3_000),
        Case("one table again and again", times("[check]\n"), 500_000),
        Case("empty lines", times("\n"), FOUR_MB),
        Case("blanks in brackets", times(" ", "["), FOUR_MB - 10),
        Case("a text never closed", times("a", 'a = "'), FOUR_MB - 10),
        Case("more than four megabytes", times("#"), TEN_MB, few=FOUR_MB + 1),
        Case("settings that steer", times(steering), 1, few=1),
    ]


def baselines() -> list[Case]:
    head = '{"format": "baseline/1", "findings": ['
    entry = head + '{"rule": "CV101", "plan": '
    half = head + '{"rule": "', '", "plan": "\\u2065"}]}'
    return [
        Case("entries that are gone", each('{{"rule": "CV101", "plan": "P-{i}"}}', head, "]}", ","), 10_000),
        Case("entries that are none", each("{i}", head, "]}", ","), 500_000),
        Case("lists in lists", around("[", "]"), 2_000_000, few=3_000),
        Case("lists in an entry", around("[", "]", head, "]}"), 2_000_000, few=900),
        Case("lists in a rule", around("[", "]", head + '{"rule": ', "}]}"), 900, few=900),
        Case("a long number", times("1", head), 4_000_000, few=5_000),
        Case("a long number in an entry", times("1", entry, "}]}"), 4_000_000, few=5_000),
        Case("no numbers", times("NaN, ", head, "Infinity]}"), 700_000),
        Case("half a character and an escape", times("\\ud800\\u001b[31m", *half), 100_000, few=1),
        Case("a text never closed", times("a", '{"a": "'), 4_000_000),
        Case("blanks", times(" "), 4_000_000),
        Case("more than four megabytes", times(" ", "[]"), TEN_MB, few=FOUR_MB + 1),
    ]
