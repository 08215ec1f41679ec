#!/usr/bin/env python3
"""Makes number-vectors.txt: what Python's decimal module answers, for the tests of Number.

    python3 make_number_vectors.py > number-vectors.txt

A line is `operation operand... result`, the parts separated by blanks. A result that is out of range is the word
`overflow` or `underflow`. The output depends on nothing but this file.
"""
import random
import struct
from decimal import Context, Decimal, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP

DIGITS = 38
MAXIMUM_ADJUSTED = 125
MINIMUM_ADJUSTED = -130
MINIMUM_EXPONENT = MINIMUM_ADJUSTED - DIGITS + 1

ARITHMETIC = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=-99999, Emax=99999)
EXACT = Context(prec=2000, rounding=ROUND_HALF_EVEN, Emin=-99999, Emax=99999)
ROUNDINGS = [("even", ROUND_HALF_EVEN), ("away", ROUND_HALF_UP), ("zero", ROUND_DOWN), ("down", ROUND_FLOOR),
             ("up", ROUND_CEILING)]

randomness = random.Random(20260501)


def result(value):
    """The text of a result, or the word for why there is none."""
    if value == 0:
        exponent = min(max(value.as_tuple().exponent, MINIMUM_EXPONENT), MAXIMUM_ADJUSTED)
        return str(Decimal((0, (0,), exponent)))
    if value.adjusted() > MAXIMUM_ADJUSTED:
        return "overflow"
    if value.adjusted() < MINIMUM_ADJUSTED:
        return "underflow"
    return str(value)


def number(digits, exponent, negative):
    return Decimal((1 if negative else 0, tuple(int(d) for d in str(digits)), exponent))


def in_range(value):
    if value == 0:
        return MINIMUM_EXPONENT <= value.as_tuple().exponent <= MAXIMUM_ADJUSTED
    return MINIMUM_ADJUSTED <= value.adjusted() <= MAXIMUM_ADJUSTED


def random_digits():
    """A coefficient of any length; runs of nines, zeros and fives are common, because they are where rounding fails."""
    length = randomness.choice([1, 1, 2, 3, 5, 9, 17, 18, 19, 20, 21, 30, 36, 37, 38, 38])
    kind = randomness.randrange(6)
    if kind == 0:
        return int("9" * length)
    if kind == 1:
        return int("1" + "0" * (length - 1))
    if kind == 2:
        return int("5" + "0" * (length - 1))
    if kind == 3:
        head = str(randomness.randrange(1, 10 ** min(length, 8)))
        return int((head + "0" * length)[:length])
    return randomness.randrange(10 ** (length - 1), 10 ** length)


def random_number():
    while True:
        digits = random_digits() if randomness.randrange(40) else 0
        span = randomness.choice([0, 2, 2, 10, 40, 80, 167])
        value = number(digits, randomness.randint(-span, span), randomness.random() < 0.4)
        if in_range(value):
            return value


def near(value):
    """A number that differs from `value` by little, or not at all but in its scale."""
    kind = randomness.randrange(4)
    sign, digits, exponent = value.as_tuple()
    if kind == 0 and len(digits) < DIGITS:
        zeros = randomness.randint(1, DIGITS - len(digits))
        return Decimal((sign, digits + (0,) * zeros, exponent - zeros))
    step = Decimal((randomness.randrange(2), (randomness.randint(0, 2),), exponent))
    return ARITHMETIC.add(value, step)


EXTREMES = [Decimal(text) for text in [
    "0", "0.00", "0E+10", "1", "-1", "1.0", "10", "1E+1", "9", "-9.9", "0.1", "0.5", "-0.5", "2.5", "1.5", "1E-130",
    "-1E-130", "1.5E-130", "9.9E-130", "1E-129", "1E+125", "-1E+125", "9E+125", "5E+124",
    "9.9999999999999999999999999999999999999E+125", "-9.9999999999999999999999999999999999999E+125",
    "9.9999999999999999999999999999999999999E-93", "99999999999999999999999999999999999999",
    "99999999999999999999999999999999999998", "12345678901234567890123456789012345678",
    "10000000000000000000000000000000000000", "50000000000000000000000000000000000000",
    "0.99999999999999999999999999999999999999", "18446744073709551615", "18446744073709551616", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "3", "7", "-3", "0.3", "1E-38", "1E-39", "5E-39", "5.0001E-39",
    "1E+38", "1E+39",
]]


def emit(*parts):
    print(*parts)


def emit_pair(left, right):
    left_text, right_text = result(left), result(right)
    emit("add", left_text, right_text, result(ARITHMETIC.add(left, right)))
    emit("subtract", left_text, right_text, result(ARITHMETIC.subtract(left, right)))
    emit("multiply", left_text, right_text, result(ARITHMETIC.multiply(left, right)))
    emit("compare", left_text, right_text, int(EXACT.compare(left, right)))
    if right != 0:
        emit("divide", left_text, right_text, result(ARITHMETIC.divide(left, right)))
        emit("remainder", left_text, right_text, result(EXACT.remainder(left, right)))


def emit_roundings(value):
    for name, rounding in ROUNDINGS:
        scale = randomness.randint(-3, 12)
        if value.as_tuple().exponent < -scale:
            rounded = value.quantize(Decimal((0, (1,), -scale)), rounding=rounding, context=EXACT)
            emit("round-" + name, result(value), scale, result(rounded))


def emit_parsing(text):
    """Literals of more than 38 digits are rounded."""
    emit("parse", text, result(ARITHMETIC.plus(Decimal(text))))


def emit_double(value):
    emit("double", result(value), struct.pack(">d", float(value)).hex())


def main():
    print("# Made by make_number_vectors.py; do not edit.")
    for left in EXTREMES:
        for right in EXTREMES[::5]:
            emit_pair(left, right)
    for _ in range(350):
        emit_pair(random_number(), random_number())
    for _ in range(150):
        left = random_number()
        right = near(left)
        if in_range(right):
            emit_pair(left, right)
    for value in EXTREMES + [random_number() for _ in range(250)]:
        emit_roundings(value)
        emit_double(value)
    for _ in range(200):
        digits = "".join(randomness.choice("0123456789") for _ in range(randomness.randint(1, 60)))
        digits = randomness.choice([digits, digits[:38] + "5", digits[:38] + "50000", digits[:38] + "500001", "9" * 40])
        point = randomness.randint(0, len(digits) - 1)
        text = digits[:point] + "." + digits[point:] if randomness.random() < 0.6 else digits
        if randomness.random() < 0.4:
            text += randomness.choice("eE") + randomness.choice(["", "+", "-"]) + str(randomness.randint(0, 140))
        emit_parsing(randomness.choice(["", "-", "+"]) + text)


main()
