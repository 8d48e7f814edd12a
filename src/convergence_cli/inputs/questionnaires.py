"""Questionnaires: the built-in ones by id and version, any other by its path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..documents import Document, parse, placed
from ..model.complaints import shown
from ..model.consistency import inconsistencies
from ..model.questionnaire import Questionnaire
from ..model.tolerant import read_tolerantly
from ..problems import Finding, InputError, did_you_mean, mistake
from .files import read_source
from .kinds import Kind, document_in, of_another_kind


class BuiltIn(NamedTuple):
    """A questionnaire that comes with the program."""

    id: str
    version: int
    path: Path

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"


def folder() -> Path:
    """Where the built-in questionnaires are: inside the installed package, or at a checkout's top level."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "questionnaires"
    return inside if inside.is_dir() else package.parent.parent / "questionnaires"


@lru_cache(maxsize=1)
def builtin_questionnaires() -> tuple[BuiltIn, ...]:
    """Every version of every built-in questionnaire, by id, oldest version first."""
    named = ((path.stem.partition("@"), path) for path in folder().glob("*@*.yaml"))
    return tuple(sorted(BuiltIn(name, int(version), path) for (name, _, version), path in named))


def names_built_in() -> list[str]:
    return list(dict.fromkeys(built_in.id for built_in in builtin_questionnaires()))


class Loaded(NamedTuple):
    """A questionnaire; whether its newest version was assumed; its file, where it is not built in."""

    questionnaire: Questionnaire
    newest_assumed: bool = False
    document: Document | None = None


class UnknownName(InputError):
    """No questionnaire has the name, so what is wrong is the name itself and not a file."""


def load_questionnaire(name: str, beside: Path | None = None) -> Loaded:
    """The questionnaire called `name`.

    `name` is a built-in ``id@version``, a built-in ``id`` (the newest), or a path, relative to the
    folder `beside`. Raises InputError with every problem in it, UnknownName where there is none.
    """
    wanted, at, version = name.partition("@")
    versions = [built_in for built_in in builtin_questionnaires() if built_in.id == wanted]
    for built_in in reversed(versions):
        if not at or version == str(built_in.version):
            return Loaded(read_built_in(built_in), newest_assumed=not at)
    if versions:
        have = ", ".join(built_in.name for built_in in versions)
        raise UnknownName([unknown(name, f"is not there: of {wanted} there is {have}", "")])
    path = (beside or Path()) / name
    if os.path.lexists(path) or name.endswith((".yaml", ".yml")) or "/" in name:
        document = document_in(read_source(str(path), regular=beside is not None))
        return Loaded(questionnaire_in(document), document=document)
    names = names_built_in()
    tip = f"Built in are {', '.join(names)}; or name a file."
    raise UnknownName([unknown(name, "is no questionnaire", tip, did_you_mean(wanted, names))])


def unknown(name: str, what: str, tip: str, near: str = "") -> Finding:
    return mistake(f"{{This}} {what}.", tip=tip, value=shown(name), near=near, file=name)


def read_built_in(built_in: BuiltIn) -> Questionnaire:
    return questionnaire_in(parse(built_in.path.read_bytes(), built_in.name))


def questionnaire_in(document: Document) -> Questionnaire:
    """A document as a questionnaire; raises InputError with every problem in it, placed."""
    if not document.readable:
        raise InputError(document.problems)
    if other := of_another_kind(document, Kind.QUESTIONNAIRE):
        raise InputError([other])
    model, findings, _ = read_tolerantly(Questionnaire, document.data, document.file)
    if model is not None and not findings:
        findings = inconsistencies(model, document.file)
    problems = [*document.problems, *placed(findings, {document.file: document})]
    if problems or model is None:
        raise InputError(problems)
    return model
