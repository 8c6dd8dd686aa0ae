"""Places of the discs and of their names on a schematic map, so that no name lies over a disc or another name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

LONG, MARGIN = 560.0, 44.0
SHRINK = 0.755  # a degree of longitude against one of latitude, at the latitude of Naples
SMALLEST, GROWTH = 7.0, 27.0
NAMED, LETTER, HEIGHT, AIR = 14, 8.0, 18.0, 5.0


class Place(Protocol):
    """What the map needs to know of a body."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def lat(self) -> float | None:
        """Degrees north."""

    @property
    def lon(self) -> float | None:
        """Degrees east."""

    @property
    def population(self) -> int | None:
        """Its residents."""


@dataclass(frozen=True)
class Disc:
    """A body at its place; its area follows the residents."""

    point: Place
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Name:
    """A name beside its disc."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Sketch:
    """A drawing: the largest discs first, the names of those that have room."""

    width: float
    height: float
    discs: list[Disc]
    names: list[Name]


Box = tuple[float, float, float, float]


def sketch(points: Iterable[Place]) -> Sketch | None:
    """Place the bodies whose coordinates are known; None when there are none."""
    placed = [(p, p.lat, p.lon) for p in points if p.lat is not None and p.lon is not None]
    if not placed:
        return None
    north, west = max(lat for _, lat, _ in placed), min(lon for _, _, lon in placed)
    tall = max(north - min(lat for _, lat, _ in placed), 0.01)
    broad = max((max(lon for _, _, lon in placed) - west) * SHRINK, 0.01)
    scale = LONG / max(tall, broad)
    most = max((p.population or 0 for p, _, _ in placed), default=0) or 1
    discs = [
        Disc(
            p,
            (lon - west) * SHRINK * scale + MARGIN,
            (north - lat) * scale + MARGIN,
            SMALLEST + GROWTH * ((p.population or 1) / most) ** 0.5,
        )
        for p, lat, lon in sorted(placed, key=lambda one: -(one[0].population or 0))
    ]
    width, height = broad * scale + 2 * MARGIN, tall * scale + 2 * MARGIN
    return Sketch(width, height, discs, _names(discs, width, height))


def _names(discs: list[Disc], width: float, height: float) -> list[Name]:
    names: list[Name] = []
    taken: list[Box] = []
    for disc in [d for d in discs if d.point.population][:NAMED]:
        for name, box in _beside(disc):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            free = all(other is disc or not _covers(box, other) for other in discs)
            if inside and free and not any(_meet(box, other) for other in taken):
                names.append(name)
                taken.append(box)
                break
    return names


def _beside(disc: Disc) -> list[tuple[Name, Box]]:
    """Right, left, under and over the disc, in the order of preference, each with the room it takes."""
    text = disc.point.name
    long, off = len(text) * LETTER, disc.r + AIR
    found = []
    for anchor, x, middle in (
        ("start", disc.x + off, disc.y),
        ("end", disc.x - off, disc.y),
        ("middle", disc.x, disc.y + off + HEIGHT / 2 - 3),
        ("middle", disc.x, disc.y - off - HEIGHT / 2 + 3),
    ):
        left = {"start": x, "end": x - long, "middle": x - long / 2}[anchor]
        box = (left, middle - HEIGHT / 2, left + long, middle + HEIGHT / 2)
        found.append((Name(text, x, middle + 5, anchor), box))
    return found


def _covers(box: Box, disc: Disc) -> bool:
    near_x = min(max(disc.x, box[0]), box[2])
    near_y = min(max(disc.y, box[1]), box[3])
    return (near_x - disc.x) ** 2 + (near_y - disc.y) ** 2 < (disc.r + 1) ** 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
