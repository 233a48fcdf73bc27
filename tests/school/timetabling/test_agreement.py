"""Three programs that share no code must price a timetable alike: the checker, the compiled search, and CP-SAT."""

import pytest

from school.timetabling.arrays import compiled
from school.timetabling.bounds import lower_bound
from school.timetabling.checker import check
from school.timetabling.cpsat import LINEAR, priced, solve_whole
from school.timetabling.local_search import LocalSearch, counter
from tests.school.timetabling.random_schools import random_instance, random_timetable


@pytest.mark.parametrize("seed", range(12))
def test_the_search_prices_every_rule_as_the_checker_does(seed):
    instance = random_instance(seed, rules=30)
    arrays = compiled(instance)
    search = LocalSearch(arrays, seed)
    search.construct()
    for heat in (3.0, 1.0, 0.3):
        search.anneal(heat, 400)
        now = arrays.write(search.state.start, search.state.room)
        report = check(instance, now, partial=True)
        assert (report.hard, report.soft) == (search.state.total[0], pytest.approx(search.state.total[1]))


@pytest.mark.parametrize("seed", range(6))
def test_what_the_search_calls_clash_free_has_no_clash(seed):
    instance = random_instance(seed)
    arrays = compiled(instance)
    search = LocalSearch(arrays, seed)
    search.begin(*arrays.read(random_timetable(instance, seed)))
    kept = arrays.write(search.state.start, search.state.room)
    kinds = {v.kind for v in check(instance, kept, partial=True).violations if v.hard and v.rule is None}
    assert not kinds
    assert len(kept) < len(instance.lessons)


@pytest.mark.parametrize("seed", range(10))
def test_cp_sat_proves_a_cost_the_checker_confirms_and_the_search_never_beats(seed):
    instance = random_instance(seed, rules=7, hard_share=0.1)
    arrays = compiled(instance)
    answer = solve_whole(arrays, LINEAR, 20, seed, lambda found: None)
    search = LocalSearch(arrays, seed)
    search.construct()
    search.cycle(counter(4), 2.0, lambda found: None, lambda: False)
    if answer.status == "INFEASIBLE":
        assert not search.best().valid
        return
    assert answer.proven
    assert answer.found is not None
    report = check(instance, arrays.write(answer.found.start, answer.found.room))
    assert report.hard == 0
    assert report.soft == pytest.approx(answer.bound, abs=0.02)
    assert priced(arrays, answer.found.start, answer.found.room).soft == pytest.approx(report.soft)
    assert lower_bound(instance) <= report.soft + 1e-6
    assert not search.best().valid or search.best().soft >= report.soft - 1e-6
