#!/usr/bin/env python3
"""Writes key-vectors.txt: numbers in ascending order by Python's decimal, each with its key code.

A line holds the key code in hexadecimal and then one or more texts of the same number. The code is computed from the
drawing in KeyCode.swift with decimal arithmetic alone, independently of the Swift code.

    python3 make_key_vectors.py > key-vectors.txt
"""

import random
from decimal import Context, Decimal, localcontext

SEED = 20260501
CONTEXT = Context(prec=80, Emin=-1000, Emax=1000)


def key_code(number: Decimal) -> bytes:
    """The bytes of a number's component."""
    if number == 0:
        return bytes([0x1D])
    magnitude = abs(number)
    exponent = 0
    while magnitude >= Decimal(100) ** exponent:
        exponent += 1
    while magnitude < Decimal(100) ** (exponent - 1):
        exponent -= 1
    digits = []
    rest = magnitude / Decimal(100) ** exponent
    while rest != 0:
        rest *= 100
        digits.append(int(rest))
        rest -= int(rest)
    if exponent < 0:
        code = [0x1E, exponent + 128]
    elif exponent <= 10:
        code = [0x1F + exponent]
    else:
        code = [0x2A, exponent]
    code += [2 * digit + 1 for digit in digits[:-1]] + [2 * digits[-1]]
    if number < 0:
        code = [0x3A - code[0]] + [255 - byte for byte in code[1:]]
    return bytes(code)


def numbers():
    """All small cases, the edges, and random numbers of all sizes."""
    for coefficient in [*range(0, 13), 19, 20, 90, *range(98, 102), 110, 999, 1000, 1001, 9999, 10000, 123456]:
        for exponent in (-130, -129, -3, -2, -1, 0, 1, 2, 17, 18, 19, 20, 21, 119, 120):
            yield Decimal(coefficient).scaleb(exponent)
    for power in range(0, 64):
        for difference in (-1, 0, 1):
            yield Decimal(2**power + difference)
    for exponent in range(-130, 126):
        yield Decimal(1).scaleb(exponent)
        yield Decimal("9." + "9" * 37).scaleb(exponent)
    generator = random.Random(SEED)
    for _ in range(400):
        length = generator.choice([1, 2, 3, 5, 8, 17, 18, 19, 20, 37, 38])
        coefficient = generator.randrange(10**length)
        exponent = generator.randrange(-130, 126 - length)
        yield Decimal(coefficient).scaleb(exponent)


def in_range(number: Decimal) -> bool:
    return number == 0 or -130 <= number.adjusted() <= 125


def texts(number: Decimal):
    """Ways to write the number: without zeros at its end, as it came, and with zeros added up to 38 digits."""
    shortest = number.normalize()
    digits = len(shortest.as_tuple().digits)
    written = {str(shortest), str(number)}
    for zeros in (1, 38 - digits):
        if digits + zeros <= 38:
            written.add(f"{shortest:.{digits + zeros - 1}E}")
    return sorted(written)


def main():
    values = {}
    for number in numbers():
        for signed in (number, -number):
            if in_range(signed) and (signed != 0 or not signed.is_signed()):
                values.setdefault(signed, set()).update(texts(signed))
    print(f"# made by make_key_vectors.py, seed {SEED}: key code, texts of one number; ascending")
    for number in sorted(values):
        print(key_code(number).hex(), " ".join(sorted(values[number])))


with localcontext(CONTEXT):
    main()
