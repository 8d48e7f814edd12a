"""A wave whose every text was written to become more than text in a page, a picture or a table."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

TEXTS = (
    "<script>alert(1)</script>",
    "</style><style>body{display:none}</style>",
    "</title><img src=x onerror=alert(1)>",
    '" onload="alert(1)" style="position:fixed',
    "--><svg/onload=alert(1)>",
    '=HYPERLINK("https://example.org","x")',
    "javascript:alert(1) [x](https://example.org)",
    "\u202egnp.exe\u202c \u2067x\u2069",
    "<a href=https://example.org>x</a> &lt;script&gt; &#60;b&#62;",
    "W" * 10_000,
)
QUESTIONS = range(len(TEXTS))


def write(folder: Path) -> Path:
    """The responses in `folder`, beside their questionnaire and plans."""
    for name, content in (("asked", questionnaire()), ("plans", plans()), ("responses", responses())):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder / "responses.yaml"


def questionnaire() -> dict[str, Any]:
    text = cycle(TEXTS)
    return {
        "id": "hostile",
        "version": "1",
        "title": next(text),
        "groups": [{"id": "business", "title": next(text)}, {"id": "it", "title": next(text)}],
        "contrast": ["business", "it"],
        "scales": {"five": {"options": [{"value": value, "label": TEXTS[value]} for value in range(1, 6)]}},
        "dimensions": [{"id": f"d{at}", "title": TEXTS[at]} for at in QUESTIONS],
        "questions": [
            {
                "id": f"q{at}",
                "dimension": f"d{at}",
                "title": TEXTS[at],
                "text": next(text),
                "answer": {"kind": "scale", "scale": "five"},
            }
            for at in QUESTIONS
        ],
        "advice": [
            {
                "id": f"a{at}",
                "title": words,
                "business": words,
                "it": words,
                "when": {"overall": "overall", "below": 101},
            }
            for at, words in enumerate(TEXTS)
        ],
    }


def plans() -> dict[str, Any]:
    return {
        "objectives": [{"id": f"O-{at}", "title": words} for at, words in enumerate(TEXTS)],
        "plans": [
            {"id": f"P-{at}", "title": words, "serves": [f"O-{at}"], "units": [words]}
            for at, words in enumerate(TEXTS)
        ],
    }


def responses() -> dict[str, Any]:
    return {
        "questionnaire": "./asked.yaml",
        "organization": TEXTS[0],
        "period": "2026",
        "confidential": False,
        "plans": ["plans.yaml"],
        "respondents": [
            {
                "id": words,
                "group": ("business", "it")[at % 2],
                "about": {"role": words, "unit": words},
                "answers": {
                    f"q{q}": {"now": 1 + (at + q) % 5, "want": 5, "comment": TEXTS[(at + q) % len(TEXTS)]}
                    for q in QUESTIONS
                },
            }
            for at, words in enumerate(TEXTS)
        ],
    }
