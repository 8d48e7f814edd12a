"""Reading and writing YAML: plain text data, guards against hostile files, and places."""

from __future__ import annotations

import csv
import io
import os
import stat
from pathlib import Path as FilePath
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from convergence_cli.documents import (
    MOST_BYTES,
    Document,
    Plain,
    decode,
    events,
    parse,
    parse_table,
    placed,
    write_atomically,
)
from convergence_cli.documents.text import Lines
from convergence_cli.problems import Excerpt, Finding, Path, Place, Related


@pytest.fixture(params=["libyaml", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers: the one of libyaml, and the one in Python for a machine without it."""
    if request.param == "python":
        monkeypatch.setattr(events, "LOADER", yaml.SafeLoader)


both_parsers = pytest.mark.usefixtures("_parser")


def read(text: str) -> Document:
    return parse(text.encode(), "plans.yaml")


def problem_of(text: str | bytes) -> Finding:
    document = parse(text.encode() if isinstance(text, str) else text, "plans.yaml")
    (problem,) = document.problems
    assert (document.readable, document.data) == (False, None)
    return problem


def pointed(text: str) -> tuple[str, int, int, str]:
    """A text with `«this»` in it: the text without the marks, the line and column of `this`, and `this`."""
    before, _, rest = text.partition("«")
    mark, _, after = rest.partition("»")
    return before + mark + after, before.count("\n") + 1, len(before) - before.rfind("\n"), mark


def where(finding: Finding) -> tuple[int | None, int | None, str]:
    """Line and column of a finding, and what is marked there."""
    return finding.line, finding.column, marked(finding.excerpt)


def marked(excerpt: Excerpt | None) -> str:
    assert excerpt is not None
    return excerpt.text[excerpt.start : excerpt.start + excerpt.length]


def place(text: str, path: Path, at_key: bool = False) -> Finding:
    finding = Finding("CV101", "looked at", file="plans.yaml", path=path, at_key=at_key)
    (found,) = placed([finding], {"plans.yaml": read(text)})
    return found


# ---------------------------------------------------------------- plain data


@both_parsers
@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("[no, 12:30, 010, 1_000, 2026-11-01]", ["no", "12:30", "010", "1_000", "2026-11-01"]),
        ("[1.0, .nan, Null, 'x']", ["1.0", ".nan", "Null", "x"]),
        ("[~, null, '~', \"null\", '']", [None, None, "~", "null", ""]),
        ("a:\nb: ''\n", {"a": None, "b": ""}),
        ("null: 1\n~: 2\n1: 3\n", {"null": "1", "~": "2", "1": "3"}),
        (r'a: "\e[31m\0\u202e"', {"a": "\x1b[31m\0\u202e"}),
    ],
)
def test_keys_and_scalars_stay_text_and_only_what_is_left_out_is_nothing(text: str, data: Plain) -> None:
    assert read(text).data == data


@both_parsers
@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n", "\ufeff"])
def test_an_empty_document_is_no_problem(text: str) -> None:
    document = read(text)
    assert document.data is None
    assert document.problems == ()
    assert document.readable


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_line_break_is_read_and_counted(line_break: str) -> None:
    text = "plans:\n  - title: x\n  - id: P-09\n".replace("\n", line_break)
    assert read(text).data == {"plans": [{"title": "x"}, {"id": "P-09"}]}
    found = place(text, ("plans", 1, "id"))
    assert (found.line, found.column, found.excerpt) == (3, 9, Excerpt("  - id: P-09", 8, 4))


# ---------------------------------------------------------------- bytes


BINARY = "this looks like a binary file, for example a spreadsheet."
HALF = b"\xff\xfe" + "a: 1\nb: ".encode("utf-16-le") + b"\x00\xd8"


@pytest.mark.parametrize(
    ("data", "place", "says"),
    [
        (
            "title: Fähre\nowner: Gr".encode() + b"\xfcn\n",
            "2:10",
            "The file is not UTF-8 here, found `0xFC`.",
        ),
        (HALF, "2:4", "The file is not UTF-16 here, found `0x00`."),
        (b"PK\x03\x04\x14\0\0\xff", "", BINARY),
        (b"a: 1\0", "", BINARY),
        (b"\xff\xfea\0\0\0", "", BINARY),
        ("a: 1".encode("utf-16-le"), "", BINARY),
    ],
)
def test_bytes_that_are_no_text(data: bytes, place: str, says: str) -> None:
    finding = decode(data, "x.yaml")
    assert isinstance(finding, Finding)
    assert str(finding.place).endswith(place)
    assert says in finding.message
    assert "UTF-8" in finding.hint


@both_parsers
@pytest.mark.parametrize("character", ["\x1b", "\x7f", "\x9b", "\ufeff", "\ufffe", "\x01"])
def test_an_invisible_character_is_refused_with_its_place(character: str) -> None:
    problem = problem_of(f"a: 1\nb: x{character}\n")
    assert (problem.code, problem.line, problem.column) == ("CV001", 2, 5)
    assert f"U+{ord(character):04X}" in problem.message


# ---------------------------------------------------------------- guards


ANCHORS, TAGS, DEEP = "Such anchors are not read", "Tags are not read", "nested more than 64 deep"


@both_parsers
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: «&x» 1\nb: *x\n", ANCHORS),
        ("a: !t «&x» 1\n", ANCHORS),
        ("[«&x» 1, " + "[" * 5_000, ANCHORS),
        ("a: «&a» [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", ANCHORS),
        ("b: «*x»\n", "Such aliases are not read"),
        ("a:\n  «<<»: {b: 1}\n", "Merge keys are not read"),
        ("- «!!python/object:os.system» x\n", TAGS),
        ("a: «!t» {b: 1}\n", TAGS),
        ("a: «!» x\n", TAGS),
        ("«%TAG» !e! tag:e.org,2000:\n---\na: 1\n", TAGS),
        ("a: 1\n«---»\nb: 1\n", "a file holds one"),
        ("- " * 64 + "«-» ", DEEP),
        ("- " * 64 + "«-»" + " -" * 200_000, DEEP),
        ("[" * 64 + "«[»" + "[" * 200_000, DEEP),
        ("[" * 64 + "«[»@", DEEP),
        ("a:\n" + " [\n" * 63 + " «[»\n" + " [\n" * 200_000, DEEP),
        ("- " * 60 + "[[[[«[»" + "[" * 5_000, DEEP),
        ("{a: " * 64 + "«{»a: " + "{a: " * 50_000, DEEP),
        ("[{a: " * 32 + "«[»{a: " + "[{a: " * 50_000, DEEP),
        ('["]", ' * 64 + '«[»"]", ' + '["]", ' * 50_000, DEEP),
        ("# ]\n" + "[" * 64 + "«[»" + "[" * 5_000, DEEP),
        (
            "".join(" " * depth + "a:\n" for depth in range(64)) + " " * 64 + "«a»:\n" + " " * 65 + "a:\n",
            DEEP,
        ),
    ],
)
def test_what_could_stall_or_mislead_is_refused(text: str, says: str) -> None:
    text, *at = pointed(text)
    problem = problem_of(text)
    assert (problem.code, problem.name, *where(problem)) == ("CV002", "unsafe-yaml", *at)
    assert says in problem.message
    assert problem.hint


@both_parsers
def test_sixty_four_levels_are_read() -> None:
    document = read("[" * 64 + "]" * 64)
    assert (document.readable, str(document.data)) == (True, "[" * 64 + "]" * 64)


@both_parsers
@pytest.mark.parametrize(
    ("text", "says"),
    [
        # brackets that open nothing are not too deep
        ("a: '" + "[" * 5_000, "A quote is opened here and never closed."),
        ("[1, " + '"' + "[{" * 500 + '", @]', "A value cannot begin with @ here."),
        ("a: 1  # " + "[" * 5_000 + "\n\tb: 2\n", "A tab indents this line."),
        ("a: b " + "[" * 500 + ": c\n", "This value holds a second `: `."),
        ("a: |\n  " + "[\n  " * 500 + "\nb\nc: 1\n", "This line has a text and no colon"),
        ("a: >\n  " + "[" * 500 + "\n\tb: 1\n", "A tab indents this line."),
        ("[" + "[], " * 500 + "@]", "A value cannot begin with @ here."),
        ("[" * 64 + "@", "A value cannot begin with @ here."),
        ("[" * 64 + "]" * 63, "The file ends inside a list or mapping."),
        ("{" * 200_000, "where a key belongs"),
        ("? " * 200_000, "where a key belongs"),
        ("{{ a }}: 1", "where a key belongs"),
        ("? [a]\n: 1", "where a key belongs"),
        # an escape names a character
        *((f'a: "\\{escape}"', "") for escape in ("ud800", "U00110000", "UFFFFFFFF", "q", "xzz")),
    ],
)
def test_what_is_no_yaml_of_ours(text: str, says: str) -> None:
    problem = problem_of(text)
    assert (problem.code, says in problem.message) == ("CV001", True)


@both_parsers
def test_a_scalar_may_hold_64_kb_and_no_more() -> None:
    assert read("a: " + "x" * 65_536).readable
    for text in ("a: " + "x" * 65_537, "a: |\n" + "  xxxxxxx\n" * 8_193, f'"{"k" * 65_537}": 1'):
        problem = problem_of(text)
        assert (problem.code, problem.message) == ("CV002", "This text is longer than 64 kB.")
        assert problem.excerpt is not None
        assert len(problem.excerpt.text) < 200


def test_five_million_values_are_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert events.MOST_NODES == 5_000_000
    monkeypatch.setattr(events, "MOST_NODES", 5)
    assert read("[1, {a: b}, 2]").problems != ()
    assert read("[1, {a: b}]").readable


def test_64_mb_are_the_most() -> None:
    assert parse(b"#" * MOST_BYTES, "x").readable
    problem = problem_of(b"#" * (MOST_BYTES + 1))
    assert (problem.code, problem.message) == ("CV002", "The file is larger than 64 MB.")


# ---------------------------------------------------------------- repeated keys


@both_parsers
def test_a_repeated_key_shows_both_places_and_keeps_the_first_value() -> None:
    document = read("plans:\n- id: P-1\n  budget: 1\n  title: x\n  budget: {z: [1]}\n")
    assert document.readable
    assert document.data == {"plans": [{"id": "P-1", "budget": "1", "title": "x"}]}
    (problem,) = document.problems
    assert (problem.code, problem.name, *where(problem)) == ("CV003", "duplicate-key", 5, 3, "budget")
    assert problem.message == "`budget` stands twice in one mapping; it came first in line 3."
    assert problem.path == ("plans", 0, "budget")
    assert [related.place for related in problem.related] == [Place("plans.yaml", 3, 3)]


# ---------------------------------------------------------------- slips

QUOTE_HINT = "Inside single quotes write '' for an apostrophe."


@both_parsers
@pytest.mark.parametrize(
    ("text", "where", "message", "hint"),
    [
        ("- t: Phase 2: go  # soon\n", (1, 13), "This value holds a second `: `.", "in quotes."),
        ('a: say "b": c\n', (1, 11), "This value holds a second `: `.", "in quotes."),
        ("a:\n\tb: c\n", (2, 1), "A tab indents this line.", "Indent with spaces"),
        ("a: >\n\tb\n", (2, 1), "A tab indents this line.", "Indent with spaces"),
        ("a: 'x\nb: 2\n", (1, 4), "A quote is opened here and never closed.", "Close the quote."),
        ("a: 'don't'\n", (1, 9), "The text goes on after its closing quote.", QUOTE_HINT),
        ('a: "x" y\n', (1, 8), "The text goes on after its closing quote.", "Put the whole value in quotes."),
        ("a: [1, 2\nb: 3\n", (1, 4), "The list that opens here has no end, or lacks a comma.", "[a, b, c]"),
        ("a: {x: 1\nb: 3\n", (1, 4), "The mapping that opens here has no end, or lacks a comma.", "{a: 1,"),
        ("a: [1,\n\n", (1, 6), "The file ends inside a list or mapping.", "Close every `[`"),
        ("a: @x\n", (1, 4), "A value cannot begin with @ here.", "Put the value in quotes."),
        ("a: `x`\n", (1, 4), "A value cannot begin with ` here.", "Put the value in quotes."),
        ("a: !e!x y\n", (1, 4), "A value cannot begin with *, & or !.", "Put the value in quotes."),
        ("a: |x\n  y\n", (1, 4), "After | or > a text of several lines begins on the next line.", "quotes"),
        ("a: - b\n", (1, 4), "A list cannot begin on the line of its key.", "on a line of its own"),
        ("a: 1\nfoo\nb: 2\n", (2, 1), "This line has a text and no colon, where a key belongs.", "`key: "),
        ("a: b\n  c: d\n", (2, 4), "A value stands here that does not line up", "Align this key"),
        ("a:1\nb: 2\n", (2, 2), "A value stands here that does not line up", "a space after every colon"),
        ("a:\n    b: 1\n  c: 2\n", (3, 3), "This line does not line up with the lines", "Indent all keys"),
        ("- a\nb: 1\n", (2, 1), "This line does not line up with the lines above.", "begin every item"),
        ("  a: 1\nb: 1\n", (2, 1), "This line does not line up with the lines above.", "Indent all keys"),
        ("%YAML 3.0\n---\na: 1\n", (1, 1), "This is not valid YAML.", "Look at the quotes, colons, brackets"),
        ("a: [1,,2]\n", (1, 7), "A value is missing here.", "Delete what is too much"),
    ],
)  # fmt: skip
def test_a_slip_is_explained_in_plain_english(
    text: str, where: tuple[int, int], message: str, hint: str
) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.line, problem.column) == ("CV001", *where)
    assert problem.message.startswith(message)
    assert hint in problem.hint
    assert problem.excerpt is not None


ANY_TEXT = st.text(alphabet="ab1 :-?[]{},&*!|>'\"%@`#~\\\t\n\r.<\u2028é\ufeff", max_size=40).map(str.encode)


@given(ANY_TEXT | st.binary(max_size=60), st.sampled_from([events.LOADER, yaml.SafeLoader]))
def test_whatever_a_file_holds_is_read_or_told(data: bytes, loader: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "LOADER", loader)
        document = parse(data, "x")
    assert document.readable or document.data is None
    for problem in document.problems:
        assert problem.line is not None or "looks like a binary file" in problem.message
        assert problem.message.endswith(".")


# ---------------------------------------------------------------- round trips

WORDS = st.text(max_size=12)
DATA = st.recursive(
    st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(DATA)
def test_what_yaml_writes_is_read_back(data: Any) -> None:
    assert read(yaml.safe_dump(data)).data == data


# ---------------------------------------------------------------- places


@both_parsers
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("format: «plans/1»\n", "format"),
        ("«format»: plans/1\n", "format:"),
        ("a:\n  «- id: P-08»\n    b: 1\n", "a"),
        ("a:\n  - «id: P-08»\n    b: 1\n", "a 0"),
        ("a:\n  - «id: P-08»\n    b: 1\n", "a 0:"),
        ("a: «[O-5, {id: 0-1}]»\n", "a"),
        ("a: [O-5, «{id: 0-1}»]\n", "a 1"),
        ("a: [O-5, {«id»: 0-1}]\n", "a 1 id:"),
        ("a:\n  «title»:\n  b: 1\n", "a title"),
        ("a:\n  - 1\n  «-»\n", "a 1"),
        ("a: «|»\n  one\n  two\nb: 'x\n  y'\n", "a"),
        ("a: «'x»\n  y'\n", "a"),
        ("# a\u2028# b\x85# c\n日本: {😀: x, b: «y»}\n", "日本 b"),
        # steps that do not exist are left out
        ("a:\n  - «id: P-08»\n", "a 0 owner"),
        ("a: {title: «x»}\n", "a title en 3"),
        ("a: [O-5, {id: «0-1»}]\n", "a 1 Link id"),
        ("a: «[x]»\n", "a 9"),
        ("a: «[x]»\n", "a -1"),
        ("\n# ours\n«format: x»\n", "organization:"),
        # the first of repeated keys is the place
        ("a: {x: «1»}\nb: 2\na: {x: 3, y: 4}\n", "a x"),
        ("a: «{x: 1}»\nb: 2\na: {x: 3, y: 4}\n", "a y"),
    ],
)
def test_a_path_is_placed(text: str, path: str) -> None:
    text, *at = pointed(text)
    steps = [int(step) if step.lstrip("-").isdigit() else step for step in path.removesuffix(":").split()]
    assert [*where(place(text, tuple(steps), path.endswith(":")))] == at


def test_placed_leaves_alone_what_has_a_line_no_path_or_an_unknown_file() -> None:
    texts = {"plans.yaml": "format: plans/1", "broken.yaml": "a: [", "empty.yaml": ""}
    documents = {name: parse(text.encode(), name) for name, text in texts.items()}
    findings = [
        Finding("X", "has a line", file="plans.yaml", line=99, path=("format",)),
        Finding("X", "has no path", file="plans.yaml"),
        Finding("X", "is elsewhere", file="other.yaml", path=("a",)),
        Finding("X", "is unreadable", file="broken.yaml", path=("a",)),
        Finding("X", "is empty", file="empty.yaml", path=("a",)),
    ]
    assert placed(findings, documents) == findings


def test_related_places_are_placed_across_files() -> None:
    documents = {"a.yaml": parse(b"x: 1\n", "a.yaml"), "b.yaml": parse(b"\ny: {z: 2}\n", "b.yaml")}
    related = (
        Related("b.yaml:2:8", Place("b.yaml"), ("y", "z")),
        Related("a.yaml:1:4", path=("x",)),
        Related("b.yaml:7:7", Place("b.yaml", 7, 7), ("y",)),
        Related("b.yaml", Place("b.yaml")),
    )
    (found,) = placed([Finding("X", "m", file="a.yaml", related=related)], documents)
    assert found.line is None
    assert [str(one.place) for one in found.related] == [one.message for one in related]


TOKENS = st.text("abcdefgé日", min_size=1, max_size=5)
TREES = st.recursive(
    TOKENS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(TOKENS, inner, min_size=1, max_size=4)
    ),
    max_leaves=15,
)


def positions(node: yaml.Node, path: Path = ()) -> dict[Path, tuple[int, int]]:
    """Line and column of every path below `node`, as PyYAML's own composer sees them."""
    found = {path: (node.start_mark.line + 1, node.start_mark.column + 1)}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found |= positions(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            found |= positions(value, (*path, number))
    return found


@given(TREES, st.sampled_from([True, False, None]), st.sampled_from([2, 4]))
def test_every_path_points_at_its_token(tree: Any, flow: bool | None, indent: int) -> None:
    """The places are those of PyYAML's composer, and what is marked there is the value or the key itself."""
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, indent=indent, width=1000)
    document = read(text)
    root = yaml.compose(text)
    assert root is not None
    expected = {path: where for path, where in positions(root).items() if path}
    values = placed([Finding("X", "m", file="f", path=path) for path in expected], {"f": document})
    assert {found.path: (found.line, found.column) for found in values} == expected
    for found in values:
        value = _at(tree, found.path)
        assert not isinstance(value, str) or marked(found.excerpt) == value
    names = [path for path in expected if isinstance(path[-1], str)]
    keys = placed([Finding("X", "m", file="f", path=path, at_key=True) for path in names], {"f": document})
    assert [marked(found.excerpt) for found in keys] == [path[-1] for path in names]


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


CELLS = st.text('ab1,;"\n\r \té', max_size=6).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t"))
def test_every_cell_of_a_table_is_found_as_it_was_written(rows: list[list[str]], separator: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows([["id", "unit", "speed"], *rows])
    columns: list[Path] = [("id",), ("about", "unit"), ("answers", "speed")]
    table = parse_table(written.getvalue().encode(), "f.csv").holding(columns)
    kept = [row for row in rows if any(row)]
    entries = list(table.entries())
    assert [entry["id"] or "" for entry in entries] == [row[0] for row in kept]
    for place, row in enumerate(kept):
        for path, cell in zip(columns, row, strict=True):
            span = table.find([("people", place, *path)])[("people", place, *path)].value
            found = table.text[span.start : span.end] if cell else ""
            assert found in (cell, '"' + cell.replace('"', '""') + '"')
            assert not cell or _at(entries[place], path) == cell


# ---------------------------------------------------------------- excerpts


def excerpt(text: str, line: int, column: int, length: int) -> Excerpt:
    return Lines(text).excerpt(line, column, length)


def test_an_excerpt_is_one_line() -> None:
    assert excerpt("id,group\r\nr01,busness\r\n", 2, 5, 7) == Excerpt("r01,busness", 4, 7)
    assert excerpt("a\n", 2, 1, 1) == Excerpt("", 0, 1)
    assert excerpt("ab  \n", 1, 1, 99) == Excerpt("ab  ", 0, 2)


@pytest.mark.parametrize("column", [1, 500, 1001])
def test_a_long_line_is_cut_to_a_window_around_the_mark(column: int) -> None:
    line = "x" * (column - 1) + "HERE" + "y" * 500
    cut = excerpt(f"first\n{line}\nlast\n", 2, column, 4)
    assert marked(cut) == "HERE"
    assert len(cut.text) <= 162
    assert cut.text.startswith("…") == (column > 41)
    assert cut.text.endswith("…")
    assert len(marked(excerpt(line, 1, column, 400))) <= 160


# ---------------------------------------------------------------- writing


def test_writing_makes_a_file_and_replaces_one(tmp_path: FilePath) -> None:
    target = tmp_path / "report.md"
    write_atomically(target, "Grün\n")
    assert target.read_bytes() == "Grün\n".encode()
    write_atomically(str(target), b"\0\xff")
    assert target.read_bytes() == b"\0\xff"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX")
def test_a_replaced_file_keeps_its_mode_and_a_link_its_target(tmp_path: FilePath) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev/null")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_atomically(os.devnull, "gone")
    assert stat.S_ISCHR(FilePath(os.devnull).stat().st_mode)


def test_a_failure_names_the_file_and_leaves_nothing_behind(tmp_path: FilePath) -> None:
    missing = tmp_path / "no" / "report.md"
    with pytest.raises(FileNotFoundError) as caught:
        write_atomically(missing, "x")
    assert caught.value.filename == str(missing)
    with pytest.raises((IsADirectoryError, PermissionError)):
        write_atomically(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []
