"""An instance under other names: what a file calls its teachers, classes and subjects, as the school calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from school.timetabling import instance as tt
from school.timetabling.instance import ClassGroup, Instance, Lesson


@dataclass(frozen=True)
class Renaming:
    """By the file's name: a teacher's (id, name), a class's name, a subject's name."""

    teachers: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    classes: Mapping[str, str] = field(default_factory=dict[str, str])
    subjects: Mapping[str, str] = field(default_factory=dict[str, str])


def renamed(instance: Instance, names: Renaming) -> Instance:
    """The same problem, and so the same answer, under other names. Groups of a known class are named after it."""
    groups = {**_parts(instance, names.classes), **names.classes}
    unions = _unions(instance, names.classes)

    def lesson(item: Lesson) -> Lesson:
        classes = [c for key in item.classes for c in unions.get(key, (groups.get(key, key),))]
        return item.model_copy(
            update={
                "subject": names.subjects.get(item.subject, item.subject),
                "classes": tuple(dict.fromkeys(classes)),
                "teachers": tuple(names.teachers.get(t, (t, ""))[0] for t in item.teachers),
            }
        )

    def rule(item: tt.Rule) -> tt.Rule:
        changed: dict[str, Any] = {}
        if teachers := getattr(item, "teachers", ()):
            changed["teachers"] = tuple(names.teachers.get(t, (t, ""))[0] for t in teachers)
        if classes := getattr(item, "classes", ()):
            changed["classes"] = tuple(groups.get(c, c) for c in classes)
        return item.model_copy(update=changed)

    def group(item: ClassGroup) -> ClassGroup:
        atoms = tuple(groups.get(a, a) for a in item.atom_ids())
        return item.model_copy(update={"id": groups.get(item.id, item.id), "atoms": atoms})

    return instance.model_copy(
        update={
            "teachers": tuple(
                t.model_copy(update={"id": names.teachers[t.id][0], "name": names.teachers[t.id][1]})
                if t.id in names.teachers
                else t
                for t in instance.teachers
            ),
            "subjects": tuple(
                s.model_copy(update={"name": names.subjects.get(s.name or s.id, s.name)}) for s in instance.subjects
            ),
            "classes": tuple(group(g) for g in instance.classes),
            "lessons": tuple(lesson(x) for x in instance.lessons),
            "rules": tuple(rule(r) for r in instance.rules),
        }
    )


def strange_classes(instance: Instance, known: Mapping[str, str]) -> list[str]:
    """Groups that are neither a known class, nor part of one, nor some of them together."""
    accounted = {*known, *_parts(instance, known), *_unions(instance, known)}
    return [g.id for g in instance.classes if g.id not in accounted]


def _atoms(instance: Instance, known: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {g.id: frozenset(g.atom_ids()) for g in instance.classes if g.id in known}


def _parts(instance: Instance, known: Mapping[str, str]) -> dict[str, str]:
    """Groups inside one known class, as "JSS 2 Ruby, French"."""
    atoms = _atoms(instance, known)
    found: dict[str, str] = {}
    taken = {g.id for g in instance.classes} | set(known.values())
    for group in instance.classes:
        own = frozenset(group.atom_ids())
        holder = next((known[key] for key, whole in atoms.items() if own < whole), None)
        if group.id in known or holder is None:
            continue
        name = group.id if group.id.startswith(f"{holder}, ") else f"{holder}, {group.id}"
        if name == group.id or name not in taken:
            found[group.id] = name
            taken.add(name)
    return found


def _unions(instance: Instance, known: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Groups that are exactly some known classes together."""
    atoms = _atoms(instance, known)
    found: dict[str, Sequence[str]] = {}
    for group in instance.classes:
        own = frozenset(group.atom_ids())
        inside = [key for key, whole in atoms.items() if whole <= own]
        if group.id not in known and inside and frozenset[str]().union(*(atoms[key] for key in inside)) == own:
            found[group.id] = [known[key] for key in inside]
    return found
