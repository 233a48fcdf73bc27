"""The small drawings of a card, as SVG images (inside the page each line would be styled like an element of it): the trend over terms, and the code that proves it."""

import base64
import io
from html import escape

import segno

from school.report_contract import ReportCard

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 190.0, 88.0, 18.0, 12.0, 21.0


def trend(card: ReportCard, colour: str) -> str:
    """The averages of up to six terms as a line, as an address of the image; empty with fewer than two."""
    points = card.trend
    if len(points) < 2:
        return ""
    values = [float(point.average) for point in points]
    low = max(0.0, 10 * ((min(values) - 6) // 10))
    high = min(100.0, 10 * ((max(values) + 15) // 10))
    across = (WIDTH - LEFT - 30) / (len(points) - 1)
    down = HEIGHT - TOP - BOTTOM

    def at(number: int, value: float) -> tuple[float, float]:
        return round(LEFT + 13 + number * across, 2), round(TOP + down * (high - value) / (high - low), 2)

    places = [at(number, value) for number, value in enumerate(values)]
    rules = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{at(0, level)[1]}" y2="{at(0, level)[1]}" stroke="#dcdfe4" stroke-width=".6"/>'
        f'<text x="{LEFT - 4}" y="{at(0, level)[1] + 2.2}" text-anchor="end" fill="#6b7280">{level:.0f}</text>'
        for level in (low, (low + high) / 2, high)
    )
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="2.4" fill="{colour}"/>'
        f'<text x="{x}" y="{round(y - 4.6, 2)}" text-anchor="middle" font-weight="700" fill="#1f2937">{value:.1f}</text>'
        for (x, y), value in zip(places, values, strict=True)
    )
    names, before = "", None
    for (x, _), point in zip(places, points, strict=True):
        term, session = _short(point.label)
        names += f'<text x="{x}" y="{HEIGHT - 11}" text-anchor="middle" fill="#6b7280">{term}</text>'
        if session != before:  # a session is named at its first term
            names += f'<text x="{x}" y="{HEIGHT - 3}" text-anchor="middle" fill="#6b7280">{session}</text>'
        before = session
    line = " ".join(f"{x},{y}" for x, y in places)
    return _address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" font-family="Report Sans"'
        f' font-size="7.2">{rules}<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6"'
        f' stroke-linejoin="round"/>{dots}{names}</svg>'
    )


def _short(label: str) -> tuple[str, str]:
    """ "T1 2026/2027" -> "T1", "26/27"."""
    term, _, session = label.partition(" ")
    years = [year[-2:] if year.isdigit() and len(year) == 4 else year for year in session.replace("-", "/").split("/")]
    return escape(term[:8]), escape("/".join(years)[:8])


def qr(address: str) -> str:
    """A QR code of an address as an image, one path, without a size of its own."""
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        written, kind="svg", xmldecl=False, border=0, omitsize=True, dark="#111827", svgclass=None, lineclass=None
    )
    return _address(written.getvalue().decode())


def _address(drawing: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"
