"""The diagram of a procedure, drawn from its table: states one below another, transitions as numbered arrows.

Only geometry is made here; the template writes it as SVG with classes, and the same as a list beside it.
"""

from dataclasses import dataclass

from dossiers.procedures.base import Procedure
from dossiers.procedures.facts import moves
from law.regimes import Regime

_WIDTH, _HEIGHT, _GAP = 300, 58, 40
_LANE, _MARGIN, _TURN = 26, 30, 8
_LINE_LENGTH = 36
_BADGE_LETTER = 8


@dataclass(frozen=True)
class Box:
    """A state: where its box stands and the lines of its label."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    is_end: bool
    is_start: bool

    @property
    def middle(self) -> int:
        """The middle of the box from left to right."""
        return self.x + self.width // 2


@dataclass(frozen=True)
class Arrow:
    """Transitions between two states: the path, and the badge with their numbers."""

    path: str
    numbers: str
    x: int
    y: int
    width: int

    @property
    def left(self) -> int:
        """The left edge of the badge."""
        return self.x - self.width // 2


@dataclass(frozen=True)
class Diagram:
    """A drawing with its size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def diagram_of(procedure: Procedure, regime: Regime) -> Diagram:
    """Draw the states and transitions of a procedure under a regime."""
    states = procedure.states_of(regime)
    place = {state.code: position for position, state in enumerate(states)}
    numbers: dict[tuple[int, int], list[int]] = {}
    for move in moves(procedure, regime):
        for source in move.transition.sources:
            if source in place:
                ends = (place[source], place[move.transition.target])
                numbers.setdefault(ends, []).append(move.number)
    jumps = {ends: found for ends, found in numbers.items() if ends[1] != ends[0] + 1}
    right = _lanes([ends for ends in jumps if ends[1] > ends[0]])
    left = _lanes([ends for ends in jumps if ends[1] < ends[0]])
    x = _MARGIN + _LANE * (max(left.values(), default=-1) + 1)
    width = x + _WIDTH + _LANE * (max(right.values(), default=-1) + 1) + _MARGIN
    initial = procedure.initial(regime)
    boxes = tuple(
        Box(
            x=x,
            y=_top(position),
            width=_WIDTH,
            height=_HEIGHT,
            lines=_lines(str(state.label), _top(position)),
            is_end=state.is_end,
            is_start=state.code == initial,
        )
        for position, state in enumerate(states)
    )
    arrows = []
    for ends, found in sorted(numbers.items()):
        if ends not in jumps:
            arrows.append(_straight(x, ends[0], found))
        elif ends[1] > ends[0]:
            arrows.append(_around(x + _WIDTH, x + _WIDTH + _LANE * (right[ends] + 1), ends, found))
        else:
            arrows.append(_around(x, x - _LANE * (left[ends] + 1), ends, found))
    return Diagram(width, _top(len(states)) - _GAP + _MARGIN // 2, boxes, tuple(arrows))


def _top(position: int) -> int:
    return _MARGIN // 2 + position * (_HEIGHT + _GAP)


def _lines(label: str, top: int) -> tuple[tuple[int, str], ...]:
    """Break a label into lines that fit the box, each with its baseline."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE_LENGTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    first = top + _HEIGHT // 2 + 5 - 9 * (len(lines) - 1)
    return tuple((first + 18 * number, line) for number, line in enumerate(lines))


def _lanes(jumps: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Give every jump the innermost lane in which it crosses no other; short jumps run inside."""
    lanes: list[list[tuple[int, int]]] = []
    given = {}
    for ends in sorted(jumps, key=lambda one: (abs(one[1] - one[0]), one)):
        low, high = min(ends), max(ends)
        free = next(
            (
                number
                for number, taken in enumerate(lanes)
                if all(high < min(o) or low > max(o) for o in taken)
            ),
            len(lanes),
        )
        if free == len(lanes):
            lanes.append([])
        lanes[free].append(ends)
        given[ends] = free
    return given


def _straight(x: int, source: int, numbers: list[int]) -> Arrow:
    middle, start, end = x + _WIDTH // 2, _top(source) + _HEIGHT, _top(source + 1)
    return _arrow(f"M{middle} {start}V{end - 2}", numbers, middle, (start + end) // 2 - 2)


def _around(edge: int, lane: int, ends: tuple[int, int], numbers: list[int]) -> Arrow:
    """Leave a box at its lower half, run along the lane, and enter the other box at its upper half."""
    down = ends[1] > ends[0]
    side = 1 if lane > edge else -1
    start = _top(ends[0]) + _HEIGHT * (2 if down else 1) // 3
    end = _top(ends[1]) + _HEIGHT * (1 if down else 2) // 3
    turn = _TURN if down else -_TURN
    path = (
        f"M{edge} {start}H{lane - side * _TURN}Q{lane} {start} {lane} {start + turn}"
        f"V{end - turn}Q{lane} {end} {lane - side * _TURN} {end}H{edge + side * 2}"
    )
    # Below the first box, where no other badge of a straight arrow stands.
    beside = start + (_HEIGHT + _GAP) // 2 if down else start - (_HEIGHT + _GAP) // 2
    return _arrow(path, numbers, lane, beside)


def _arrow(path: str, numbers: list[int], x: int, y: int) -> Arrow:
    text = ", ".join(str(number) for number in numbers)
    return Arrow(path, text, x, y, 14 + _BADGE_LETTER * len(text))
