"""Tables of a PDF, found by cells that stand under one another in three lines or more."""

from itertools import pairwise

from knowledge.pdf_lines import Line, Run

ALIGNED = 4.0  # points two cells may differ at their left, right or centre and still be of one column
MIN_ROWS = 2
AIR = 1.35  # of the height of the type: a step between lines that is wider is more than leading


def table_at(lines: list[Line], start: int) -> tuple[list[list[str]], int]:
    """The rows of a table that begins at this line, and the line after it; no rows when none begins here."""
    first = lines[start]
    if len(first.runs) < 2:
        return [], start
    columns = [(run.left, run.right) for run in first.runs]
    end, full = start + 1, 1
    while end < len(lines):
        line = lines[end]
        if (line.column != first.column and line.page == first.page) or line.size > 1.15 * first.size:
            break  # another column of the page, or a heading under the table
        placed = _placed(line.runs, columns)
        if placed is None or not _near(lines[end - 1], line):
            break
        columns = _widened(columns, line.runs, placed)
        full += len(line.runs) > 1
        end += 1
    while end > start + 1 and len(lines[end - 1].runs) == 1 and _looks_like_prose(lines[end - 1], columns):
        end -= 1
    if full < MIN_ROWS:
        return [], start
    return _cells(lines[start:end], columns), end


def _near(last: Line, line: Line) -> bool:
    return line.page != last.page or 0 < last.middle - line.middle < 3.5 * last.size


def _placed(runs: tuple[Run, ...], columns: list[tuple[float, float]]) -> list[int] | None:
    """The column of each run, or nothing when one fits none or two share one."""
    found: list[int] = []
    for run in runs:
        fits = [at for at, column in enumerate(columns) if _fits(run, column) and not _overlaps_next(run, columns, at)]
        if not fits or fits[0] in found:
            return None
        found.append(fits[0])
    return found


def _fits(run: Run, column: tuple[float, float]) -> bool:
    left, right = column
    centre = (left + right) / 2
    if min(abs(run.left - left), abs(run.right - right), abs(run.centre - centre)) <= ALIGNED:
        return True
    return left <= run.left and run.right <= right


def _overlaps_next(run: Run, columns: list[tuple[float, float]], at: int) -> bool:
    return at + 1 < len(columns) and run.right > columns[at + 1][0] + ALIGNED


def _widened(columns: list[tuple[float, float]], runs: tuple[Run, ...], placed: list[int]) -> list[tuple[float, float]]:
    out = list(columns)
    for run, at in zip(runs, placed, strict=True):
        out[at] = (min(out[at][0], run.left), max(out[at][1], run.right))
    return out


def _looks_like_prose(line: Line, columns: list[tuple[float, float]]) -> bool:
    first = line.runs[0]
    begins = first.left < columns[1][0] - ALIGNED
    return begins and (first.right > columns[0][1] + ALIGNED or line.text.rstrip().endswith((".", "?", "!")))


def _cells(lines: list[Line], columns: list[tuple[float, float]]) -> list[list[str]]:
    """Rows of cells. Where rows have air between them, close lines are one row; else a row begins in the first column."""
    rows: list[list[str]] = []
    airy = any(step >= AIR for step in _steps(lines))
    for line, step in zip(lines, [AIR, *_steps(lines)], strict=True):
        cells = [""] * len(columns)
        for run, at in zip(line.runs, _placed(line.runs, columns) or [], strict=False):
            cells[at] = run.text.strip()
        if rows and (step < AIR if airy else not cells[0]):
            rows[-1] = [f"{old} {new}".strip() for old, new in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows


def _steps(lines: list[Line]) -> list[float]:
    """The distance from each line to the next, in heights of the type; a page break is a wide one."""
    return [
        (last.middle - line.middle) / last.size if line.page == last.page else 2 * AIR for last, line in pairwise(lines)
    ]
