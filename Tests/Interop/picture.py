"""Draws the screen as an SVG picture for the README: picture.py [OUT.svg] [KEY…] (keys as tmux names them)."""

import html
import pathlib
import re
import sys

from programs import ROOT, WS101
from terminal import Terminal

WIDTH, HEIGHT = 100, 30
CELL, LINE = 8.4, 18
INK, PAPER, SELECTED = "#d0d0d0", "#1c1c1c", "#303030"
NAMED = ["#1c1c1c", "#d75f5f", "#87af5f", "#d7af5f", "#5f87d7", "#af87d7", "#5fafaf", "#d0d0d0"]
BRIGHT = ["#6c6c6c", "#ff8787", "#afd787", "#ffd787", "#87afff", "#d7afff", "#87d7d7", "#ffffff"]


class Style:
    """The state that SGR sequences leave (ECMA-48 §8.3.117)."""

    def __init__(self):
        self.ink = self.paper = None
        self.bold = self.dim = self.underlined = self.reversed = False

    def apply(self, parameters):
        codes = iter([int(code or 0) for code in re.split("[;:]", parameters)])
        for code in codes:
            if code == 0:
                self.__init__()
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "underlined", 7: "reversed"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (24, 27):
                setattr(self, {24: "underlined", 27: "reversed"}[code], False)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.ink = NAMED[code - 30] if code < 90 else BRIGHT[code - 90]
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.paper = NAMED[code - 40] if code < 100 else BRIGHT[code - 100]
            elif code in (38, 48):
                setattr(self, "ink" if code == 38 else "paper", extended(codes))
            elif code == 39:
                self.ink = None
            elif code == 49:
                self.paper = None

    def colours(self):
        ink, paper = self.ink or INK, self.paper or PAPER
        return (paper, ink) if self.reversed else (ink, paper)


def extended(codes):
    """The colour after 38 or 48: one of 256, or red, green and blue."""
    if next(codes) == 2:
        return f"#{next(codes):02x}{next(codes):02x}{next(codes):02x}"
    number = next(codes)
    if number < 16:
        return (NAMED + BRIGHT)[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    steps = [0, 95, 135, 175, 215, 255]
    number -= 16
    return f"#{steps[number // 36]:02x}{steps[number // 6 % 6]:02x}{steps[number % 6]:02x}"


def draw(styled):
    shapes, letters, style = [], [], Style()
    for row, line in enumerate(styled.split("\n")[:HEIGHT]):
        column = 0
        for index, text in enumerate(re.split(r"\x1b\[([0-9;:]*)m", line)):
            if index % 2:
                style.apply(text)
                continue
            if not text:
                continue
            ink, paper = style.colours()
            left, top = column * CELL, row * LINE
            if paper != PAPER:
                shapes.append(f'<rect x="{left:.1f}" y="{top}" width="{len(text) * CELL:.1f}" height="{LINE}" fill="{paper}"/>')
            if text.strip() or style.underlined:
                letters.append(
                    f'<text x="{left:.1f}" y="{top + 13}" fill="{ink}" textLength="{len(text) * CELL:.1f}"'
                    + (' font-weight="bold"' if style.bold else "")
                    + (' opacity="0.6"' if style.dim else "")
                    + (' text-decoration="underline"' if style.underlined else "")
                    + f">{html.escape(text)}</text>"
                )
            column += len(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * CELL + 16:.0f}" height="{HEIGHT * LINE + 16}" '
        f'viewBox="-8 -8 {WIDTH * CELL + 16:.0f} {HEIGHT * LINE + 16}" font-family="ui-monospace, monospace" '
        f'font-size="14" xml:space="preserve"><rect x="-8" y="-8" width="100%" height="100%" rx="6" fill="{PAPER}"/>\n'
        + "\n".join(shapes + letters)
        + "\n</svg>\n"
    )


def main(out=ROOT / ".github/screen.svg", *keys):
    with Terminal(WIDTH, HEIGHT) as terminal:
        terminal.run(WS101)
        terminal.wait_for("PONG")
        for key in keys:
            terminal.press(key)
        terminal.wait_for("PONG")
        out = pathlib.Path(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(draw(terminal.styled()))
        print(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
