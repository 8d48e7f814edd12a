"""Makes the pictures of the README: the report in a terminal, and the page that is handed over.

    python docs/pictures/make.py

Needs the program installed in the running Python; the picture of the page needs Chromium too, and is left as
it was where there is none.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCORE = (sys.executable, "-m", "convergence_cli", "score", "examples/responses.yaml")
MOST_BYTES = 200_000
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace;
font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="{width}" height="{height}" rx="8" fill="#f8f8f8"/>
<g transform="translate({terminal_x}, {terminal_y})">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""What rich fills in: no frame of a window, and no font from elsewhere."""


def terminal() -> None:
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    shown = subprocess.run(
        [*SCORE, "--color", "always"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    console = Console(record=True, width=82, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown.stdout))
    picture = console.export_svg(theme=DEFAULT_TERMINAL_THEME, code_format=SVG, unique_id="report")
    write(HERE / "terminal.svg", picture.encode())


def page() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("There is no Chromium here: the picture of the page stays as it is.\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        report, picture = Path(folder) / "report.html", Path(folder) / "page.png"
        subprocess.run([*SCORE, "-o", str(report)], cwd=ROOT, check=True)
        options = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--window-size=900,1480"]
        taken = [chromium, *options, f"--screenshot={picture}", report.as_uri()]
        subprocess.run(taken, check=True, capture_output=True)
        write(HERE / "page.png", picture.read_bytes())


def write(path: Path, data: bytes) -> None:
    if len(data) > MOST_BYTES:
        sys.exit(f"{path.name} would have {len(data):,} bytes, and {MOST_BYTES:,} are shown.")
    path.write_bytes(data)


if __name__ == "__main__":
    terminal()
    page()
