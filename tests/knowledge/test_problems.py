"""Every generator: right answers, wrong wrong answers, for every difficulty and many seeds."""

from random import Random

import pytest
import sympy as sp

from knowledge import problems_number
from knowledge.papers import Difficulty
from knowledge.problems import GENERATORS, for_topic

MAKERS = {one.name: one.make for one in GENERATORS}
assert problems_number.__name__


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("level", Difficulty)
def test_the_answer_holds_and_three_others_do_not(name, level):
    for seed in range(25):
        problem = MAKERS[name](Random(seed), level)
        assert problem.holds, (seed, problem)
        assert problem.answer not in problem.wrong or len(set(problem.wrong) - {problem.answer}) >= 3, (seed, problem)
        assert len(set(problem.wrong) - {problem.answer}) >= 3, (seed, problem)
        assert (
            problem.steps[-1].endswith(problem.answer) or problem.answer in problem.steps[-1] or name == "simultaneous"
        )
        assert len(problem.text) > 8


@pytest.mark.parametrize("seed", range(30))
def test_roots_put_back_into_a_quadratic_give_zero(seed):
    problem = MAKERS["quadratic_by_factors"](Random(seed), Difficulty.HARD)
    left = (
        problem.text.removeprefix("Solve the equation ")
        .removesuffix(" = 0.")
        .replace("−", "-")
        .replace("x²", "*x**2")
        .lstrip("*")
    )
    left = left.replace("x ", "*x ").replace(" *x**", " x**").replace("- *", "- ").replace("+ *", "+ ")
    x = sp.Symbol("x")
    expression = sp.sympify(left, locals={"x": x})
    for part in problem.answer.replace("−", "-").replace(" (a repeated root)", "").split(" or "):
        assert expression.subs(x, sp.Rational(part.removeprefix("x = "))) == 0


@pytest.mark.parametrize(
    ("topic", "maker"),
    [
        ("Quadratic Equations", "quadratic_by_factors"), ("Simultaneous linear equations", "simultaneous"),
        ("Pythagoras' theorem", "pythagoras"), ("Laws of indices", "indices"), ("Linear inequalities", "linear_inequality"),
        ("Simple interest and commercial arithmetic", "simple_interest"), ("Factorisation", "factorise"),
        ("Circumference and area of a circle", "circle"), ("Graphs of linear equations", "gradient"),
    ],
)  # fmt: skip
def test_a_topic_finds_its_generators(topic, maker):
    assert maker in [make.__name__ for make in for_topic(topic)]


def test_a_topic_of_another_subject_finds_none():
    assert for_topic("Photosynthesis") == for_topic("The human digestive system") == []
