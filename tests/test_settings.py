"""Settings of the check: where they are found, and what is said when they cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_cli.problems import InputError
from convergence_cli.settings import Settings, read_settings


def test_without_a_file_nothing_is_set(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()


def test_the_table_and_the_line_that_sets_each_key(tmp_path: Path) -> None:
    text = '# ours\n[check]\nfail_on = "warning"\nrequire = ["budget"]\n\n[check.min]\n"one-voice" = 1\n'
    (tmp_path / "convergence.toml").write_text(text)
    settings = read_settings(tmp_path)
    assert settings.values == {"fail_on": "warning", "require": ["budget"], "min": {"one-voice": 1}}
    lines = [settings.line_of(path) for path in (("require", 0), ("min", "one-voice"), ("min", "x"), ())]
    assert lines == [4, 7, 6, None]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (b"[check\n", "This is not TOML.", 1),
        (b"\n[chek]\nfail_on = 1\n", "`chek` is not known here.", 2),
        (b"check = 3\n", "`check` is a table: write `[check]`.", None),
        (b"[check]\nfail_on = '\xff'\n", "The file is not UTF-8", 2),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, text: bytes, message: str, line: int | None) -> None:
    (tmp_path / "convergence.toml").write_bytes(text)
    with pytest.raises(InputError) as refusal:
        read_settings(tmp_path)
    [finding] = refusal.value.findings
    assert finding.message.startswith(message)
    assert (finding.file, finding.line) == ("convergence.toml", line)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "convergence.toml").mkdir()
    with pytest.raises(InputError, match="no file but a folder"):
        read_settings(tmp_path)
