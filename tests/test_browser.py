"""The web page in a real browser, where playwright and Chromium are installed.

`CHROMIUM` names the browser where it is not on the path; `AXE` names `axe.min.js` of axe-core where the
package `axe_core_python` does not bring one.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import hostile_wave
import pytest
from running import ROOT, convergence

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

WIDTHS = (360, 768, 1280)
PAPER = 680
"""Pixels between the margins of A4."""


@dataclass
class Shown:
    """A page in the browser, and all that it did there but show itself."""

    page: Any
    address: str
    did: list[tuple[str, str]] = field(default_factory=list)

    def note(self, event: str, what: Any) -> None:
        """A dialog that somebody listens to must be closed, or the page waits for ever."""
        if event == "dialog":
            what.dismiss()
        told = {"request": "url", "requestfailed": "url", "console": "text"}.get(event, "message")
        said = str(getattr(what, told))
        if (event, said) != ("request", self.address):
            self.did.append((event, said))

    def times(self, event: str) -> list[str]:
        return sorted(said for happened, said in self.did if happened == event)


Show = Callable[..., Shown]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def show(browser: Any) -> Iterator[Show]:
    contexts = []

    def open_page(file: Path, bypass_csp: bool = False) -> Shown:
        contexts.append(browser.new_context(bypass_csp=bypass_csp))
        shown = Shown(contexts[-1].new_page(), file.as_uri())
        for event in ("console", "pageerror", "dialog", "request", "requestfailed"):
            shown.page.on(event, partial(shown.note, event))
        shown.page.goto(shown.address)
        return shown

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("northwind"), ROOT / "examples" / "responses.yaml")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    return made(folder, hostile_wave.write(folder), "--by", "unit")


def made(folder: Path, responses: Path, *more: str) -> Path:
    report = folder / "report.html"
    assert convergence("score", responses, "-o", report, *more).code == 0
    return report


def sideways(page: Any, width: int) -> int:
    """By how many pixels the document is wider than a screen of that width."""
    page.set_viewport_size({"width": width, "height": 900})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def pages(shown: Shown, paper: str) -> int:
    pdf: bytes = shown.page.pdf(format=paper)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


# The example


def test_the_page_fits_every_screen_and_asks_for_nothing(show: Show, northwind: Path) -> None:
    shown = show(northwind)
    for width in WIDTHS:
        assert sideways(shown.page, width) == 0
        assert shown.page.screenshot(full_page=True).startswith(b"\x89PNG")
    assert shown.did == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_a_few_pages(show: Show, northwind: Path, paper: str) -> None:
    assert 2 <= pages(show(northwind), paper) <= 5


@pytest.mark.parametrize(("width", "height"), [(210, 297), (216, 279)], ids=["A4", "Letter"])
def test_what_a_leader_reads_stands_on_the_first_sheet(
    show: Show, northwind: Path, width: int, height: int
) -> None:
    """Down to the questions for the room; paper in millimetres, with the margins that the page asks for."""
    page = show(northwind).page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((width - 2 * 15) / 25.4 * 96), "height": 900})
    box = page.locator("section", has=page.locator("h2", has_text="for the room")).bounding_box()
    assert (box["y"] + box["height"]) / 96 * 25.4 <= height - 2 * 12


def test_what_is_narrow_keeps_its_words_whole(show: Show, northwind: Path) -> None:
    """A label on a small screen stands above its picture, and no picture is too small to read."""
    page = show(northwind).page
    sideways(page, 360)
    row = page.locator("table.drawn tbody tr", has_text="Responsiveness").first
    label, picture = row.locator("th").bounding_box(), row.locator("svg").bounding_box()
    assert label["height"] < 40
    assert picture["y"] >= label["y"] + label["height"] - 1
    assert picture["width"] > 300


def test_the_policy_lets_no_script_and_no_other_style_in(show: Show, northwind: Path, tmp_path: Path) -> None:
    """Even if a text got through as markup, nothing of it would run."""
    attack = (
        "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
        "<style>body { display: none }</style><p id=p style='color: red'>x</p>"
        "<link rel=stylesheet href=https://example.org/x.css><iframe src=https://example.org></iframe>"
    )
    broken = tmp_path / "broken.html"
    broken.write_text(northwind.read_text("utf-8").replace("<main>", f"<main>{attack}", 1), encoding="utf-8")
    shown = show(broken)
    assert shown.page.title() == "IT-business convergence: six questions"
    assert shown.page.evaluate("getComputedStyle(document.body).display") == "block"
    assert shown.page.evaluate("getComputedStyle(document.getElementById('p')).color") == "rgb(26, 26, 26)"
    assert shown.times("request") == shown.times("requestfailed")
    assert all("Content Security Policy" in said for said in shown.times("console"))


def test_what_is_copied_is_tables_and_words(show: Show, northwind: Path) -> None:
    """As Word and mail take it: rows of cells, and nothing left over from a picture."""
    page = show(northwind, bypass_csp=True).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+c")
    copied = page.evaluate(
        "navigator.clipboard.read().then(([item]) => Promise.all("
        "['text/plain', 'text/html'].map(kind => item.getType(kind).then(blob => blob.text()))))"
    )
    assert "Responsiveness\t\t35\t64\t30\t35" in copied[0]
    assert "1 Very dissatisfied, 7 Dissatisfied, 4 Neither satisfied nor dissatisfied" in copied[0]
    assert copied[1].count("<table") == northwind.read_text("utf-8").count("<table")
    assert "<svg" not in copied[1]


# Accessibility


def axe() -> str:
    """The source of axe-core; skips where it is nowhere."""
    named = os.environ.get("AXE")
    found = importlib.util.find_spec("axe_core_python")
    if not named and (found is None or found.origin is None):
        pytest.skip("axe-core is not installed")
    return (Path(named) if named else Path(str(found and found.origin)).parent / "axe.min.js").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(show: Show, northwind: Path, width: int) -> None:
    page = show(northwind, bypass_csp=True).page
    sideways(page, width)
    page.evaluate(axe())
    violations = page.evaluate("axe.run()")["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


# Hostile texts


def test_hostile_texts_are_nothing_but_text(show: Show, hostile: Path) -> None:
    shown = show(hostile)
    for width in WIDTHS:
        assert sideways(shown.page, width) == 0
    assert shown.did == []
    assert shown.page.title() == hostile_wave.TEXTS[0]
    assert shown.page.evaluate("getComputedStyle(document.body).display") == "block"
    assert shown.page.locator("script, img, a, iframe, link, style:not(head style)").count() == 0
    seen = shown.page.locator("main").inner_text()
    assert all(words in seen for words in hostile_wave.TEXTS if "\u202e" not in words)
    assert "<U+202E>gnp.exe<U+202C> <U+2067>x<U+2069>" in seen


# A crowd


@pytest.mark.parametrize("units", [[f"Finance and controlling {at}" for at in range(40)], hostile_wave.TEXTS])
def test_many_columns_are_divided_so_that_paper_cuts_none_off(
    show: Show, tmp_path: Path, units: Sequence[str]
) -> None:
    people = [
        {"id": f"p{at}", "group": "business", "about": {"unit": unit}, "answers": {"contribution": 3}}
        for at, unit in enumerate(units)
    ]
    crowd = {"questionnaire": "convergence-2017@1", "confidential": False, "respondents": people}
    (tmp_path / "crowd.yaml").write_text(json.dumps(crowd), encoding="utf-8")
    page = show(made(tmp_path, tmp_path / "crowd.yaml", "--by", "unit")).page
    page.emulate_media(media="print")
    assert sideways(page, PAPER) == 0
    assert (
        page.evaluate("Math.max(...[...document.querySelectorAll('table')].map(e => e.scrollWidth))") <= PAPER
    )
    heads = " ".join(page.locator("thead th").all_text_contents())
    assert all(unit in heads for unit in units if "\u202e" not in unit)
