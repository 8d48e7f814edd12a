"""The web page as a file: it needs nothing else, means what it shows, and keeps what was promised."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import hostile_wave
import pytest
import reports
from running import ROOT, convergence

from convergence_cli import read, score
from convergence_cli.render import chart_files, html, score_rest
from convergence_cli.render.document import Bar, Chosen, Column, Mark, Row, Section, Strip, Table
from convergence_cli.render.run import Run
from convergence_cli.render.say import with_words
from convergence_cli.results.score import ScoreReport
from convergence_cli.terminal import Paper

EXAMPLES = ROOT / "examples"
VOID = {"meta", "img", "br", "col", "hr", "link", "input"}
Tag = tuple[str, dict[str, str | None]]


class Seen(HTMLParser):
    """The tags of a page in their order, what stands in its style, and the text that is read."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[str] = []
        self.style = self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.open += [] if tag in VOID else [tag]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes what is not open"

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.text += f" {data}"

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def page_of(report: ScoreReport, **run: str) -> str:
    return html.render(score_rest.full(with_words(report), Run(**run)), Paper(80, False))  # type: ignore[arg-type]


@cache
def example() -> str:
    return page_of(reports.northwind())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    responses = hostile_wave.write(tmp_path_factory.mktemp("hostile"))
    return page_of(score(read(responses), by="unit"), title="</h1><script>", client="<img src=x>")


@pytest.fixture(params=["example", "hostile", "check"])
def page(request: pytest.FixtureRequest, hostile: str, tmp_path: Path) -> str:
    if request.param == "check":
        convergence("check", EXAMPLES / "objectives.yaml", EXAMPLES / "plans.yaml", "-o", tmp_path / "c.html")
        return (tmp_path / "c.html").read_text("utf-8")
    return hostile if request.param == "hostile" else example()


# What any page keeps to


def test_a_page_is_one_file_that_asks_for_no_other(page: str) -> None:
    seen = Seen(page)
    assert seen.open == []
    assert not seen.all("script", "link", "iframe", "object", "embed", "form", "base", "a")
    for tag, attributes in seen.tags:
        assert not {"style", "srcset", "action"} & set(attributes), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "data:").startswith("data:")
    assert "url(" not in seen.style
    assert "@import" not in seen.style


def test_the_policy_allows_its_own_style_and_nothing_else(page: str) -> None:
    seen = Seen(page)
    policies = [each for each in seen.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
    told = b64encode(sha256(seen.style.encode()).digest()).decode()
    assert [each["content"] for each in policies] == [
        f"default-src 'none'; style-src 'sha256-{told}'; img-src data:"
    ]
    assert len(seen.all("style")) == 1
    assert [tag for tag, _ in seen.tags][:4] == ["html", "head", "meta", "meta"]


def test_a_reader_of_the_screen_finds_the_way(page: str) -> None:
    seen = Seen(page)
    assert seen.all("html") == [{"lang": "en"}]
    assert len(seen.all("main")) == len(seen.all("title")) == len(seen.all("h1")) == 1
    levels = [int(tag[1]) for tag, _ in seen.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(deeper - above <= 1 for above, deeper in pairwise(levels))
    assert all(each.get("scope") in ("row", "col") for each in seen.all("th"))
    assert all("alt" in each for each in seen.all("img"))
    for each in seen.all("svg"):
        assert each.get("aria-hidden") == "true" or (each.get("role") == "img" and each.get("aria-label"))


def test_every_picture_is_sound_xml(page: str) -> None:
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) == page.count("<svg")
    for picture in pictures:
        assert {part.tag.partition("}")[2] for part in ElementTree.fromstring(picture).iter()} <= {
            *("svg", "g", "line", "rect", "circle", "polygon", "text")
        }


def test_hostile_texts_stand_in_the_page_as_they_were_written(hostile: str) -> None:
    seen = Seen(hostile)
    for words in hostile_wave.TEXTS:
        assert "\u202e" in words or words in seen.text
    assert "<U+202E>gnp.exe<U+202C> <U+2067>x<U+2069>" in seen.text
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", hostile)


# The example


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.html"
        ended = convergence(
            *("score", EXAMPLES / "responses.yaml", "-o", file),
            env={"PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland" if seed == "1" else "UTC"},
            process=True,
        )
        assert ended.code == 0
        written.append(file.read_bytes())
    assert written[0] == written[1] == example().encode()


def test_what_a_picture_shows_is_read_beside_it() -> None:
    """Word and mail drop pictures of this kind; the figures and the answers stay."""
    told = " ".join(Seen(re.sub(r"<svg.*?</svg>", "", example(), flags=re.DOTALL)).text.split())
    assert "business leaders IT leaders apart score" in told
    assert "Responsiveness 35 64 30 35" in told
    assert "contribution 44 64 21 54" in told
    assert "1 Very dissatisfied, 7 Dissatisfied, 4 Neither satisfied nor dissatisfied, 1 Satisfied" in told


def test_the_marks_are_explained() -> None:
    seen = Seen(example())
    for words in ("likely range", "score of a dimension", "no points", "all points"):
        assert words in seen.text
    labels = [each["aria-label"] for each in seen.all("svg") if "aria-label" in each]
    assert "score 50" in labels
    assert "business leaders 35 (30 to 40), IT leaders 64 (55 to 73); 30 points apart; score 35" in labels


# A promise of confidence


def test_a_confidential_page_has_no_comment_no_name_and_no_hidden_cell() -> None:
    people = read(EXAMPLES / "responses.yaml")
    report = reports.confidential("unit")
    page = Seen(page_of(report)).text
    comments = [each.text for each in reports.example().comments]
    roles = [each.value for each in reports.example("role").cuts]
    assert len(comments) > 5
    assert len(roles) > 10
    ids = [respondent.id for respondent in people.respondents]
    for words in (*comments, *roles, *ids):
        assert not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", page), words
    cells = {(each.id, cell.group): cell for each in report.questions for cell in each.groups}
    own = {(each.id, cell.group): cell.score for each in reports.example().questions for cell in each.groups}
    hidden = [where for where, cell in cells.items() if cell.hidden]
    assert len(hidden) == 3
    for where in hidden:
        assert f"{own[where]:.1f}" not in page.split()


# Tables and charts


def third(value: int) -> float:
    return value / 3


MANY = Table(
    [Column(f"unit {at}") for at in range(40)],
    [
        Row("People", [str(at) for at in range(40)]),
        Row("Heading"),
        Row("Score", [at / 3 for at in range(40)]),
    ],
    "By unit",
)


def rendered(*tables: Table) -> str:
    return html.render([Section(tables)], Paper(80, False))


def test_a_wide_table_is_divided_with_its_labels_and_loses_no_cell() -> None:
    page = rendered(MANY)
    tables = [Seen(part) for part in re.findall("<table.*?</table>", page, re.DOTALL)]
    assert [len(each.all("th", "td")) for each in tables] == [1 + 8 + 1 + 8 + 1 + 1 + 8] * 5
    told = " ".join(each.text for each in tables).split()
    assert all(f"{third(at):.1f}".removesuffix(".0") in told for at in range(40))
    assert told.count("People") == told.count("Score") == 5


def test_counts_are_whole_and_measures_have_a_decimal_where_they_have_any() -> None:
    page = rendered(
        Table([Column("n"), Column("share"), Column("score", "points")], [Row("all", [1200, 33.3, 49.6])])
    )
    assert Seen(page).text.split()[-3:] == ["1,200", "33.3", "50"]


def test_a_voice_that_is_missing_leaves_its_column_empty() -> None:
    both = Strip([Mark("I", 80.0, 70.0, 90.0), Mark("B", 20.0)], 60.0, -60.0)
    strips = [Strip([Mark("B", 20.0)]), both, Strip([], 10.0)]
    table = Table(
        [Column("0 to 100", "words"), Column("score")],
        [*(Row(f"row {at}", [strip, "7"]) for at, strip in enumerate(strips)), Row("words", ["hidden", "-"])],
        marks=[("B", "business"), ("I", "IT")],
    )
    rows = re.findall("<tr.*?</tr>", rendered(table), re.DOTALL)[1:]
    figures = [re.findall('<td class="figure">(.*?)</td>', row) for row in rows]
    assert figures == [["20", "", "", "7"], ["20", "80", "60", "7"], ["", "", "", "7"], ["-"]]
    assert '<td class="words" colspan="4">hidden</td>' in rows[-1]


def words_in(picture: str) -> list[str]:
    return [each.strip() for each in ElementTree.fromstring(picture).itertext()]


def test_a_chart_that_stands_alone_has_every_row_its_question_and_a_legend() -> None:
    document = score_rest.full(with_words(reports.northwind()), Run())
    pictures = dict(chart_files.pictures(document))
    assert sorted(pictures) == ["answers.svg", "voices.svg"]
    told = {name: words_in(each) for name, each in pictures.items()}
    voices = ("Responsiveness", "apart", "30", "business leaders", "IT leaders", "likely range")
    assert {*voices} <= {*told["voices.svg"]}
    assert told["answers.svg"].count("business leaders") == told["answers.svg"].count("IT leaders") == 4
    assert {"response speed", "contribution", "no points", "all points"} <= {*told["answers.svg"]}


def test_a_bar_is_as_long_as_its_answers_and_balanced_on_the_middle() -> None:
    bar = Bar([Chosen("no", 1, 0), Chosen("neither", 2, 50), Chosen("yes", 1, 100)])
    page = rendered(Table([Column("", "words")], [Row("all", [bar]), Row("none", [Bar([])])]))
    picture = ElementTree.fromstring(re.findall(r"<svg.*?</svg>", page, re.DOTALL)[0])
    blocks = [
        (float(each.attrib["x"]), float(each.attrib["width"]))
        for each in picture
        if each.tag.endswith("rect")
    ]
    widths = [width for _, width in blocks]
    assert widths == [50, 100, 50]
    assert blocks[0][0] + sum(widths) / 2 == pytest.approx(212)
    assert "1 no, 2 neither, 1 yes" in page
