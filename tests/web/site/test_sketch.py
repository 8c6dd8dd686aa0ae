"""The schematic map: every place is drawn, no name lies over anything."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from portal.web.sketch import HEIGHT, LETTER, Sketch, sketch

pytestmark = pytest.mark.once


@dataclass(frozen=True)
class Town:
    """A place as the map wants it."""

    name: str
    lat: float | None = 40.0
    lon: float | None = 14.0
    population: int | None = 1_000


def drawn(*towns: Town) -> Sketch:
    found = sketch(towns)
    assert found is not None
    return found


def test_without_coordinates_there_is_no_map() -> None:
    assert sketch([Town("A", lat=None), Town("B", lon=None)]) is None


def test_a_single_place_is_drawn_inside_the_frame() -> None:
    map_ = drawn(Town("Sola"))
    (disc,) = map_.discs
    assert 0 < disc.x < map_.width
    assert 0 < disc.y < map_.height


def test_the_largest_is_drawn_first_and_has_the_largest_disc() -> None:
    map_ = drawn(
        Town("Piccola", lon=14.5, population=500),
        Town("Grande", population=90_000),
        Town("Ignota", lon=15.0, population=None),
    )
    assert [disc.point.name for disc in map_.discs] == ["Grande", "Piccola", "Ignota"]
    assert map_.discs[0].r > map_.discs[1].r > map_.discs[2].r


def test_north_is_up_and_east_is_right() -> None:
    south, north = drawn(Town("S", lat=40.0, lon=14.0), Town("N", lat=41.0, lon=15.0)).discs
    assert north.y < south.y
    assert north.x > south.x


def test_names_lie_over_no_disc_and_over_no_other_name() -> None:
    towns = [Town(f"Comune numero {i}", 40 + (i % 5) / 40, 14 + (i // 5) / 30, 1_000 * (30 - i)) for i in range(30)]
    map_ = drawn(*towns)
    boxes = []
    for name in map_.names:
        long = len(name.text) * LETTER
        left = {"start": name.x, "end": name.x - long, "middle": name.x - long / 2}[name.anchor]
        boxes.append((left, name.y - 5 - HEIGHT / 2, left + long, name.y - 5 + HEIGHT / 2))
    assert boxes
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert not any(left < disc.x < right and top < disc.y < bottom for disc in map_.discs)
        assert all(right <= b[0] or b[2] <= left or bottom <= b[1] or b[3] <= top for b in boxes[i + 1 :])
