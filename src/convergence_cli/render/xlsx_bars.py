"""Bars of a workbook, which draws them itself from the cells of a table."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from .charts import COLOURS
from .document import Table

POINTS = "0"
"""How a workbook shows points."""
LOOKS = [(each, "white" if at in (2, 4) else each) for at, each in enumerate([COLOURS[-1], *COLOURS[:-1]])]
"""Lines and fillings, the score's in grey: some are hollow, which is seen without colours too."""
GRID = {"visible": True, "line": {"color": "#DDDDDD"}}
WIDTH, AROUND, BAR = 640, 110, 10
"""Pixels: of the chart, of what stands above and below the bars, of a bar."""
TOLD = {"description": "The points of the table, as bars from 0 to 100."}


def bars(book: Any, sheet: str, table: Table, head: int, last: int) -> tuple[Any, dict[str, str]] | None:
    """Columns of points beside each other as bars, with what is told to those who do not see them; None
    where there are no two. The table stands in the rows from ``head`` to ``last`` of the sheet.
    """
    drawn = [at for at, column in enumerate(table.columns, 1) if column.kind == "points"]
    if len(drawn) < 2:
        return None
    chart, first = book.add_chart({"type": "bar"}), head + 1
    for at, (colour, filling) in zip(drawn, cycle(LOOKS), strict=False):
        chart.add_series(
            {
                "name": [sheet, head, at],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, at, last, at],
                "fill": {"color": filling},
                "border": {"color": colour, "width": 1.5},
            }
        )
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    chart.set_x_axis({"min": 0, "max": 100, "num_format": POINTS, "major_gridlines": GRID})
    chart.set_legend({"position": "top"})
    chart.set_size({"width": WIDTH, "height": AROUND + (last - head) * (len(drawn) + 1) * BAR})
    return chart, TOLD
