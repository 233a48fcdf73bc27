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
from school.timetabling.portfolio import solve
from school.timetabling.relaxing import Apply, Change, any_room, present, several, wished
from school.timetabling.shortages import Reason, plural, shortages
from school.timetabling.validation import check_instance

MOST_TRIED = 6
MOST_SECONDS = 2.0
LEAST_SECONDS = 0.2
MOST_STEPS = 12


class Relaxation(BaseModel, frozen=True):
    """Something to give up, and whether a timetable exists then (None: not known in the time there was).

    `cost` is what the unmet wishes of the timetable found cost; `still` what stands in the way if there is none.
    """

    words: str
    solves: bool | None
    cost: float | None = None
    still: str = ""
    tried_s: float | None = None

    @property
    def gives(self) -> str:
        """What it would give, in words."""
        if self.solves:
            wishes = "" if self.cost is None else f"; the wishes it does not meet cost {self.cost:g}"
            return f"Then there is a timetable{wishes}."
        if self.solves is False:
            return f"Not enough alone. {self.still}".strip()
        return "Not tried." if self.tried_s is None else f"Not known after {self.tried_s:g} s."


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
        relaxations = _remedied(instance, counted, time.monotonic() + seconds, seed)
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


def _remedied(instance: Instance, counted: list[Reason], end: float, seed: int) -> tuple[Relaxation, ...]:
    """Each remedy tried, the least change first; and with several reasons, one remedy of each together."""
    unlike = {change.words: change for reason in counted for change in reason.changes}
    alone = sorted(unlike.values(), key=lambda change: change.size)[:MOST_TRIED]
    together = _together(instance, counted) if len(counted) > 1 else None
    changes = [*([together] if together else []), *alone]
    tried: list[tuple[Relaxation, int]] = []
    for number, change in enumerate(changes):
        left = min(MOST_SECONDS, (end - time.monotonic()) / max(1, min(MOST_TRIED, len(changes) - number)))
        tried.append((_tried(instance, change, left, seed), change.size))
    tried.sort(key=lambda pair: (pair[0].solves is not True, pair[0].solves is False, pair[1]))
    return tuple(relaxation for relaxation, _ in tried)


def _together(instance: Instance, counted: list[Reason]) -> Change | None:
    """The least change for what stands in the way, again and again, until counting finds nothing more."""
    steps: list[Change] = []
    left, reasons = instance, counted
    while reasons and len(steps) < MOST_STEPS:
        unused = [c for c in reasons[0].changes if c.words not in {step.words for step in steps}]
        if not unused:
            return None
        steps.append(min(unused, key=lambda change: change.size))
        left = steps[-1].apply(left)
        reasons = shortages(left)
    if reasons or len(steps) < 2:
        return None
    words = "Together: " + " ".join(step.words for step in steps)
    return Change(words, sum(step.size for step in steps), several([step.apply for step in steps]))


def _tried(instance: Instance, change: Change, seconds: float, seed: int) -> Relaxation:
    """Search the problem with the change: counting again, then a short search, then what stands in the way if proven."""
    changed = change.apply(instance)
    if still := shortages(changed):
        more = f" There are {len(still)} such reasons." if len(still) > 1 else ""
        return Relaxation(words=change.words, solves=False, still=still[0].words + more)
    if seconds < LEAST_SECONDS:
        return Relaxation(words=change.words, solves=None)
    outcome = solve(changed, seconds=seconds, seed=seed)
    if outcome.report is not None and outcome.report.valid:
        return Relaxation(
            words=change.words, solves=True, cost=round(outcome.report.soft, 2), tried_s=round(seconds, 1)
        )
    if outcome.status == "impossible":
        why = explain(changed, seconds=seconds, seed=seed).reasons
        still_words = why[0].words if why else "The rules that are left cannot all be kept."
        return Relaxation(words=change.words, solves=False, still=still_words, tried_s=round(seconds, 1))
    return Relaxation(words=change.words, solves=None, tried_s=round(seconds, 1))


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
        tried_s = round(left, 1) if solves is None else None
        relaxations.append(Relaxation(words=f"Give up: {facts.words[name]}.", solves=solves, tried_s=tried_s))
    words = "; ".join(facts.words[name] for name in conflict)
    reason = Reason(
        words=f"These cannot all be kept: {words}.",
        rules=tuple(dict.fromkeys(key for name in rules if (key := _rule_id(instance, facts, name)))),
        changes=tuple(Change(f"Give up: {facts.words[name]}.", 1, _given_up(instance, name)) for name in rules[:8]),
    )
    relaxations.sort(key=lambda item: (item.solves is not True, item.solves is None))
    return Explanation(proven=True, reasons=(reason,), relaxations=tuple(relaxations), solvable=False)


def _given_up(instance: Instance, name: str) -> Apply:
    kind, *key = name.split(":")
    if kind == "away":
        return present([key[1]]) if key[0] == "teacher" else present((), [key[1]])
    return wished(instance.rules[int(key[0])]) if kind == "rule" else any_room([instance.lessons[int(key[0])].id])


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
