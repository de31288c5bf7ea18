"""Curves rise, stay inside 0–1, and lean on all fields where a field has few values."""

import pytest

from extractor.calibrate import CEILING, along, curves
from tools.calibrate import fit


def test_the_shipped_curves_rise() -> None:
    assert curves()
    for knots in curves().values():
        raws, probabilities = [knot[0] for knot in knots], [knot[1] for knot in knots]
        assert raws == sorted(raws)
        assert probabilities == sorted(probabilities)
        assert 0 <= probabilities[0] <= probabilities[-1] <= CEILING


def test_a_curve_follows_what_was_right() -> None:
    points = [(0.5, index % 2 == 0) for index in range(200)] + [(0.9, True) for _ in range(200)]
    curve = fit(points, [(0.0, 0.0), (1.0, 1.0)])
    assert along(curve, 0.5) == pytest.approx(0.5, abs=0.03)
    assert 0.96 < along(curve, 0.9) < 1


def test_more_confidence_never_means_less() -> None:
    points = [(0.6, True) for _ in range(100)] + [(0.9, index % 2 == 0) for index in range(100)]
    curve = fit(points, [(0.0, 0.0), (1.0, 1.0)])
    assert along(curve, 0.9) >= along(curve, 0.6)


def test_few_values_lean_on_all_fields() -> None:
    prior = [(0.5, 0.5), (0.9, 0.6)]
    assert along(fit([(0.9, True)] * 5, prior), 0.9) < 0.8


def test_the_ends_stay_level() -> None:
    assert along([(0.5, 0.4), (0.9, 0.8)], 0.1) == 0.4
    assert along([(0.5, 0.4), (0.9, 0.8)], 1.0) == 0.8
