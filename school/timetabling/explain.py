"""Why there is no timetable: counting first, then the smallest set of rules that CP-SAT finds in conflict, in words.

Every hard rule, absence and "one lesson at a time" gets a literal; the solver names literals that cannot all hold, and those
that are not needed for the contradiction are dropped one by one. What is left is a smallest set: giving up any one resolves it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model
from pydantic import BaseModel

from school.timetabling import instance as tt
from school.timetabling.arrays import Compiled, compiled
from school.timetabling.checker import said
from school.timetabling.cpsat import LINEAR, PLAIN, solver_with
from school.timetabling.cpsat_model import TimetableModel
from school.timetabling.cpsat_rules import add_rules
from school.timetabling.instance import Instance
from school.timetabling.shortages import Reason, plural, shortages
from school.timetabling.validation import check_instance


class Relaxation(BaseModel, frozen=True):
    """Something to give up, and whether a timetable exists then (None: not known in the time there was)."""

    words: str
    solves: bool | None


class Explanation(BaseModel, frozen=True):
    """`proven` when no timetable can exist; then `reasons`, and for conflicts between rules the `relaxations`."""

    proven: bool
    reasons: tuple[Reason, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    solvable: bool | None = None


@dataclass
class _Facts:
    model: TimetableModel
    words: dict[str, str]

    def status(
        self, names: Sequence[str], seconds: float, seed: int, core: bool = False
    ) -> tuple[cp_model.CpSolverStatus, list[str]]:
        model = self.model.model
        model.clear_assumptions()
        literals = [self.model.guards[name] for name in names]
        model.add_assumptions(literals)
        solver = solver_with(PLAIN if not core else LINEAR, seconds, seed)
        status = solver.solve(model)
        if status != cp_model.INFEASIBLE:
            return status, []
        wanted = set(solver.sufficient_assumptions_for_infeasibility())
        return status, [name for name in names if self.model.guards[name].index in wanted]


def explain(instance: Instance, *, seconds: float = 10, seed: int = 1) -> Explanation:
    """Explain why the instance has no timetable, or say that it has one, or that neither is known in the time given."""
    check_instance(instance)
    if counted := shortages(instance):
        remedies = dict.fromkeys(remedy for reason in counted for remedy in reason.remedies)
        alone = None if len(counted) == 1 else False
        relaxations = tuple(Relaxation(words=words, solves=alone) for words in remedies)
        return Explanation(proven=True, reasons=tuple(counted), relaxations=relaxations, solvable=False)
    end = time.monotonic() + seconds
    facts = _facts(instance)
    names = list(facts.model.guards)
    for core in (False, True):
        status, conflict = facts.status(names, max(0.5, (end - time.monotonic()) / 2), seed, core)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Explanation(proven=False, solvable=True)
        if status == cp_model.INFEASIBLE:
            smallest = _smallest(facts, conflict or names, end, seed)
            return _explained(instance, facts, smallest, end, seed)
    return Explanation(proven=False)


def _smallest(facts: _Facts, conflict: list[str], end: float, seed: int) -> list[str]:
    """Drop what the contradiction does not need, as long as there is time."""
    kept = list(conflict)
    for name in conflict:
        left = end - time.monotonic()
        if left < 0.1 or name not in kept:
            continue
        status, smaller = facts.status([n for n in kept if n != name], min(2.0, left), seed)
        if status == cp_model.INFEASIBLE:
            kept = smaller or [n for n in kept if n != name]
    return kept


def _explained(instance: Instance, facts: _Facts, conflict: list[str], end: float, seed: int) -> Explanation:
    rules = [name for name in conflict if not name.startswith(("clash:", "room:"))]
    relaxations: list[Relaxation] = []
    everything = list(facts.model.guards)
    for name in rules[:8]:
        left = max(0.3, min(2.0, end - time.monotonic()))
        status, _ = facts.status([n for n in everything if n != name], left, seed)
        solves = {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)
        relaxations.append(Relaxation(words=f"Give up: {facts.words[name]}.", solves=solves))
    words = "; ".join(facts.words[name] for name in conflict)
    reason = Reason(
        words=f"These cannot all be kept: {words}.",
        rules=tuple(dict.fromkeys(key for name in rules if (key := _rule_id(instance, facts, name)))),
        remedies=tuple(item.words for item in relaxations),
    )
    relaxations.sort(key=lambda item: (item.solves is not True, item.solves is None))
    return Explanation(proven=True, reasons=(reason,), relaxations=tuple(relaxations), solvable=False)


def _rule_id(instance: Instance, facts: _Facts, name: str) -> str | None:
    kind, *numbers = name.split(":")
    if kind == "rule":
        return instance.rules[int(numbers[0])].id or None
    return None


def _facts(instance: Instance) -> _Facts:
    """The guarded model, over starts that ignore absences, with each absence and each rule behind a literal of its own."""
    present = instance.model_copy(
        update={
            "classes": tuple(group.model_copy(update={"unavailable": ()}) for group in instance.classes),
            "teachers": tuple(teacher.model_copy(update={"unavailable": ()}) for teacher in instance.teachers),
        }
    )
    arrays = compiled(present, loose=True)
    model = TimetableModel(arrays, guarded=True, price_soft=False)
    facts = _Facts(model, {name: _spatial(arrays, instance, name) for name in model.guards})
    _absences(facts, instance)
    before = set(model.guards)
    add_rules(model)
    _wanted_times(model, instance)
    for name in model.guards:
        if name not in before:
            facts.words[name] = in_words(instance, int(name.split(":")[1]))
    return facts


def _wanted_times(model: TimetableModel, instance: Instance) -> None:
    """Hard wishes for times, each behind the literal of its rule."""
    periods = len(instance.periods)
    number_of = {lesson.id: x for x, lesson in enumerate(instance.lessons)}
    for number, rule in enumerate(instance.rules):
        if not rule.hard or not isinstance(rule, tt.PreferStarts | tt.PreferSlots):
            continue
        slots = rule.starts if isinstance(rule, tt.PreferStarts) else rule.slots
        wanted = {day * periods + period for day, period in slots}
        with model.guarding(f"rule:{number}"):
            for key in rule.lessons:
                x = number_of[key]
                length = 1 if isinstance(rule, tt.PreferStarts) else instance.lessons[x].duration
                for s, literal in model.at[x].items():
                    if not wanted.issuperset(range(s, s + length)):
                        model.add(literal == 0)


def _absences(facts: _Facts, instance: Instance) -> None:
    model = facts.model
    periods = len(instance.periods)
    lessons = list(enumerate(instance.lessons))
    absent = [("teacher", t.id, t.label, t.unavailable) for t in instance.teachers if t.unavailable]
    absent += [("class", group.id, group.id, group.unavailable) for group in instance.classes if group.unavailable]
    for kind, key, label, slots in absent:
        away = {day * periods + period for day, period in slots}
        name = f"away:{kind}:{key}"
        facts.words[name] = f"{label} is away in {plural(len(away), 'period')}"
        with model.guarding(name):
            for x, lesson in lessons:
                if key not in (lesson.teachers if kind == "teacher" else lesson.classes):
                    continue
                for s, literal in model.at[x].items():
                    if not away.isdisjoint(range(s, s + lesson.duration)):
                        model.add(literal == 0)


def _spatial(arrays: Compiled, instance: Instance, name: str) -> str:
    kind, key = name.split(":")
    names = {teacher.id: teacher.label for teacher in instance.teachers}
    if kind == "clash":
        who = arrays.resource_names[int(key)]
        load = sum(
            lesson.duration
            for x, lesson in enumerate(instance.lessons)
            if int(key) in arrays.problem.uses[arrays.problem.uses_at[x] : arrays.problem.uses_at[x + 1]]
        )
        return f"{names.get(who, who)} has one lesson at a time ({plural(load, 'period')} in all)"
    if kind == "room":
        return f"{arrays.room_ids[int(key)]} holds one lesson at a time"
    lesson = instance.lessons[int(key)]
    return f"{lesson.label} needs {' or '.join(lesson.rooms[:4])}"


def in_words(instance: Instance, number: int) -> str:
    """One rule of the instance with what it is about: "the Physics teacher: at most 5 periods a day"."""
    rule = instance.rules[number]
    labels = {lesson.id: lesson.label for lesson in instance.lessons}
    names = {teacher.id: teacher.label for teacher in instance.teachers}
    teachers: tuple[str, ...] = getattr(rule, "teachers", ())
    about: list[str] = [names.get(t, t) for t in teachers] or [*getattr(rule, "classes", ())]
    if not about:
        keys = getattr(rule, "lessons", ()) or (getattr(rule, "first", ""), getattr(rule, "second", ""))
        flat = [k for key in keys for k in ((key,) if isinstance(key, str) else key)]
        about = [str(label) for label in dict.fromkeys(labels.get(key, key) for key in flat)]
    shown = ", ".join(about[:4]) + (f" and {len(about) - 4} more" if len(about) > 4 else "")
    return f"{shown}: {said(rule)}"
