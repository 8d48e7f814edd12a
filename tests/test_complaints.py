"""Refusals in plain English, for any model: unions, tags, nested lists."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field
from small import read

from convergence_cli.model.complaints import shown
from convergence_cli.model.plans import PlansFile
from convergence_cli.model.tolerant import read_tolerantly
from convergence_cli.problems import Finding


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Circle(Strict):
    kind: Literal["circle"]
    radius: int


class Square(Strict):
    kind: Literal["square"]
    side: Annotated[int, Field(multiple_of=5)]


class Drawing(Strict):
    title: str
    shapes: list[Annotated[Circle | Square, Field(discriminator="kind")]] = []


def complaints(data: object) -> list[Finding]:
    return read_tolerantly(Drawing, data, "drawing.yaml")[1]


@pytest.mark.parametrize(
    ("shape", "path", "said"),
    [
        (
            "kind: circle, raduis: 3, radius: 3",
            "raduis",
            "`raduis` is not a known key here. Did you mean radius?",
        ),
        ("kind: circle", "", "An entry of `shapes` needs `radius`."),
        ("side: 3", "", "An entry of `shapes` needs `kind`."),
        (
            "kind: sqare, side: 3",
            "kind",
            "`kind`: expected one of 'circle', 'square', found `sqare`. Did you mean square?",
        ),
        ("kind: , side: 3", "kind", "`kind`: expected one of 'circle', 'square', found nothing."),
        ("kind: square, side: x", "side", "`side`: expected a whole number, found `x`."),
        ("kind: square, side: 4", "side", "`side`: expected another value, found `4`."),
    ],
)
def test_the_form_that_the_tag_chooses_is_the_one_that_is_spoken_of(shape: str, path: str, said: str) -> None:
    [finding] = complaints(read(f"{{title: A, shapes: [{{{shape}}}]}}"))
    assert finding.path == ("shapes", 0, *path.split())
    assert f"{finding.message} {finding.hint}".rstrip() == said


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "The file is empty."),
        ("text", "The file: expected a mapping, found `text`."),
        ([], "The file: expected a mapping, found a list."),
        ({}, "The file needs `title`."),
        ({"title": None}, "`title` is empty."),
    ],
)
def test_a_file_of_another_kind(data: object, message: str) -> None:
    assert [each.message for each in complaints(data)] == [message]


def test_what_was_given_is_never_changed_and_what_is_left_knows_where_it_stood() -> None:
    data = read("{title: A, colour: red, shapes: [{kind: circle}, {kind: circle, radius: 3}, x]}")
    before = repr(data)
    drawing, findings, left = read_tolerantly(Drawing, data, "drawing.yaml")
    assert repr(data) == before
    assert len(findings) == 3
    assert drawing is not None
    assert [shape.model_dump() for shape in drawing.shapes] == [{"kind": "circle", "radius": 3}]
    assert left["shapes"].stood == [1]


def test_a_long_value_is_cut_and_a_line_break_is_none() -> None:
    assert shown("a\n b" + "c" * 100) == "a b" + "c" * 56 + "…"


KEYS = ["id", "title", "serves", "budget", "amount", "approved", "on", "until", "x"]
PLAIN = st.recursive(
    st.none() | st.text(max_size=5) | st.sampled_from(["P-1", "2026-01-01", "active", "5"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below),
    max_leaves=8,
)
TOP = ["format", "as_of", "objectives", "plans", "units", "waivers", "x"]
FILES = st.dictionaries(st.sampled_from(TOP), PLAIN)


@given(FILES | PLAIN)
def test_whatever_a_file_holds_is_read_or_told(data: object) -> None:
    content, findings, _ = read_tolerantly(PlansFile, data, "plans.yaml")
    assert content is not None or findings
    for finding in findings:
        assert finding.message[0] in "`ATM"
        assert finding.message.endswith(".")
        assert "Input should" not in finding.message
