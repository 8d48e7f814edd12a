"""A document as one web page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import assert_never

from ..terminal import Paper
from .charts import escaped as text
from .document import (
    Action,
    Answer,
    Block,
    Commands,
    Document,
    Entry,
    Items,
    Outline,
    Problem,
    Said,
    Section,
    Table,
    Title,
    Verbatim,
)
from .html_tables import tables_html


def render(document: Document, _: Paper) -> str:
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    titles = (block.name for section in document for block in section.blocks if isinstance(block, Title))
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(next(titles, 'convergence'))}</title>",
            f"<style>{style}</style>\n</head>\n<body>\n<main>",
            *filter(None, map(section_html, document)),
            "</main>\n</body>\n</html>\n",
        ]
    )


def section_html(section: Section) -> str:
    body = "\n".join(filter(None, map(block_html, section.blocks)))
    heading = f"<h2>{text(section.heading)}</h2>\n" if section.heading else ""
    return f"<section>\n{heading}{body}\n</section>" if body else ""


def block_html(block: Block) -> str:
    match block:
        case Title():
            return title_html(block)
        case Said():
            said = block.sentences if block.apart else [" ".join(filter(None, block.sentences))]
            return "\n".join(f"<p>{strong(each, block.strong)}</p>" for each in said if each)
        case Answer():
            said = "".join(f"<p>{text(each)}</p>" for each in block.sentences)
            return f'<div class="answer">\n<p class="score">{text(block.figure)}</p>\n{said}\n</div>'
        case Table():
            return tables_html(block)
        case Action():
            return action_html(block)
        case Items():
            return listed("ol", (action_html(i) if isinstance(i, Action) else text(i) for i in block.items))
        case Outline():
            return "\n".join(map(entry_html, block.entries))
        case Problem():
            return problem_html(block)
        case Verbatim():
            return f"<pre>{escape(block.text)}</pre>"
        case Commands():
            return listed("ul", (f"<code>{text(each)}</code>" for each in block.commands))
        case _:
            assert_never(block)


def strong(value: str, is_strong: bool) -> str:
    return f"<strong>{text(value)}</strong>" if is_strong else text(value)


def listed(kind: str, items: Iterable[str]) -> str:
    told = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<{kind}>\n{told}\n</{kind}>" if told else ""


def title_html(title: Title) -> str:
    logo = ""
    if title.logo:
        data = b64encode(title.logo.data).decode()
        logo = f'<img class="logo" alt="" src="data:image/{title.logo.kind};base64,{data}">\n'
    said = "".join(f"<p>{text(each)}</p>\n" for each in (title.client, title.place) if each)
    return f"<header>\n{logo}<h1>{text(title.name)}</h1>\n{said}</header>"


def action_html(action: Action) -> str:
    sides = [(name, said) for name, said in (("Business", action.business), ("IT", action.it)) if said]
    told = "".join(f"<dt>{name}</dt><dd>{text(said)}</dd>" for name, said in sides)
    return f"<p>{text(action.what)}</p>" + (f"\n<dl>{told}</dl>" if told else "")


def entry_html(entry: Entry) -> str:
    return f'<p class="d{min(entry.depth, 4)}">{strong(f"{entry.lead}{entry.text}", entry.strong)}</p>'


def problem_html(problem: Problem) -> str:
    head = f"{text(problem.place)} <b>{text(problem.severity)}</b> {text(problem.rule)}"
    shown = f"<pre>{escape(problem.excerpt.text)}</pre>\n" if problem.excerpt else ""
    return f'<div class="finding">\n<h3>{head}</h3>\n{shown}<p>{text(problem.text)}</p>\n</div>'
