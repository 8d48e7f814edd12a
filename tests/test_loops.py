"""Loops in a graph of names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from convergence_cli.model.loops import loops

NAMES = st.sampled_from("abcdef")


def test_each_knot_gives_one_loop_that_begins_with_its_first_name() -> None:
    edges = {"a": ["b"], "b": ["c"], "c": ["b", "x"], "d": ["d"], "e": ["a"]}
    assert list(loops(edges)) == [["b", "c"], ["d"]]


def test_a_chain_of_twenty_thousand_is_no_loop_and_no_recursion() -> None:
    chain = {str(number): [str(number + 1)] for number in range(20_000)}
    assert list(loops(chain)) == []
    assert len(next(loops({**chain, "20000": ["0"]}))) == 20_001


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3)))
def test_every_loop_goes_round(edges: dict[str, list[str]]) -> None:
    for loop in loops(edges):
        steps = zip(loop, [*loop[1:], loop[0]], strict=True)
        assert all(after in edges[before] for before, after in steps)


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3)))
def test_without_a_loop_the_names_can_be_put_in_order(edges: dict[str, list[str]]) -> None:
    waiting = {name: {each for each in after if each in edges} for name, after in edges.items()}
    while free := [name for name, after in waiting.items() if not after & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert bool(waiting) == bool(list(loops(edges)))
