"""A chart as a picture, for a place that draws none itself."""

import io
from typing import Any

from tools.present import Chart

COLOURS = ("#1f6f5c", "#c2572b", "#3b5b92", "#8a6d1d", "#7a3e7a", "#5c6670")


def png(chart: Chart) -> bytes:
    """The chart as PNG, 1400 pixels wide. Blocks for a few tenths of a second: call it in a thread."""
    from matplotlib.figure import Figure  # heavy, and only workers draw

    figure = Figure(figsize=(7, 4), dpi=200, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(_plain(chart.title), loc="left", fontsize=11)
    if chart.chart == "pie":
        first = [(str(p.x), p.y or 0.0) for p in chart.series[0].points]
        axes.pie([y for _, y in first], labels=[_plain(x) for x, _ in first], colors=COLOURS, autopct="%.0f%%")
    else:
        _series(axes, chart)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _series(axes: Any, chart: Chart) -> None:
    places = list(dict.fromkeys(point.x for series in chart.series for point in series.points))
    at = {x: number for number, x in enumerate(places)}
    width = 0.8 / max(1, len(chart.series))
    for number, series in enumerate(chart.series):
        colour = COLOURS[number % len(COLOURS)]
        points = [(at[p.x], p.y) for p in series.points if p.y is not None]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if chart.chart == "line":
            axes.plot(xs, ys, marker="o", color=colour, label=_plain(series.name))
        else:
            moved = [x - 0.4 + width * (number + 0.5) for x in xs]
            axes.bar(moved, ys, width=width * 0.92, color=colour, label=_plain(series.name))
    names = [_plain(str(place)) for place in places]
    slanted = max((len(name) for name in names), default=0) * len(names) > 70
    axes.set_xticks(range(len(names)), names, rotation=40 if slanted else 0, ha="right" if slanted else "center")
    axes.set_xlabel(_plain(chart.x.label))
    axes.set_ylabel(_plain(chart.y.label))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    if len(chart.series) > 1:
        axes.legend(frameon=False, fontsize=8)


def _plain(text: str) -> str:
    """A dollar sign would begin a formula."""
    return text.replace("$", r"\$")
