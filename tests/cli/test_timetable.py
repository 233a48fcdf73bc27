"""`schoolos timetable`: a problem in a file, its solution in a file, and refusals in sentences."""

import json
from pathlib import Path

from school.timetabling.instance import dump_instance
from tests.cli.conftest import Command
from tests.school.timetabling.random_schools import random_instance


def test_a_problem_is_solved_checked_and_converted(tmp_path: Path, schoolos: Command) -> None:
    problem, solution, fet = tmp_path / "p.json", tmp_path / "s.json", tmp_path / "p.fet"
    problem.write_text(dump_instance(random_instance(2, rules=4, hard_share=0)))
    answer = json.loads(schoolos("timetable", "solve", str(problem), "--seconds", "2", "--out", str(solution)).stdout)
    assert answer["hard"] == 0
    checked = json.loads(schoolos("timetable", "check", str(problem), str(solution)).stdout)
    assert (checked["hard"], checked["soft"]) == (0, answer["soft"])
    schoolos("timetable", "convert", str(problem), "--out", str(fet))
    assert "<fet version" in fet.read_text()


def test_what_is_no_problem_is_refused_in_a_sentence(tmp_path: Path, schoolos: Command) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"days": 5}')
    refused = schoolos("timetable", "solve", str(wrong))
    assert refused.returncode == 1
    assert "is no timetable problem" in refused.stderr + refused.stdout
