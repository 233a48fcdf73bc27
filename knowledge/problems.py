"""Problems in mathematics made from parameters: each with its answer, its working, and the errors learners make.

Answers come from sympy or are put back into the problem by it before the problem is used (`Problem.holds`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import sympy as sp

from knowledge.papers import Difficulty
from knowledge.words import terms

X, Y = sp.symbols("x y")
Level = Difficulty


@dataclass(frozen=True)
class Problem:
    """One problem: `steps` is the working, the last step the answer; `wrong` are answers by usual errors."""

    text: str
    answer: str
    steps: tuple[str, ...]
    wrong: tuple[str, ...]
    holds: bool


Maker = Callable[[Random, Level], Problem]


@dataclass(frozen=True)
class Generator:
    """A maker and the words of the topics it is for."""

    name: str
    words: frozenset[str]
    make: Maker


GENERATORS: list[Generator] = []


def about(*phrases: str) -> Callable[[Maker], Maker]:
    """Register a maker for topics that hold all the words of one of the phrases."""

    def register(make: Maker) -> Maker:
        for phrase in phrases:
            GENERATORS.append(Generator(make.__name__, frozenset(terms(phrase)), make))
        return make

    return register


def for_topic(topic: str) -> list[Maker]:
    """The makers for a topic, the most closely named first; none when the topic is not of this kind."""
    words = set(terms(topic))
    fitting = [one for one in GENERATORS if one.words <= words]
    most = max((len(one.words) for one in fitting), default=0)
    makers: dict[str, Maker] = {}
    for one in sorted(fitting, key=lambda one: -len(one.words)):
        if len(one.words) >= most - 1:
            makers.setdefault(one.name, one.make)
    return list(makers.values())


def show(expression: object) -> str:
    """An expression the way a school writes it: x² − 3x + 2."""
    text = sp.sstr(expression, order="lex") if isinstance(expression, sp.Basic) else str(expression)
    for power, sign in (("**2", "²"), ("**3", "³"), ("**4", "⁴")):
        text = text.replace(power, sign)
    return text.replace("*", "").replace(" - ", " − ").replace("-", "−")


def raised(number: int) -> str:
    """An exponent in raised figures."""
    return str(number).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))


def nonzero(random: Random, low: int, high: int) -> int:
    return random.choice([n for n in range(low, high + 1) if n])


def span(level: Level, easy: int, medium: int, hard: int) -> int:
    return {Level.EASY: easy, Level.MEDIUM: medium, Level.HARD: hard}[level]


def roots_text(first: object, second: object) -> str:
    return f"x = {show(first)} or x = {show(second)}"


@about("quadratic equation", "quadratic")
def quadratic_by_factors(random: Random, level: Level) -> Problem:
    """Integer roots; with a leading coefficient when hard."""
    size = span(level, 6, 9, 9)
    p, q = nonzero(random, -size, size), nonzero(random, -size, size)
    a = random.choice([2, 3]) if level is Level.HARD else 1
    expression = sp.expand((a * X - p) * (X - q))
    roots = sorted({sp.Rational(p, a), sp.Integer(q)})
    answer = roots_text(*roots) if len(roots) == 2 else f"x = {show(roots[0])} (a repeated root)"
    negated = sorted(-root for root in roots)
    wrong = (
        roots_text(*negated) if len(roots) == 2 else f"x = {show(-roots[0])} (a repeated root)",
        roots_text(roots[0], -roots[-1]), roots_text(-roots[0], roots[-1]), roots_text(roots[0] + 1, roots[-1] + 1),
        roots_text(p * q, p + q),
    )  # fmt: skip
    factors = f"({show(a * X - p)})({show(X - q)})"
    return Problem(
        f"Solve the equation {show(expression)} = 0.", answer,
        (f"Factorise: {show(expression)} = {factors}", "Put each factor equal to zero", answer), wrong,
        set(sp.solve(expression, X)) == set(roots),
    )  # fmt: skip


@about("quadratic equation")
def quadratic_from_roots(random: Random, level: Level) -> Problem:
    """The equation with given roots."""
    size = span(level, 5, 8, 12)
    p, q = nonzero(random, -size, size), nonzero(random, -size, size)
    right = sp.expand((X - p) * (X - q))
    others = (
        sp.expand((X + p) * (X + q)),
        X**2 + (p + q) * X - p * q,
        sp.expand((X - p) * (X + q)),
        sp.expand((X + p) * (X - q)),
    )
    return Problem(
        f"Form the quadratic equation whose roots are {show(p)} and {show(q)}.", f"{show(right)} = 0",
        (f"Sum of the roots: {show(p + q)}; product of the roots: {show(p * q)}", "x² − (sum)x + product = 0", f"{show(right)} = 0"),
        tuple(f"{show(other)} = 0" for other in others), right.subs(X, p) == 0 and right.subs(X, q) == 0,
    )  # fmt: skip


@about("quadratic equation")
def quadratic_discriminant(random: Random, level: Level) -> Problem:
    """How many real roots, by the discriminant."""
    size = span(level, 4, 6, 9)
    a, b, c = random.randint(1, span(level, 1, 3, 5)), random.randint(-size, size), nonzero(random, -size, size)
    value = b * b - 4 * a * c
    kinds = ("two different real roots", "one repeated real root", "no real roots")
    answer = kinds[0] if value > 0 else kinds[1] if value == 0 else kinds[2]
    real = [root for root in sp.solve(a * X**2 + b * X + c, X) if root.is_real]
    expected = {2: kinds[0], 1: kinds[1], 0: kinds[2]}[len(real)]
    return Problem(
        f"Without solving it, say what kind of roots the equation {show(a * X**2 + b * X + c)} = 0 has.", answer,
        (f"b² − 4ac = ({show(b)})² − 4 × {a} × ({show(c)}) = {show(value)}",
         f"It is {'positive' if value > 0 else 'zero' if value == 0 else 'negative'}", answer),
        (*(kind for kind in kinds if kind != answer), "more than two real roots"), expected == answer,
    )  # fmt: skip


@about("quadratic equation", "complet square")
def quadratic_completing(random: Random, level: Level) -> Problem:
    """Roots of the form h ± √k."""
    h, k = nonzero(random, -span(level, 3, 5, 8), span(level, 3, 5, 8)), random.choice([2, 3, 5, 6, 7])
    expression = sp.expand((X - h) ** 2 - k)
    answer = f"x = {show(h)} ± √{k}"
    found = {sp.simplify(root - h) for root in sp.solve(expression, X)}
    return Problem(
        f"Solve {show(expression)} = 0 by completing the square.", answer,
        (f"{show(sp.expand((X - h) ** 2) - h * h)} = {show(k - h * h)}", f"({show(X - h)})² = {k}", answer),
        (f"x = {show(-h)} ± √{k}", f"x = {show(h)} ± {k}", f"x = {show(h)} ± √{k + h * h}", f"x = {show(2 * h)} ± √{k}"),
        found == {sp.sqrt(k), -sp.sqrt(k)},
    )  # fmt: skip


@about("linear equation", "simple equation", "equation one unknown")
def linear_equation(random: Random, level: Level) -> Problem:
    """ax + b = cx + d with an integer solution; with a bracket when hard."""
    root = nonzero(random, -span(level, 6, 9, 12), span(level, 6, 9, 12))
    a = random.randint(2, span(level, 5, 7, 9))
    c = 0 if level is Level.EASY else random.choice([n for n in range(-4, 7) if n not in (0, a)])
    b = nonzero(random, -9, 9)
    right = a * root + b - c * root
    left_text = f"{a}({show(X + b)})" if level is Level.HARD else show(a * X + b)
    if level is Level.HARD:
        right = a * (root + b) - c * root
    left = a * (X + b) if level is Level.HARD else a * X + b
    right_text = show(c * X + right) if c else show(right)
    moved = right - (a * b if level is Level.HARD else b)
    steps = [f"Open the bracket: {show(sp.expand(left))} = {right_text}"] if level is Level.HARD else []
    return Problem(
        f"Solve the equation {left_text} = {right_text}.", f"x = {show(root)}",
        (*steps, f"Collect like terms: {show((a - c) * X)} = {show(moved)}", f"x = {show(root)}"),
        (f"x = {show(-root)}", f"x = {show(sp.Rational(right + b, a - c))}", f"x = {show(root + 1)}", f"x = {show(moved)}",
         f"x = {show(root - 2)}"),
        sp.solve(sp.Eq(left, c * X + right), X) == [root],
    )  # fmt: skip


@about("linear inequality", "inequality")
def linear_inequality(random: Random, level: Level) -> Problem:
    """With a negative coefficient from medium on, where the sign turns."""
    bound, a = nonzero(random, -8, 8), random.randint(2, span(level, 5, 7, 9))
    a = -a if level is not Level.EASY else a
    b = nonzero(random, -9, 9)
    right = a * bound + b
    sign = "<" if a > 0 else ">"  # dividing by a negative number turns it
    answer = f"x < {show(bound)}"
    solved = sp.solveset(sp.Lt(a * X + b, right) if sign == "<" else sp.Gt(a * X + b, right), X, sp.S.Reals)
    return Problem(
        f"Solve the inequality {show(a * X + b)} {sign} {show(right)}.", answer,
        (f"{show(a * X)} {sign} {show(right - b)}", *(["Divide by a negative number: the sign turns"] if a < 0 else []), answer),
        (f"x > {show(bound)}", f"x < {show(-bound)}", f"x > {show(-bound)}", f"x < {show(right - b)}"),
        solved == sp.Interval.open(-sp.oo, bound),
    )  # fmt: skip


@about("simultaneous linear equation", "simultaneous equation", "simultaneous")
def simultaneous(random: Random, level: Level) -> Problem:
    """Two equations with an integer solution."""
    x, y = nonzero(random, -6, 7), nonzero(random, -6, 7)
    most = span(level, 3, 5, 8)
    while True:
        a, b, c, d = (nonzero(random, 1 if level is Level.EASY else -most, most) for _ in range(4))
        if a * d != b * c:
            break
    first, second = a * X + b * Y, c * X + d * Y
    e, f = a * x + b * y, c * x + d * y
    solved = sp.solve([first - e, second - f], [X, Y])
    times = f"Multiply to make the coefficients of y equal and subtract: {show((a * d - b * c) * X)} = {show(e * d - f * b)}"
    return Problem(
        f"Solve the simultaneous equations {show(first)} = {show(e)} and {show(second)} = {show(f)}.",
        f"x = {show(x)}, y = {show(y)}", (times, f"x = {show(x)}", f"Put x into an equation: y = {show(y)}"),
        (f"x = {show(y)}, y = {show(x)}", f"x = {show(-x)}, y = {show(y)}", f"x = {show(x)}, y = {show(-y)}",
         f"x = {show(-x)}, y = {show(-y)}", f"x = {show(x + 1)}, y = {show(y - 1)}"),
        solved == {X: x, Y: y},
    )  # fmt: skip


@about("factorisation", "factorise", "factor quadratic expression")
def factorise(random: Random, level: Level) -> Problem:
    """Quadratic expressions; a common factor when easy."""
    if level is Level.EASY:
        a, b, k = random.randint(2, 5), random.choice([3, 5, 7]), random.randint(2, 6)
        expression, answer = k * a * X + k * b, f"{k}({show(a * X + b)})"
        wrong = (
            f"{k}({show(a * X + k * b)})",
            f"{k}({show(k * a * X + b)})",
            f"{a}({show(k * X + b)})",
            f"{k + 1}({show(a * X + b)})",
        )
        return Problem(f"Factorise {show(expression)}.", answer, (f"The common factor is {k}", answer), wrong,
                       sp.expand(k * (a * X + b)) == expression)  # fmt: skip
    p, q = nonzero(random, -9, 9), nonzero(random, -9, 9)
    expression = sp.expand((X + p) * (X + q))
    pair = lambda m, n: "".join(f"({show(X + k)})" for k in sorted((m, n)))  # noqa: E731
    return Problem(
        f"Factorise {show(expression)}.", pair(p, q),
        (f"Two numbers with the product {show(p * q)} and the sum {show(p + q)}: {show(p)} and {show(q)}", pair(p, q)),
        (pair(-p, -q), pair(p, -q), pair(-p, q), pair(p + 1, q - 1), pair(p * q, 1)),
        sp.expand((X + p) * (X + q)) == expression,
    )  # fmt: skip


@about("expansion", "expand bracket", "algebraic expression")
def expand_brackets(random: Random, level: Level) -> Problem:
    """Two brackets, or one number times a bracket twice."""
    a, b, c, d = (nonzero(random, -7, 7) for _ in range(4))
    if level is Level.EASY:
        a, b, c = abs(a) + 1, b, abs(c) + 1
        expression, text = a * (X + b) + c * X, f"{a}({show(X + b)}) + {show(c * X)}"
    else:
        expression, text = (X + b) * (c * X + d), f"({show(X + b)})({show(c * X + d)})"
    right = sp.expand(expression)
    others = (right + b, right - 2 * b * X, sp.expand(right + 2), sp.expand(right - X))
    return Problem(
        f"Expand and simplify {text}.", show(right), ("Multiply every term of the bracket", f"Collect like terms: {show(right)}"),
        tuple(show(sp.expand(other)) for other in others), sp.simplify(right - expression) == 0,
    )  # fmt: skip


@about("change subject formula", "subject formula")
def change_subject(random: Random, level: Level) -> Problem:
    """Make a letter the subject."""
    a, b = random.randint(2, 9), random.randint(1, 9)
    p, q = sp.symbols("p q")
    if level is Level.EASY:
        return Problem(f"Make q the subject of the formula p = {a}q + {b}.", f"q = (p − {b})/{a}",
                       (f"p − {b} = {a}q", f"q = (p − {b})/{a}"),
                       (f"q = (p + {b})/{a}", f"q = {a}(p − {b})", f"q = p/{a} − {b}", f"q = {a}p + {b}"),
                       sp.solve(a * q + b - p, q) == [(p - b) / sp.Integer(a)])  # fmt: skip
    return Problem(
        f"Make q the subject of the formula p = {a}/(q + {b}).", f"q = {a}/p − {b}",
        (f"p(q + {b}) = {a}", f"q + {b} = {a}/p", f"q = {a}/p − {b}"),
        (f"q = {a}/p + {b}", f"q = p/{a} − {b}", f"q = {a}p − {b}", f"q = ({a} + {b})/p"),
        sp.simplify(sp.solve(a / (q + b) - p, q)[0] - (a / p - b)) == 0,
    )  # fmt: skip


def fraction(value: Fraction) -> str:
    """A fraction, as a mixed number when it is more than one."""
    if value.denominator == 1:
        return str(value.numerator).replace("-", "−")
    whole, rest = divmod(abs(value.numerator), value.denominator)
    sign = "−" if value < 0 else ""
    return f"{sign}{f'{whole} ' if whole else ''}{rest}/{value.denominator}"
