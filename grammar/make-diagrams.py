#!/usr/bin/env python3
"""Draws the rules of pq.ebnf as railroad diagrams: diagrams/RULE.svg, and README.md, which shows them by chapter.

    grammar/make-diagrams.py           writes the files and removes those of rules that are gone
    grammar/make-diagrams.py --check   says what is stale, and fails if something is

Python 3.8 or later, nothing else. A track enters a drawing on the left and leaves it on the right. Round boxes are words
and signs, square ones are other rules (and link to them), dashed ones are said in words.
"""

import re
import sys
from html import escape
from math import ceil
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DIAGRAMS = FOLDER / "diagrams"

# Lengths in pixels.
CHARACTER = 7.8  # of a monospace font of 13 px
BOX = 24  # the height of a box
PADDING = 10  # between a box's text and its side
GAP = 12  # of track between two boxes
RADIUS = 8  # of a track's turn
ROW = 10  # between one alternative and the next
MARGIN = 12
WIDEST = 880  # beyond this a sequence goes on in a new row
TALLEST = 20  # beyond as many alternatives a choice is drawn in columns


# --- Reading the grammar ---------------------------------------------------------------------------------------------

class Rule:
    def __init__(self, name, text, chapter):
        self.name, self.text, self.chapter = name, text, chapter


def read_rules(text):
    """The rules in order. A chapter is a comment of one line before its rules."""
    rules, chapter, in_comment = [], "", False
    for line in text.splitlines():
        if in_comment:
            in_comment = "*/" not in line
        elif line.startswith("/*"):
            first = line[2:].strip()
            in_comment = "*/" not in line
            if not in_comment or rules:  # the comment at the head is no chapter
                chapter = first.replace("*/", "").strip()
        elif match := re.match(r"(\w+) ::= (.*)$", line):
            rules.append(Rule(match[1], match[2].strip(), chapter))
        elif line.strip():
            rules[-1].text += " " + line.strip()
    return rules


TOKEN = re.compile(r"""'[^']+'|"[^"]*"|\[(?:[^\]]+)\]|\w+|[()|?*+-]|\S+""")


class Reader:
    """Reads a right side into drawings."""

    def __init__(self, text, names):
        self.tokens = TOKEN.findall(text)[::-1]
        self.names = names

    def next_is(self, *wanted):
        return bool(self.tokens) and self.tokens[-1] in wanted

    def choice(self):
        alternatives = [self.sequence()]
        while self.next_is("|"):
            self.tokens.pop()
            alternatives.append(self.sequence())
        return alternatives[0] if len(alternatives) == 1 else Choice(alternatives)

    def sequence(self):
        parts = []
        while self.tokens and not self.next_is("|", ")"):
            self.repeated(parts)
        return parts[0] if len(parts) == 1 else Sequence(parts)

    def repeated(self, parts):
        part = self.single()
        if self.next_is("?"):
            self.tokens.pop()
            part = Optional(part)
        elif self.next_is("+"):
            self.tokens.pop()
            part = Loop(part, None)
        elif self.next_is("*"):
            self.tokens.pop()
            # `x ( ',' x )*` is a loop through x that comes back by the comma.
            if isinstance(part, Sequence) and len(part.parts) > 1 and parts and part.parts[-1].same(parts[-1]):
                back = part.parts[:-1]
                part = Loop(parts.pop(), back[0] if len(back) == 1 else Sequence(back))
            else:
                part = Optional(Loop(part, None))
        parts.append(part)

    def single(self):
        token = self.tokens.pop()
        if token == "(":
            inner = self.choice()
            if not self.next_is(")"):
                raise SystemExit("a parenthesis of the grammar is not closed")
            self.tokens.pop()
            return inner
        if token[0] in "'\"" and len(token) > 1:
            return Box(token[1:-1], "word")
        if token in self.names:
            return Box(token, "rule")
        if token == "-" and self.tokens:
            return Box("but no", "prose")
        return Box(token, "prose")


def drawing(rule, names):
    if re.search(r"\w, but |one value", rule.text):  # said in words, which are kept as they are
        match = re.match(r"'(.)' (.*) '(.)'$", rule.text)
        if match:
            return Sequence([Box(match[1], "word"), Box(match[2], "prose"), Box(match[3], "word")])
        name, words = rule.text.split(", ", 1)
        return Sequence([Box(name, "rule"), Box(words.replace("`", ""), "prose")])
    return Reader(rule.text, names).choice()


# --- Drawing ---------------------------------------------------------------------------------------------------------
# A drawing is `width` wide, and reaches `up` above and `down` below its track. `draw` puts it so that the track enters
# at (x, y) and leaves at (x + width, y).

def number(value):
    return f"{value:.1f}".rstrip("0").rstrip(".")


def line(x, y, to):
    return f'<path d="M{number(x)} {number(y)}H{number(to)}"/>'


class Box:
    def __init__(self, text, kind):
        self.text, self.kind = text, kind
        self.width = len(text) * CHARACTER + 2 * PADDING
        self.up = self.down = BOX / 2

    def same(self, other):
        return isinstance(other, Box) and (self.text, self.kind) == (other.text, other.kind)

    def draw(self, x, y):
        length = len(self.text) * CHARACTER
        radius = BOX / 2 if self.kind == "word" else 3
        box = (
            f'<g class="{self.kind}"><rect x="{number(x)}" y="{number(y - BOX / 2)}" width="{number(self.width)}" '
            f'height="{BOX}" rx="{number(radius)}"/><text x="{number(x + PADDING)}" y="{number(y + 4.5)}" '
            f'textLength="{number(length)}" lengthAdjust="spacingAndGlyphs">{escape(self.text)}</text></g>'
        )
        return [f'<a href="{self.text}.svg">{box}</a>' if self.kind == "rule" else box]


class Sequence:
    def __init__(self, parts):
        self.parts = parts
        self.width = sum(part.width for part in parts) + GAP * (len(parts) - 1)
        self.up = max(part.up for part in parts)
        self.down = max(part.down for part in parts)

    def same(self, other):
        return isinstance(other, Sequence) and len(self.parts) == len(other.parts) and all(
            part.same(its) for part, its in zip(self.parts, other.parts))

    def draw(self, x, y):
        drawn = []
        for index, part in enumerate(self.parts):
            if index > 0:
                drawn.append(line(x, y, x + GAP))
                x += GAP
            drawn += part.draw(x, y)
            x += part.width
        return drawn


class Choice:
    """The first alternative on the track, the others below it."""

    def __init__(self, alternatives):
        self.alternatives = alternatives
        self.inner = max(one.width for one in alternatives)
        self.width = self.inner + 4 * RADIUS
        self.up = alternatives[0].up
        self.drops = [0]
        for before, one in zip(alternatives, alternatives[1:]):
            self.drops.append(self.drops[-1] + max(before.down + ROW + one.up, 2 * RADIUS))
        self.down = self.drops[-1] + alternatives[-1].down

    def same(self, other):
        return isinstance(other, Choice) and len(self.alternatives) == len(other.alternatives) and all(
            one.same(its) for one, its in zip(self.alternatives, other.alternatives))

    def draw(self, x, y):
        drawn, right = [], x + self.width
        for one, drop in zip(self.alternatives, self.drops):
            start, end = x + 2 * RADIUS, x + 2 * RADIUS + one.width
            drawn += one.draw(start, y + drop)
            if drop == 0:
                drawn += [line(x, y, start), line(end, y, right)]
            else:
                rise = number(drop - 2 * RADIUS)
                arc = f"a{RADIUS} {RADIUS} 0 0"
                drawn.append(
                    f'<path d="M{number(x)} {number(y)}{arc} 1 {RADIUS} {RADIUS}v{rise}{arc} 0 {RADIUS} {RADIUS}"/>')
                drawn.append(
                    f'<path d="M{number(end)} {number(y + drop)}H{number(right - 2 * RADIUS)}{arc} 0 {RADIUS} -{RADIUS}'
                    f'v-{rise}{arc} 1 {RADIUS} -{RADIUS}"/>')
        return drawn


class Optional:
    """A way around above the drawing."""

    def __init__(self, inner):
        self.inner = inner
        self.width = inner.width + 4 * RADIUS
        self.height = max(inner.up + ROW, 2 * RADIUS)
        self.up = self.height
        self.down = inner.down

    def same(self, other):
        return isinstance(other, Optional) and self.inner.same(other.inner)

    def draw(self, x, y):
        right, rise, arc = x + self.width, number(self.height - 2 * RADIUS), f"a{RADIUS} {RADIUS} 0 0"
        start = x + 2 * RADIUS
        return self.inner.draw(start, y) + [
            line(x, y, start), line(start + self.inner.width, y, right),
            f'<path d="M{number(x)} {number(y)}{arc} 0 {RADIUS} -{RADIUS}v-{rise}{arc} 1 {RADIUS} -{RADIUS}'
            f'H{number(right - 2 * RADIUS)}{arc} 1 {RADIUS} {RADIUS}v{rise}{arc} 0 {RADIUS} {RADIUS}"/>',
        ]


class Loop:
    """Once or more: a way back below, perhaps through a separator."""

    def __init__(self, inner, back):
        self.inner, self.back = inner, back
        self.length = max(inner.width, back.width if back else 0)
        self.width = self.length + 2 * RADIUS
        self.up = inner.up
        self.drop = max(inner.down + ROW + (back.up if back else 0), 2 * RADIUS)
        self.down = self.drop + (back.down if back else 0)

    def same(self, other):
        return isinstance(other, Loop) and self.inner.same(other.inner) and (
            self.back.same(other.back) if self.back and other.back else self.back is other.back)

    def draw(self, x, y):
        left, right, low = x + RADIUS, x + RADIUS + self.length, y + self.drop
        rise, arc = number(self.drop - 2 * RADIUS), f"a{RADIUS} {RADIUS} 0 0"
        drawn = self.inner.draw(left, y) + [line(x, y, left), line(left + self.inner.width, y, x + self.width)]
        back_start = back_end = left + self.length / 2
        if self.back:
            back_start = left + (self.length - self.back.width) / 2
            back_end = back_start + self.back.width
            drawn += self.back.draw(back_start, low)
        else:
            drawn.append(f'<path class="tip" d="M{number(back_start + 3)} {number(low - 4)}l-6 4l6 4"/>')
        drawn.append(
            f'<path d="M{number(right)} {number(y)}{arc} 1 {RADIUS} {RADIUS}v{rise}{arc} 1 -{RADIUS} {RADIUS}'
            f'H{number(back_end)}M{number(back_start)} {number(low)}H{number(left)}'
            f'{arc} 1 -{RADIUS} -{RADIUS}v-{rise}{arc} 1 {RADIUS} -{RADIUS}"/>')
        return drawn


class Rows:
    """A sequence too wide for one row: the track goes back to the left below each row."""

    def __init__(self, rows):
        self.rows = rows
        self.width = max(row.width for row in rows) + 4 * RADIUS
        # Where the track leaves: below where it enters, unlike that of all other drawings.
        self.end = rows[-1].width + 2 * RADIUS
        self.up = rows[0].up
        self.drops = [0]
        for before, row in zip(rows, rows[1:]):
            self.drops.append(self.drops[-1] + before.down + row.up + 2 * ROW + 2 * RADIUS)
        self.down = self.drops[-1] + rows[-1].down

    def draw(self, x, y):
        drawn, arc = [], f"a{RADIUS} {RADIUS} 0 0"
        start = x + 2 * RADIUS
        for index, (row, drop) in enumerate(zip(self.rows, self.drops)):
            drawn += row.draw(start, y + drop)
            end = start + row.width
            if index == 0:
                drawn.append(line(x, y, start))
            if index == len(self.rows) - 1:
                break
            turn = row.down + ROW
            rest = self.drops[index + 1] - drop - turn
            drawn.append(
                f'<path d="M{number(end)} {number(y + drop)}{arc} 1 {RADIUS} {RADIUS}v{number(turn - 2 * RADIUS)}'
                f'{arc} 1 -{RADIUS} {RADIUS}H{number(start)}{arc} 0 -{RADIUS} {RADIUS}'
                f'v{number(rest - 2 * RADIUS)}{arc} 0 {RADIUS} {RADIUS}"/>')
        return drawn


def columns(inner):
    """A choice of very many boxes as a choice of columns, so that it fits on a screen."""
    if not isinstance(inner, Choice) or len(inner.alternatives) <= TALLEST:
        return inner
    count = ceil(len(inner.alternatives) / TALLEST)
    height = ceil(len(inner.alternatives) / count)
    starts = range(0, len(inner.alternatives), height)
    return Columns([Choice(inner.alternatives[start:start + height]) for start in starts])


def wrapped(inner):
    """The drawing in rows of about the same width, at most `WIDEST`, where it is a sequence."""
    if not isinstance(inner, Sequence) or inner.width <= WIDEST:
        return inner
    target = inner.width / ceil(inner.width / WIDEST)
    rows = [[]]
    for part in inner.parts:
        row = Sequence(rows[-1] + [part])
        # In the row whose middle it reaches, but never beyond the widest.
        if rows[-1] and (row.width - part.width / 2 > target or row.width > WIDEST):
            rows.append([])
        rows[-1].append(part)
    return Rows([Sequence(row) for row in rows]) if len(rows) > 1 else inner


class Columns:
    """Choices side by side, one of which is taken: all hang from a track above them and end in one below them."""

    def __init__(self, choices):
        self.choices = choices
        self.width = sum(one.width for one in choices) + 2 * GAP * (len(choices) - 1) + 4 * RADIUS
        self.height = max(choice.down for choice in choices) + ROW + RADIUS
        self.up = 0
        self.lead = RADIUS * 2 + max(choice.up for choice in choices)
        self.down = self.lead + self.height
        self.drops = [self.lead + self.height]
        self.end = self.width

    def draw(self, x, y):
        drawn, arc = [], f"a{RADIUS} {RADIUS} 0 0"
        low, left = y + self.lead + self.height, x + RADIUS
        for index, choice in enumerate(self.choices):
            drawn += choice.draw(left + RADIUS, y + self.lead)
            drawn.append(f'<path d="M{number(left - RADIUS)} {number(y)}{arc} 1 {RADIUS} {RADIUS}'
                         f'v{number(self.lead - 2 * RADIUS)}{arc} 0 {RADIUS} {RADIUS}"/>')
            right = left + RADIUS + choice.width
            drawn.append(f'<path d="M{number(right)} {number(y + self.lead)}{arc} 1 {RADIUS} {RADIUS}'
                         f'V{number(low - RADIUS)}{arc} 0 {RADIUS} {RADIUS}"/>')
            left = right + 2 * GAP
        first_right = x + 2 * RADIUS + self.choices[0].width
        last_left = left - 2 * GAP - self.choices[-1].width - 2 * RADIUS
        return drawn + [line(x, y, last_left), line(first_right + 2 * RADIUS, low, x + self.width + RADIUS)]


STYLE = """
:root { color-scheme: light dark; }
path, circle { fill: none; stroke: #57606a; stroke-width: 1.5; }
circle { fill: #57606a; }
rect { stroke-width: 1.25; }
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.word rect { fill: #ddf4ff; stroke: #0969da; } .word text { fill: #0a3069; font-weight: 600; }
.rule rect { fill: #f6f8fa; stroke: #8c959f; } .rule text { fill: #1f2328; }
.prose rect { fill: none; stroke: #8c959f; stroke-dasharray: 4 3; } .prose text { fill: #57606a; font-style: italic; }
a:hover rect { stroke: #0969da; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
path, circle { stroke: #9198a1; } circle { fill: #9198a1; }
.word rect { fill: #0c2d6b; stroke: #388bfd; } .word text { fill: #cae8ff; }
.rule rect { fill: #21262d; stroke: #656c76; } .rule text { fill: #e6edf3; }
.prose rect { stroke: #656c76; } .prose text { fill: #9198a1; }
}
""".strip()


def svg(rule, names):
    inner = wrapped(columns(drawing(rule, names)))
    x, y, lead = MARGIN, MARGIN + inner.up, 18
    width, height = inner.width + 2 * (MARGIN + lead), inner.up + inner.down + 2 * MARGIN
    end, exit = (inner.end, y + inner.drops[-1]) if isinstance(inner, (Rows, Columns)) else (inner.width, y)
    end += x + 2 * lead
    drawn = [
        f'<circle cx="{number(x + 3)}" cy="{number(y)}" r="3"/>', line(x + 3, y, x + lead),
        *inner.draw(x + lead, y),
        line(end - lead, exit, end - 3), f'<circle cx="{number(end - 3)}" cy="{number(exit)}" r="3"/>',
    ]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img" aria-label="{escape(rule.name)}">',
        f"<title>{escape(rule.name)} ::= {escape(rule.text, quote=False)}</title>",
        f"<style>{STYLE}</style>", *drawn, "</svg>", "",
    ])


# --- The index -------------------------------------------------------------------------------------------------------

def index(rules):
    users = {rule.name: [] for rule in rules}
    for rule in rules:
        for name in sorted(set(re.findall(r"\w+", re.sub(r"'[^']*'", "", rule.text)))):
            if name in users and name != rule.name:
                users[name].append(rule.name)
    lines = [
        "# The grammar of pq, drawn", "",
        "Made from [`pq.ebnf`](pq.ebnf) by `grammar/make-diagrams.py`, which also removes this page's mistakes: change the",
        "grammar, not this page. Round boxes are words and signs, square ones are rules. `pq.tmLanguage.json` beside it",
        "colours statements in editors that read TextMate grammars.", "",
    ]
    chapters = list(dict.fromkeys(rule.chapter for rule in rules))
    lines += [f"- [{chapter}](#{anchor(chapter)})" for chapter in chapters] + [""]
    for chapter in chapters:
        lines += [f"## {chapter}", ""]
        for rule in (one for one in rules if one.chapter == chapter):
            used = ", ".join(f"[{name}](#{name.lower()})" for name in users[rule.name])
            lines += [f"### {rule.name}", "", f"[![{rule.name}](diagrams/{rule.name}.svg)](diagrams/{rule.name}.svg)", ""]
            lines += [f"Used by {used}.", ""] if used else []
    return "\n".join(lines)


def anchor(title):
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def main():
    rules = read_rules((FOLDER / "pq.ebnf").read_text("utf-8"))
    names = {rule.name for rule in rules}
    files = {DIAGRAMS / f"{rule.name}.svg": svg(rule, names) for rule in rules}
    files[FOLDER / "README.md"] = index(rules)
    gone = [path for path in DIAGRAMS.glob("*.svg") if path not in files]
    stale = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in sorted(gone + stale):
            print(f"stale: {path.relative_to(FOLDER)}")
        sys.exit("run grammar/make-diagrams.py" if gone or stale else 0)
    DIAGRAMS.mkdir(exist_ok=True)
    for path in gone:
        path.unlink()
    for path in stale:
        path.write_text(files[path], "utf-8")


if __name__ == "__main__":
    main()
