"""Problems in arithmetic, measurement and data, made from parameters. Registered with `knowledge.problems`."""

import math
from fractions import Fraction
from random import Random
from statistics import median

import sympy as sp

from knowledge.problems import Level, Problem, X, Y, about, fraction, nonzero, raised, show, span


def naira(value: Fraction | int) -> str:
    number = float(value)
    return f"₦{number:,.2f}".removesuffix(".00")


@about("standard form")
def standard_form(random: Random, level: Level) -> Problem:
    """Large numbers when easy, small ones too from medium on."""
    power = random.randint(3, 6) if level is Level.EASY else nonzero(random, -6, 7)
    power = 3 if power in (1, 2) else -3 if power == -1 else power
    figures = random.randint(101, 999)
    value = sp.Rational(figures, 100) * sp.Integer(10) ** power
    plain = f"{int(value):,}" if power >= 2 else f"{float(value):.{2 - power}f}"
    mantissa = f"{figures / 100:.2f}".rstrip("0").rstrip(".")
    wrong_mantissa = f"{figures / 10:.1f}".rstrip("0").rstrip(".")
    answer = f"{mantissa} × 10{raised(power)}"
    return Problem(
        f"Write {plain} in standard form.", answer,
        (f"Move the point to get a number from 1 to 10: {mantissa}", answer),
        (f"{mantissa} × 10{raised(-power)}", f"{mantissa} × 10{raised(power + 1)}", f"{mantissa} × 10{raised(power - 1)}",
         f"{wrong_mantissa} × 10{raised(power)}"),
        sp.Rational(mantissa) * sp.Integer(10) ** power == value,
    )  # fmt: skip


@about("laws of indices", "indices", "power base")
def indices(random: Random, level: Level) -> Problem:
    """Products and quotients of powers."""
    base, m, n = random.choice([2, 3, 5, 7]), random.randint(2, 9), random.randint(2, 7)
    if level is Level.EASY:
        text, power, rule = f"{base}{raised(m)} × {base}{raised(n)}", m + n, "add the indices"
    elif level is Level.MEDIUM:
        text, power, rule = f"{base}{raised(m)} ÷ {base}{raised(n)}", m - n, "subtract the indices"
    else:
        text, power, rule = (
            f"({base}{raised(m)})² ÷ {base}{raised(n)}",
            2 * m - n,
            "multiply, then subtract the indices",
        )
    value = {Level.EASY: sp.Integer(base) ** (m + n), Level.MEDIUM: sp.Integer(base) ** m / sp.Integer(base) ** n}.get(
        level, (sp.Integer(base) ** m) ** 2 / sp.Integer(base) ** n
    )
    others = [other for other in (m * n, m + n, m - n, power + 1, power - 1, 2 * m + n) if other != power]
    return Problem(
        f"Simplify {text}, leaving the answer in index form.", f"{base}{raised(power)}",
        (f"Same base: {rule}", f"{base}{raised(power)}"), tuple(f"{base}{raised(other)}" for other in dict.fromkeys(others)),
        value == sp.Integer(base) ** power,
    )  # fmt: skip


@about("directed number", "integer")
def directed(random: Random, level: Level) -> Problem:
    """The four rules with signs."""
    a, b, c = -random.randint(2, 12), nonzero(random, -12, 12), -random.randint(2, 6)
    signed = lambda n: f"({show(n)})" if n < 0 else str(n)  # noqa: E731
    if level is Level.EASY:
        text, value = f"{signed(a)} + {signed(b)}", a + b
        wrong = (a - b, b - a, -(a + b), abs(a) + abs(b))
    elif level is Level.MEDIUM:
        text, value = f"{signed(a)} − {signed(b)} × {signed(c)}", a - b * c
        wrong = ((a - b) * c, a + b * c, -(a - b * c), a - b + c)
    else:
        text, value = f"{signed(a)} × {signed(c)} − ({signed(b)} − {signed(a)})", a * c - (b - a)
        wrong = (a * c - b - a, -a * c - (b - a), a * c + (b - a), a * (c - b + a))
    options = tuple(dict.fromkeys(show(other) for other in (*wrong, value + 2, value - 2) if other != value))
    return Problem(f"Work out {text}.", show(value), ("Multiply and divide before adding and subtracting", show(value)), options,
                   sp.sympify(text.replace("−", "-").replace("×", "*")) == value)  # fmt: skip


def _factors(number: int) -> str:
    return " × ".join(
        f"{prime}{raised(times) if times > 1 else ''}" for prime, times in sorted(sp.factorint(number).items())
    )


@about("highest common factor", "lowest common multiple", "prime factor")
def hcf_lcm(random: Random, level: Level) -> Problem:
    """Of two numbers; of three when hard."""
    unit = random.choice([2, 3, 4, 6])
    numbers = sorted({unit * random.randint(2, span(level, 6, 10, 14)) for _ in range(8)})[
        : 3 if level is Level.HARD else 2
    ]
    lcm = random.random() < 0.5
    value = math.lcm(*numbers) if lcm else math.gcd(*numbers)
    other = math.gcd(*numbers) if lcm else math.lcm(*numbers)
    name = "lowest common multiple" if lcm else "highest common factor"
    factors = "; ".join(f"{n} = {_factors(n)}" for n in numbers)
    listed = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
    wrong = tuple(
        dict.fromkeys(str(w) for w in (other, value * 2, math.prod(numbers), value + unit, max(numbers)) if w != value)
    )
    return Problem(f"Find the {name} of {listed}.", str(value), (f"Prime factors: {factors}", str(value)), wrong,
                   int(sp.ilcm(*numbers) if lcm else sp.igcd(*numbers)) == value)  # fmt: skip


@about("fraction", "addition subtraction fraction")
def fractions(random: Random, level: Level) -> Problem:
    """Sums and differences; products when hard."""
    a, b = (
        Fraction(random.randint(1, 7), random.choice([3, 4, 5, 8])),
        Fraction(random.randint(1, 5), random.choice([2, 3, 6, 7])),
    )
    sign = "×" if level is Level.HARD else random.choice("+−")
    first, second = max(a, b), min(a, b)
    value = first * second if sign == "×" else first + second if sign == "+" else first - second
    if value == 0:
        return fractions(random, level)
    naive = Fraction(first.numerator + second.numerator, first.denominator + second.denominator)
    wrong = dict.fromkeys(
        fraction(other) for other in (naive, first + second, first - second, first * second, value + Fraction(1, 2), value / 2)
        if other not in (value, 0)
    )  # fmt: skip
    proof = sp.Rational(first.numerator, first.denominator), sp.Rational(second.numerator, second.denominator)
    checked = proof[0] * proof[1] if sign == "×" else proof[0] + proof[1] if sign == "+" else proof[0] - proof[1]
    common = f"Common denominator: {math.lcm(first.denominator, second.denominator)}"
    return Problem(
        f"Work out {fraction(first)} {sign} {fraction(second)} in its lowest terms.", fraction(value),
        ("Multiply the numerators and the denominators" if sign == "×" else common, fraction(value)), tuple(wrong),
        checked == sp.Rational(value.numerator, value.denominator),
    )  # fmt: skip


INTEREST = {
    Level.EASY: ("interest",), Level.MEDIUM: ("interest", "amount"), Level.HARD: ("rate", "time", "principal"),
}  # fmt: skip


@about("simple interest", "commercial arithmetic")
def simple_interest(random: Random, level: Level) -> Problem:
    """The interest when easy, or the amount; the rate, the time or the principal when hard."""
    principal, rate, years = random.randint(2, 60) * 1000, random.choice([3, 4, 5, 6, 8, 10]), random.randint(2, 6)
    interest = principal * rate * years // 100
    known = {"I": interest, "P": principal, "R": rate, "T": years}
    asked = random.choice(INTEREST[level])
    unknown = {"interest": "I", "amount": "I", "rate": "R", "time": "T", "principal": "P"}[asked]
    law = sp.Eq(sp.Symbol("I"), sp.Symbol("P") * sp.Symbol("R") * sp.Symbol("T") / 100)
    solved = sp.solve(law.subs({sp.Symbol(name): value for name, value in known.items() if name != unknown}))
    holds = solved == [known[unknown]]
    earned = f"{naira(principal)} earned {naira(interest)} simple interest"
    usual = (interest * 10, principal * rate // 100, principal * rate * years)
    if asked == "rate":
        text, answer = f"{earned} in {years} years. Find the rate for a year.", f"{rate} percent"
        working = ("R = 100 × I ÷ (P × T)", f"R = 100 × {naira(interest)} ÷ ({naira(principal)} × {years})")
        wrong = [f"{value} percent" for value in (rate + 1, rate * 2, rate + 2, rate + 3)]
    elif asked == "time":
        text, answer = f"{earned} at {rate} percent a year. For how many years was it saved?", f"{years} years"
        working = ("T = 100 × I ÷ (P × R)", f"T = 100 × {naira(interest)} ÷ ({naira(principal)} × {rate})")
        wrong = [f"{value} years" for value in (years + 1, years * 2, years + 2, years + 3)]
    elif asked == "principal":
        text = (
            f"A sum saved for {years} years at {rate} percent simple interest a year earned {naira(interest)}. Find it."
        )
        answer = naira(principal)
        working = ("P = 100 × I ÷ (R × T)", f"P = 100 × {naira(interest)} ÷ ({rate} × {years})")
        wrong = [naira(value) for value in (principal + interest, principal * 2, principal - interest, usual[0])]
    elif asked == "amount":
        text = f"Find the amount after {years} years when {naira(principal)} is saved at {rate} percent simple interest a year."
        answer = naira(principal + interest)
        working = ("I = P × R × T ÷ 100", f"I = {naira(interest)}")
        wrong = [naira(value) for value in (interest, *usual)]
    else:
        text = f"Find the simple interest on {naira(principal)} for {years} years at {rate} percent a year."
        answer, working = naira(interest), ("I = P × R × T ÷ 100",)
        wrong = [naira(value) for value in (principal + interest, *usual)]
    last = {"rate": "R", "time": "T", "principal": "P", "amount": "Amount = P + I", "interest": "I"}[asked]
    others = tuple(dict.fromkeys(value for value in wrong if value != answer))
    return Problem(text, answer, (*working, f"{last} = {answer}"), others, holds)


@about("compound interest", "depreciation")
def compound_interest(random: Random, level: Level) -> Problem:
    """Two years step by step; three when hard."""
    principal, rate, years = random.randint(1, 20) * 10_000, random.choice([5, 10, 20]), 3 if level is Level.HARD else 2
    amount = Fraction(principal)
    steps: list[str] = []
    for year in range(1, years + 1):
        amount += amount * rate / 100
        steps.append(f"After year {year}: {naira(amount)}")
    simple = principal + Fraction(principal * rate * years, 100)
    wrong = tuple(
        naira(w) for w in (simple, amount - principal, amount + principal * Fraction(rate, 100), simple - principal)
    )
    return Problem(
        f"{naira(principal)} is saved at {rate} percent compound interest a year. Find the amount after {years} years.",
        naira(amount), tuple(steps), wrong,
        sp.Rational(amount.numerator, amount.denominator) == principal * (1 + sp.Rational(rate, 100)) ** years,
    )  # fmt: skip


@about("ratio", "fraction ratio percentage")
def ratio(random: Random, level: Level) -> Problem:
    """Share a quantity in a ratio of two, or of three when hard."""
    parts = [random.randint(1, 7) for _ in range(3 if level is Level.HARD else 2)]
    unit = random.randint(3, span(level, 12, 25, 60))
    total, which = unit * sum(parts), random.randrange(len(parts))
    value = unit * parts[which]
    names = ("first", "second", "third")
    wrong = dict.fromkeys(
        str(w)
        for w in (unit, total // len(parts), total - value, value + unit, value * 2, value + 2)
        if w not in (value, 0)
    )
    return Problem(
        f"{total} oranges are shared in the ratio {' : '.join(map(str, parts))}. How many are in the {names[which]} share?", str(value),
        (f"Parts altogether: {sum(parts)}", f"One part: {total} ÷ {sum(parts)} = {unit}", str(value)), tuple(wrong),
        sp.Rational(total * parts[which], sum(parts)) == value,
    )  # fmt: skip


@about(
    "percentage", "profit loss", "discount", "everyday arithmetic", "commercial arithmetic", "fraction ratio percentage"
)
def percentage(random: Random, level: Level) -> Problem:
    """An increase or a decrease; the price before when hard."""
    price, rate = random.randint(4, 90) * 100, random.choice([5, 10, 15, 20, 25])
    rises = random.random() < 0.5
    value = Fraction(price * (100 + rate if rises else 100 - rate), 100)
    word = "profit" if rises else "discount"
    if level is Level.HARD:
        text = f"After a {word} of {rate} percent the price of a bag is {naira(value)}. What was it before?"
        wrong = (
            value,
            value * (100 - rate if rises else 100 + rate) / 100,
            price + 100,
            value + price * Fraction(rate, 100),
        )
        return Problem(text, naira(price), (f"{naira(value)} is {100 + rate if rises else 100 - rate} percent", naira(price)),
                       tuple(naira(Fraction(w)) for w in wrong if w != price), sp.Rational(value.numerator, value.denominator) * 100 / (100 + (rate if rises else -rate)) == price)  # fmt: skip
    sells = (
        f"A trader buys a bag for {naira(price)} and sells it at a profit of {rate} percent. Find the selling price."
    )
    text = sells if rises else f"A bag of {naira(price)} is sold at a discount of {rate} percent. Find the price paid."
    change = Fraction(price * rate, 100)
    wrong = dict.fromkeys(
        naira(w)
        for w in (change, price + change if not rises else price - change, value + rate, Fraction(price + rate))
        if w != value
    )
    return Problem(text, naira(value), (f"{rate} percent of {naira(price)} is {naira(change)}", naira(value)), tuple(wrong),
                   sp.Rational(price) * (1 + sp.Rational(rate if rises else -rate, 100)) == sp.Rational(value.numerator, value.denominator))  # fmt: skip


@about("number base", "base two number", "base ten")
def number_bases(random: Random, level: Level) -> Problem:
    """From base ten to base two or eight; back when medium."""
    base = 2 if level is not Level.HARD else 8
    value = random.randint(9, span(level, 40, 90, 400))
    digits = "".join(str(d) for d in sp.ntheory.digits(value, base)[1:])
    below = lambda text: text + "".join("₀₁₂₃₄₅₆₇₈₉"[int(d)] for d in str(base))  # noqa: E731
    if level is Level.MEDIUM:
        wrong = (value + 1, value - 2, value * 2, int(digits, base) + base)
        return Problem(f"Change {below(digits)} to base ten.", str(value), (f"Add the place values of base {base}", str(value)),
                       tuple(str(w) for w in wrong if w != value), int(digits, base) == value)  # fmt: skip
    near = [value + 1, value - 1, value + base, value - base]
    wrong = tuple(below("".join(str(d) for d in sp.ntheory.digits(w, base)[1:])) for w in near)
    return Problem(f"Change {value} to base {'two' if base == 2 else 'eight'}.", below(digits),
                   (f"Divide by {base} again and again and keep the remainders", below(digits)), wrong, int(digits, base) == value)  # fmt: skip


@about("direct inverse variation", "variation")
def variation(random: Random, level: Level) -> Problem:
    """Direct when easy; inverse from medium on."""
    k, a, b = random.randint(2, 9), random.randint(2, 8), random.randint(9, 15)
    if level is Level.EASY:
        value, text = Fraction(k * b), f"y varies directly as x, and y = {k * a} when x = {a}. Find y when x = {b}."
        working = f"y = kx, k = {k}"
    else:
        value, text = (
            Fraction(k * a * b, b + 1),
            f"y varies inversely as x, and y = {k * b} when x = {a}. Find y when x = {b + 1}.",
        )
        working = f"xy = k, k = {k * a * b}"
    wrong = dict.fromkeys(
        fraction(w) for w in (value + k, value * 2, Fraction(k * b * (b + 1), a), Fraction(k)) if w != value
    )
    holds = value == k * b if level is Level.EASY else value * (b + 1) == a * (k * b)
    return Problem(
        text, f"y = {fraction(value)}", (working, f"y = {fraction(value)}"), tuple(f"y = {w}" for w in wrong), holds
    )


@about("pythagora theorem", "right angled triangle pythagora", "Pythagoras")
def pythagoras(random: Random, level: Level) -> Problem:
    """Pythagorean triples; the hypotenuse when easy, a leg otherwise."""
    a, b, c = random.choice([(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29)])
    k = random.randint(1, span(level, 2, 3, 5))
    a, b, c = a * k, b * k, c * k
    if level is Level.EASY:
        text, value = f"A right-angled triangle has the shorter sides {a} cm and {b} cm. Find the hypotenuse.", c
        working = f"{a}² + {b}² = {c * c}"
    else:
        text, value = (
            f"The hypotenuse of a right-angled triangle is {c} cm and one side is {a} cm. Find the third side.",
            b,
        )
        working = f"{c}² − {a}² = {b * b}"
    wrong = tuple(f"{w} cm" for w in dict.fromkeys((a + b, abs(c - a), value + 1, value + 2, b + c)) if w != value)
    holds = sp.sqrt(a * a + b * b) == c
    return Problem(
        text,
        f"{value} cm",
        ("The square on the hypotenuse is the sum of the squares on the other sides", working, f"{value} cm"),
        wrong,
        bool(holds),
    )


@about("circumference area circle", "circle")
def circle(random: Random, level: Level) -> Problem:
    """With 22/7; the circumference when easy, the area otherwise."""
    r = 7 * random.randint(1, span(level, 3, 5, 9))
    area = level is not Level.EASY
    value = Fraction(22, 7) * (r * r if area else 2 * r)
    other = Fraction(22, 7) * (2 * r if area else r * r)
    unit = "cm²" if area else "cm"
    wrong = tuple(
        f"{int(w)} {unit}"
        for w in dict.fromkeys((other, value * 2, value / 2, value + 22))
        if w != value and w.denominator == 1
    )
    return Problem(
        f"Find the {'area' if area else 'circumference'} of a circle of radius {r} cm. Take π = 22/7.", f"{int(value)} {unit}",
        ("A = πr²" if area else "C = 2πr", f"{int(value)} {unit}"), wrong,
        sp.Rational(22, 7) * (r**2 if area else 2 * r) == int(value),
    )  # fmt: skip


@about("angle polygon", "polygon", "plane figure angle polygon")
def polygons(random: Random, level: Level) -> Problem:
    """The sum of the interior angles; one angle of a regular polygon; the number of sides when hard."""
    sides = random.choice([5, 6, 8, 9, 10, 12, 15, 18, 20])
    total, each = (sides - 2) * 180, 180 - 360 // sides
    n = sp.Symbol("n", positive=True)
    holds = sp.solve(sp.Eq((n - 2) * 180, total), n) == [sides]
    if level is Level.HARD:
        wrong = tuple(str(w) for w in (sides - 2, sides + 2, sides + 1, sides * 2))
        return Problem(f"Each interior angle of a regular polygon is {each}°. How many sides has it?", str(sides),
                       (f"Exterior angle: 180° − {each}° = {180 - each}°", f"360° ÷ {180 - each}° = {sides}", str(sides)), wrong, holds and sp.Rational(total, sides) == each)  # fmt: skip
    value = total if level is Level.EASY else each
    asked = "the sum of the interior angles" if level is Level.EASY else "each interior angle"
    shape = f"a polygon with {sides} sides" if level is Level.EASY else f"a regular polygon with {sides} sides"
    wrong = tuple(
        f"{w}°" for w in dict.fromkeys((sides * 180, total - 180, 360 // sides, total + 180, value + 10)) if w != value
    )
    return Problem(
        f"Find {asked} of {shape}.",
        f"{value}°",
        (f"Sum = ({sides} − 2) × 180° = {total}°", f"{value}°"),
        wrong,
        holds and sp.Rational(total, sides) == each,
    )


@about("gradient", "graph linear equation", "straight line")
def gradient(random: Random, level: Level) -> Problem:
    """Through two points; from an equation in general form when hard."""
    x, y, m = random.randint(-5, 5), random.randint(-5, 5), nonzero(random, -4, 4)
    dx = random.randint(1, 4)
    if level is Level.HARD:
        a, b, c = nonzero(random, -6, 6), nonzero(random, 2, 5), nonzero(random, -9, 9)
        slope = Fraction(-a, b)
        solved = sp.diff(sp.solve(a * X + b * Y - c, Y)[0], X)
        wrong = dict.fromkeys(
            fraction(w)
            for w in (-slope, Fraction(b, a), Fraction(-b, a), Fraction(a), slope + 1, slope - 2)
            if w != slope
        )
        return Problem(f"Find the gradient of the line {show(a * X + b * Y)} = {show(c)}.", fraction(slope),
                       (f"Make y the subject: the coefficient of x is {fraction(slope)}", fraction(slope)), tuple(wrong),
                       solved == sp.Rational(slope.numerator, slope.denominator))  # fmt: skip
    wrong = dict.fromkeys(
        fraction(w)
        for w in (
            Fraction(-m),
            Fraction(1, m),
            Fraction(m * dx),
            Fraction(m + 1),
            Fraction(-1, m),
            Fraction(m - 2),
            Fraction(m + 3),
        )
        if w != m
    )
    line = sp.interpolate([(x, y), (x + dx, y + m * dx)], X)
    return Problem(
        f"Find the gradient of the line through ({show(x)}, {show(y)}) and ({show(x + dx)}, {show(y + m * dx)}).", fraction(Fraction(m)),
        (f"Change in y: {show(m * dx)}; change in x: {dx}", fraction(Fraction(m))), tuple(wrong), sp.diff(line, X) == m,
    )  # fmt: skip


@about("probability", "mean median mode probability")
def probability(random: Random, level: Level) -> Problem:
    """One draw from a bag; "not" from medium on."""
    red, blue, green = (random.randint(2, span(level, 6, 9, 12)) for _ in range(3))
    total = red + blue + green
    value = Fraction(total - red, total) if level is not Level.EASY else Fraction(red, total)
    wrong = dict.fromkeys(
        fraction(w)
        for w in (1 - value, Fraction(red, blue + green), Fraction(1, total), Fraction(blue, total), Fraction(1, 3))
        if w != value
    )
    text = f"A bag holds {red} red, {blue} blue and {green} green balls. One is drawn at random. Find the probability that it is {'' if level is Level.EASY else 'not '}red."
    favourable = [ball for ball in range(total) if (ball < red) == (level is Level.EASY)]
    return Problem(
        text,
        fraction(value),
        (f"Balls altogether: {total}", fraction(value)),
        tuple(wrong),
        sp.Rational(len(favourable), total) == sp.Rational(value.numerator, value.denominator),
    )


@about("mean median mode", "statistic", "average")
def averages(random: Random, level: Level) -> Problem:
    """The mean, median or mode of a short list; the missing number when hard."""
    values = [random.randint(2, 20) for _ in range(span(level, 5, 7, 6))]
    if level is Level.HARD:
        mean, missing = random.randint(8, 14), 0
        missing = mean * (len(values) + 1) - sum(values)
        wrong = tuple(
            str(w) for w in dict.fromkeys((mean, missing + mean, abs(missing - 2), missing + 1)) if w != missing
        )
        return Problem(f"The mean of {', '.join(map(str, values))} and one more number is {mean}. Find the number.", str(missing).replace("-", "−"),
                       (f"Sum of all: {mean} × {len(values) + 1} = {mean * (len(values) + 1)}", f"Take away {sum(values)}", str(missing).replace("-", "−")), wrong,
                       sp.Rational(sum(values) + missing, len(values) + 1) == mean)  # fmt: skip
    mean, middle = Fraction(sum(values), len(values)), int(median(values))
    wants_mean = random.random() < 0.5 and mean.denominator == 1
    value = int(mean) if wants_mean else middle
    wrong = dict.fromkeys(
        str(w)
        for w in (values[len(values) // 2], int(mean), max(values), max(values) - min(values), value + 1, value + 2)
        if w != value
    )
    step = f"Sum {sum(values)} ÷ {len(values)}" if wants_mean else f"In order: {', '.join(map(str, sorted(values)))}"
    proof = sp.Rational(sum(values), len(values)) == value if wants_mean else sorted(values)[len(values) // 2] == value
    return Problem(
        f"Find the {'mean' if wants_mean else 'median'} of {', '.join(map(str, values))}.",
        str(value),
        (step, str(value)),
        tuple(wrong),
        bool(proof),
    )
