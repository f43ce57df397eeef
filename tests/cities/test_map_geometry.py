"""Ways over the globe, and how they come onto a flat map."""

from __future__ import annotations

from math import acos, cos, radians, sin

import pytest

from cities.map.drawing import CLOSE, land_path
from cities.map.land import COARSE, FINE, clipped, rings, seen, unrolled
from cities.map.paths import dots, path, simplified
from cities.map.projection import Projection, middle_of
from cities.map.sheet import WORLD, fitted_sheet, world_sheet
from cities.map.sphere import great_circle

LONDON, BEIJING = (-0.1278, 51.5074), (116.4074, 39.9042)
NEW_YORK, HALIFAX, URUMQI = (-74.006, 40.7128), (-63.57, 44.65), (87.6, 43.8)
EARTH_KM = 6371


def angle(a, b):
    """Return the angle between two points, by the law of cosines, in radians."""
    turned, first, last = radians(b[0] - a[0]), radians(a[1]), radians(b[1])
    return acos(min(1.0, sin(first) * sin(last) + cos(first) * cos(last) * cos(turned)))


def test_a_way_has_even_steps_and_the_known_length():
    way = great_circle(LONDON, BEIJING, steps=10)
    steps = [angle(a, b) for a, b in zip(way, way[1:], strict=False)]
    assert steps == pytest.approx([steps[0]] * 10, rel=1e-6)
    assert sum(steps) * EARTH_KM == pytest.approx(8140, abs=10)
    assert (way[0], way[-1]) == (LONDON, BEIJING)


@pytest.mark.parametrize(
    ("start", "end", "middle"),
    [
        ((0, 0), (90, 0), (45, 0)),
        ((10, -20), (10, 40), (10, 10)),
        # Along a parallel the shortest way bends towards the pole.
        ((-45, 45), (45, 45), (0, 54.7356)),
        ((170, 0), (-170, 0), (180, 0)),
    ],
)
def test_a_way_passes_through_its_known_middle(start, end, middle):
    assert great_circle(start, end, steps=2)[1] == pytest.approx(middle, abs=1e-4)


def test_a_way_can_pass_over_the_pole():
    way = great_circle((-60, 50), (120, 50), steps=2)
    assert way[1][1] == pytest.approx(90)


@pytest.mark.parametrize("end", [(30, 20), (-150, -20)])
def test_one_place_and_opposite_places_have_a_bare_line(end):
    assert great_circle((30, 20), end) == [(30, 20), end]


def test_the_middle_of_a_map_is_where_it_was_asked_for():
    projection = Projection(middle=155, parallel=60)
    assert projection.place((155, 0)) == (0, 0)
    assert projection.place((-175, 30)) == pytest.approx((15, -30))
    assert projection.place((-25, 0)) == pytest.approx((-90, 0))


def test_the_antimeridian_cuts_no_way_on_the_map_of_the_world():
    (line,) = WORLD.line(great_circle(BEIJING, NEW_YORK))
    across = [x for x, _ in line]
    assert max(abs(b - a) for a, b in zip(across, across[1:], strict=False)) < 90


def test_a_way_is_parted_where_the_map_is_cut():
    first, second = WORLD.line(great_circle(HALIFAX, URUMQI))
    edge = 180 * WORLD.narrowing
    assert first[-1][0] == pytest.approx(edge)
    assert second[0][0] == pytest.approx(-edge)
    assert first[-1][1] == second[0][1]


@pytest.mark.parametrize(
    ("longitudes", "middle"),
    [([10, 20], 15), ([170, -170], -180), ([-74, 121.5], -156.25), ([7], 7)],
)
def test_the_middle_of_places_lies_within_their_narrowest_span(longitudes, middle):
    assert middle_of(longitudes) == pytest.approx(middle)


def test_a_fitted_sheet_shows_both_ends_and_the_whole_way():
    way = great_circle(LONDON, BEIJING)
    sheet = fitted_sheet([LONDON, BEIJING], [way], 800)
    spots = [sheet.place(point) for point in way]
    assert all(0 < x < 800 and 0 < y < 400 for x, y in spots)
    assert max(x for x, _ in spots) - min(x for x, _ in spots) > 500


def test_a_sheet_of_ways_to_both_sides_is_cut_where_the_worlds_is():
    ends = [LONDON, NEW_YORK, BEIJING]
    ways = [great_circle(end, BEIJING) for end in ends[:2]]
    assert fitted_sheet(ends, ways, 800).projection == WORLD


def test_the_world_leaves_out_the_far_south_only():
    sheet = world_sheet(1600)
    assert sheet.place((155, 89)) == pytest.approx((800, 0))
    assert sheet.place((168.4, -46.4))[1] < sheet.height
    assert sheet.place((155, -60))[1] > sheet.height


def test_a_line_keeps_its_corners_and_loses_the_rest():
    line = [(0, 0), (1, 0.1), (2, 0), (2, 5), (2, 9)]
    assert simplified(line, 0.5) == [(0, 0), (2, 0), (2, 9)]
    assert simplified([(3, 4)], 0.5) == [(3, 4)]
    # A line that comes back to its start has a farthest spot all the same.
    assert simplified([(0, 0), (5, 0), (0, 0)], 0.5) == [(0, 0), (5, 0), (0, 0)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([(1, 2), (4, 1), (4, 9.6)], "M1 2l3-1 0 9"),
        ([(10, 10), (7, 12)], "M10 10l-3 2"),
        ([(5, 5), (5.2, 5.1)], "M5 5"),
    ],
)
def test_a_path_is_written_in_whole_steps(line, expected):
    assert path(line) == expected
    assert path(line, closed=True) == f"{expected}z"


def test_a_spot_is_drawn_once_however_many_ways_end_there():
    assert dots([(3.2, 4), (3, 4.1), (1, 2)]) == "M1 2h0M3 4h0"


@pytest.mark.parametrize(("name", "least"), [(COARSE, 100), (FINE, 1_000)])
def test_the_land_is_whole_and_without_antarctica(name, least):
    assert len(rings(name)) > least
    assert all(ring[0] == ring[-1] for ring in rings(name))
    south = min(latitude for ring in rings(name) for _, latitude in ring)
    assert -60 < south < -50


def test_a_close_map_has_the_coasts_that_a_wide_one_leaves_out():
    cornwall = [(-6.0, 49.8), (-4.0, 51.0)]
    close = fitted_sheet(cornwall, [], 600, narrowest=2.0)
    wide = fitted_sheet([*cornwall, (116.0, 33.0)], [], 800)
    assert close.scale > CLOSE > wide.scale
    assert land_path(close).count(" ") + land_path(close).count("-") > 40


def test_land_outside_a_window_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr("cities.map.land.clipped", None)
    assert (
        seen(((0.0, 0.0), (5.0, 0.0), (5.0, 5.0), (0.0, 0.0)), 0, (0, 9, 5, 20)) == []
    )


def ring_around(longitude, latitude):
    """Return the largest ring that has a point near a place."""
    near = [
        ring
        for ring in rings()
        if any(abs(x - longitude) < 4 and abs(y - latitude) < 4 for x, y in ring)
    ]
    return max(near, key=len)


def test_land_at_the_cut_appears_at_both_ends_and_other_land_once():
    everything = (-180, -60, 180, 89)
    greenland, australia = ring_around(-44, 60), ring_around(115, -32)
    assert len(seen(greenland, WORLD.middle, everything)) == 2
    assert len(seen(australia, WORLD.middle, everything)) == 1


def test_what_a_window_shows_of_land_lies_within_it():
    shapes = [shape for ring in rings() for shape in seen(ring, 0, (-10, 40, 30, 60))]
    assert shapes
    assert all(-10 <= x <= 30 and 40 <= y <= 60 for shape in shapes for x, y in shape)


def test_a_ring_goes_on_past_the_antimeridian_without_a_jump():
    ring = ((170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0))
    assert [x for x, _ in unrolled(ring, 0)] == [170, 190, 190, 170, 170]


def test_a_shape_is_cut_straight():
    square = [(0, 0), (4, 0), (4, 4), (0, 4)]
    assert set(clipped(square, 0, 1, 1)) == {(1, 0), (4, 0), (4, 4), (1, 4)}
    assert clipped(square, 1, 9, 1) == []
    assert clipped([], 0, 1, 1) == []
