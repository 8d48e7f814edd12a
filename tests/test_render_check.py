"""The check report in its formats: layout, limits, hostile text.

What each format holds of a whole organisation is in ``tests/golden/check``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from reports import changed, without_styles
from rich.cells import cell_len
from running import ROOT

from convergence_cli import check
from convergence_cli.commands.check import FORMATS
from convergence_cli.problems import Excerpt, Severity
from convergence_cli.render.run import Run
from convergence_cli.results.check import CheckFinding, CheckReport, RelatedPlace, Waived
from convergence_cli.results.common import Amount, InputFile, Part, Reason
from convergence_cli.terminal import Paper


def shown(name: str, report: CheckReport, *, width: int = 80, colour: bool = False, **run: Any) -> str:
    """A report in the format of that name."""
    text = FORMATS[name].render(report, Run(**run), Paper(width, colour))
    assert isinstance(text, str)
    return text


RENDERERS: dict[str, Callable[[CheckReport], str]] = {
    name: partial(shown, name) for name, form in FORMATS.items() if not form.library
}
RENDERERS["colour"] = partial(shown, "text", colour=True)
HOSTILE = (
    "100 % of it%0A\n::error file=x::gotcha, \r\n::set-output name=a::b | ##[error] [bold]x[/y] :smile: "
    "<script>alert('1')</script> <!-- x --> &amp; ]]> [x](http://evil.example) ![i](j) `tick` ``` *b* _i_ "
    "~s~ $m$ @octocat #1 \x1b]0;owned\x07 \u202eevil\u2066 \x9b31m\ttab \u2028 \ud800 \ufffe \uffff \\ ' \""
)
EIGHT: dict[str, Any] = dict.fromkeys("ABCDEFGH", 1000.0)
"""An amount in each of eight currencies, too many for a table."""
LONG = "漢字と仮名交じりの長い題名" * 9 + " " + "w" * 190 + " Modernisation of everything," * 9


NORTHWIND = check(
    *(ROOT / "examples" / name for name in ("objectives.yaml", "plans.yaml")), today="2026-11-20"
)
UNLINKED = next(each for each in NORTHWIND.findings if each.code == "CV101")


def finding(code: str = "CV101", severity: Severity = Severity.ERROR, **more: Any) -> CheckFinding:
    """The one about P-09, with something changed."""
    return changed(UNLINKED, code=code, severity=severity, **{"file": "plans.yaml", "line": 155, **more})


def part(id: str, count: int, *, role: Any = "against", ids: Sequence[str] = (), **money: float) -> Part:
    amounts = tuple(Amount(currency=name.strip("_"), amount=amount) for name, amount in money.items())
    names = tuple(ids) or tuple(f"P-{number:02}" for number in range(1, count + 1))
    return Part(id=id, role=role, count=count, amounts=amounts, ids=names)


def report(*findings: CheckFinding, plans: int = 3, **more: Any) -> CheckReport:
    """Northwind's report with these findings alone, and counts that agree with them."""
    counting = [each.severity for each in findings if each.counts]
    numbers = {f"{severity}s": counting.count(severity) for severity in Severity}
    numbers["waived"] = sum(each.waived is not None for each in findings)
    numbers["baselined"] = sum(each.baselined for each in findings)
    counts = changed(NORTHWIND.counts, plans=plans, **numbers)
    rules = tuple(each for each in NORTHWIND.catalogue if each.code == "CV101")
    return changed(NORTHWIND, findings=findings, counts=counts, catalogue=rules, not_checked=(), **more)


def counted(*parts: Part, **more: Any) -> CheckReport:
    """A report whose plans lie in these parts."""
    return report(evidence=(changed(NORTHWIND.evidence[0], parts=parts, **more),))


def warning(**more: Any) -> CheckFinding:
    return finding("CV302", Severity.WARNING, **{"name": "overdue", **more})


def hostile(text: str) -> CheckReport:
    """A report with `text` wherever people write text."""
    related = RelatedPlace(file=f"{text}.yaml", line=1, column=1, message=f"{text} stands here")
    more: dict[str, Any] = dict.fromkeys(("message", "hint", "plan", "objective", "owner", "brief"), text)
    more |= {"file": f"{text}.yaml", "path": ("plans", text)}
    more |= {"related": (related,), "excerpt": Excerpt(text, 2, 9)}
    reason = Reason(code="x", text=text)
    parts = counted(part("none", 1, ids=(text,), EUR=1.0), count=None, of=None, points=None, reason=reason)
    return report(
        finding(**more),
        warning(**more),
        warning(**more, waived=Waived(reason=text, until="2026-12-31")),
        inputs=(InputFile(name=text, sha256=None),),
        evidence=parts.evidence,
    )


# Every format


@pytest.mark.parametrize("form", ["text", "concise", "markdown", "github", "gitlab", "junit", "sarif"])
def test_an_id_that_opens_a_sentence_stands_as_it_is_written(form: str) -> None:
    message = 'checkout-1 "New checkout" serves no objective and gives no reason.'
    told = RENDERERS[form](report(finding(message=message)))
    assert "checkout-1" in told
    assert "Checkout-1" not in told


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_hostile_text_reaches_nobody(render: Callable[[CheckReport], str]) -> None:
    told = without_styles(render(hostile(HOSTILE)))
    assert not {unicodedata.category(c) for c in told.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert told.encode("utf-8")


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_can_be_shown(render: Callable[[CheckReport], str], text: str) -> None:
    assert render(hostile(text)).endswith("\n")


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_nothing_is_cut_however_long(render: Callable[[CheckReport], str]) -> None:
    told = "".join(render(report(finding(message=LONG, excerpt=None))).split())
    assert "".join(LONG.split()) in without_styles(told)


# Text


@pytest.mark.parametrize("width", [40, 53, 60, 79, 80, 100, 132])
@pytest.mark.parametrize("text", [LONG, HOSTILE, "short"], ids=["long", "hostile", "short"])
def test_no_line_is_wider_than_asked_for(text: str, width: int) -> None:
    lines = shown("text", hostile(text), width=width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize(
    ("excerpt", "lines"),
    [
        (Excerpt("  serves: [0-1]", 11, 3), ["serves: [0-1]", "         ^^^"]),
        (Excerpt("  title: 漢字 x", 12, 1), ["title: 漢字 x", "            ^"]),
        (Excerpt("a: " + "b" * 90 + " cc", 94, 2), ["…bbbbbbbb cc", "          ^^"]),
        (Excerpt("a: b " + "c" * 90, 3, 1), ["a: b " + "c" * 30 + "…", "   ^"]),
        (Excerpt("k: " + "v" * 90, 3, 90), ["k: " + "v" * 32 + "…", "   " + "^" * 33]),
    ],
)
def test_a_long_line_is_shown_around_its_mark(excerpt: Excerpt, lines: list[str]) -> None:
    told = shown("text", report(finding(excerpt=excerpt)), width=40).splitlines()
    (carets,) = [at for at, line in enumerate(told) if line.endswith("^")]
    assert [line.removeprefix("    ") for line in told[carets - 1 : carets + 1]] == lines


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            [part("mapped", 1, role="for", EUR=10.0, USD=2000.0), part("none", 2, EUR=5.0)],
            "plans EUR USD mapped to a live objective 1 10 2,000 P-01 "
            "no objective, no reason 2 5 - P-01 P-02 all green-lit 3 15 2,000",
        ),
        (
            [part("none", 30, _=7.0), part("not-green-lit", 1, role="outside")],
            "no objective, no reason 30 7 P-01 P-02 P-03 P-04 P-05 P-06 P-07 "
            "P-08 P-09 P-10 P-11 P-12 and 18 more all green-lit 30 7 not green-lit 1 - P-01",
        ),
        (
            [part("mapped", 1, role="for", **EIGHT)],
            "mapped to a live objective: plans 1, A 1,000, B 1,000,",
        ),
    ],
)
def test_the_parts_stand_in_plans_and_in_money_of_each_currency(parts: Sequence[Part], told: str) -> None:
    assert told in " ".join(shown("text", counted(*parts)).split())


def test_what_could_not_be_counted_says_why() -> None:
    reason = Reason(code="no-green-lit", text="no plan is green-lit")
    told = shown("text", counted(part("none", 1), count=None, of=None, points=None, reason=reason))
    assert "Plans mapped: not counted, because no plan is green-lit." in told


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (report(), "Passed: no errors, no warnings, none waived, none in the baseline (exit code 0)."),
        (report(warning()), "Passed: no errors, 1 warning, none waived"),
        (report(warning(), fail_on="warning"), "Failed: no errors, 1 warning"),
        (report(plans=0), "Nothing to check, for there are no plans: no errors"),
        (
            report(partial=True),
            "Failed: no errors, no warnings, none waived",
        ),
        (report(finding("CV004")), "(exit code 2)."),
    ],
)
def test_the_verdict_agrees_with_the_exit_code(found: CheckReport, verdict: str) -> None:
    assert verdict in " ".join(shown("text", found).split())


# GitHub


def commands(out: str) -> list[str]:
    """The names of the workflow commands in `out`, as the runner finds them."""
    return re.findall(r"^::(\w+) .*?::", out, re.M)


def test_a_finding_is_one_command_at_its_line() -> None:
    found = finding(file="/srv/plans, 100 %:a.yaml", message="100 % sure, really: yes", hint="")
    out = shown("github", report(found), folder="/srv")
    assert out.splitlines()[0] == (
        "::error file=plans%2C 100 %25%3Aa.yaml,line=155,col=5,title=CV101 unlinked-plan"
        "::100 %25 sure, really: yes."
    )


def test_no_title_makes_a_command_of_its_own() -> None:
    out = shown("github", hostile(HOSTILE))
    assert commands(out) == ["error", "warning"]
    assert [line for line in out.splitlines()[2:] if line.startswith(("::", "##"))] == []
    assert "::100 %25 of it%250A ::error file=x::gotcha, ::set-output" in out


def test_ten_of_each_kind_are_annotated_and_the_rest_counted() -> None:
    warnings = [warning(line=line) for line in range(1, 13)]
    infos = [finding("CV206", Severity.INFO, line=line) for line in range(1, 12)]
    errors = [finding(line=line) for line in range(1, 14)]
    out = shown("github", report(*infos, *warnings, *errors))
    assert commands(out) == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert out.splitlines()[-2:] == [
        "Failed: 13 errors, 12 warnings, 11 infos, none waived, none in the baseline (exit code 1).",
        "6 more findings without an annotation: GitHub keeps 10 of each kind.",
    ]


def test_what_has_no_line_is_annotated_without_one() -> None:
    out = shown("github", report(warning(line=None, column=None, file="")))
    assert out.startswith("::warning title=CV302 overdue::P-09")


# GitLab


def test_an_issue_has_a_path_and_a_line() -> None:
    found = report(finding(file="./plans/a.yaml"), finding(file="/srv/b.yaml", line=None))
    first, second = (issue["location"] for issue in json.loads(shown("gitlab", found, folder="/srv")))
    assert first == {"path": "plans/a.yaml", "lines": {"begin": 155}}
    assert second == {"path": "b.yaml", "lines": {"begin": 1}}


# JUnit


def suite_of(found: CheckReport) -> ElementTree.Element:
    """The one suite, after a look at whether it counts its cases as the common XSD asks."""
    (suite,) = ElementTree.fromstring(shown("junit", found))
    cases = suite.findall("testcase")
    assert all(each.attrib.keys() == {"name", "classname", "time"} and len(each) <= 1 for each in cases)
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[count]) == len(suite.findall(f"testcase/{tag}"))
    assert int(suite.attrib["tests"]) == len(cases)
    return suite


def test_a_finding_is_a_case_that_failed_erred_or_was_skipped() -> None:
    found = report(finding("CV004"), finding(), warning(), warning(baselined=True))
    cases = suite_of(found).findall("testcase")
    assert [case[0].tag for case in cases] == ["error", "failure", "skipped", "skipped"]
    assert cases[3][0].get("message") == "It is in the baseline."


def test_without_findings_one_case_has_passed() -> None:
    (case,) = suite_of(report()).findall("testcase")
    assert (case.get("name"), len(case)) == ("no findings", 0)


def test_hostile_text_is_text_in_xml_too() -> None:
    suite = suite_of(hostile(HOSTILE))
    message = suite.findall("testcase/failure")[0].get("message") or ""
    assert "<script>alert('1')</script>" in message
    assert "<U+FFFE> <U+FFFF>" in message
    assert not re.search("[\ufffe\uffff]", shown("junit", hostile(HOSTILE)))


# SARIF


def run_of(found: CheckReport, folder: str = "") -> dict[str, Any]:
    """The one run, after a look at its rules and places."""
    (run,) = json.loads(shown("sarif", found, folder=folder))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for each in run["results"]:
        assert each["ruleIndex"] == -1 or rules[each["ruleIndex"]]["id"] == each["ruleId"]
        for location in (*each["locations"], *each.get("relatedLocations", ())):
            place = location["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9_.~/%:-]+", place["artifactLocation"]["uri"])
            assert place["region"]["startLine"] >= 1
    return dict(run)


@pytest.mark.parametrize(
    ("file", "folder", "uri"),
    [
        ("plans.yaml", "/srv", "plans.yaml"),
        ("./a b/ü#1?%.yaml", "", "a%20b/%C3%BC%231%3F%25.yaml"),
        ("/srv/plans.yaml", "/srv", "plans.yaml"),
        ("../plans.yaml", "/srv", "../plans.yaml"),
        ("c:d.yaml", "", "c%3Ad.yaml"),
        ("<stdin>", "", "%3Cstdin%3E"),
    ],
)
def test_a_path_is_a_relative_uri(file: str, folder: str, uri: str) -> None:
    (result,) = run_of(report(finding(file=file)), folder)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_what_is_accepted_is_suppressed_with_its_reason() -> None:
    waived = warning(waived=Waived(reason="wait\nfor it", until="2026-12-31"))
    run = run_of(report(waived, finding(baselined=True), warning()))
    first, second, third = ([*each.get("suppressions", ())] for each in run["results"])
    assert [each["justification"] for each in first] == ["Waived until 2026-12-31: Wait for it."]
    assert second == [{"kind": "external", "status": "accepted", "justification": "It is in the baseline."}]
    assert third == []


@pytest.mark.parametrize(("code", "ends"), [("CV101", (True, 1)), ("CV001", (False, 2))])
def test_a_run_tells_its_exit_code(code: str, ends: tuple[bool, int]) -> None:
    (told,) = run_of(report(finding(code)))["invocations"]
    assert (told["executionSuccessful"], told["exitCode"]) == ends


def test_hostile_text_makes_no_link_in_a_message() -> None:
    for result in run_of(hostile(HOSTILE))["results"]:
        assert "](" not in result["message"]["text"]


# Markdown


def tokens(out: str) -> list[Any]:
    """Every token of `out`, as a host reads it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [inner for token in parser.parse(out) for inner in (token, *(token.children or ()))]


def test_hostile_text_stays_in_its_cell() -> None:
    out = shown("markdown", hostile(HOSTILE))
    found = tokens(out)
    assert [t.content for t in found if t.type.startswith("html")] == ["<!-- -->"] * out.count("@<!-- -->")
    assert {t.type for t in found if t.nesting >= 0} <= {
        *("heading_open", "paragraph_open", "inline", "text", "text_special", "code_inline", "html_inline"),
        "softbreak",
        *("table_open", "thead_open", "tbody_open", "tr_open", "th_open", "td_open"),
    }
    assert sum(t.type == "td_open" for t in found) == 2 * 4 + 2 * 4
    told = "".join(t.content for t in found if t.type.startswith("text"))
    assert "<script>alert('1')</script>" in told
    assert "[x](http://evil.example)" in told


def test_what_stands_between_backticks_is_code() -> None:
    found = tokens(shown("markdown", report(finding(hint='Write `a | b` or `"<x>"`.'))))
    assert [t.content for t in found if t.type == "code_inline"] == ["a | b", '"<x>"']


def test_a_summary_is_never_larger_than_a_host_keeps() -> None:
    many = [finding(message=f"{number} {LONG}") for number in range(3000)]
    out = shown("markdown", report(*many))
    assert len(out.encode()) < 1024 * 1024
    assert f"And {3000 - out.count('| error |'):,} more." in out
    assert "all green-lit" in out
