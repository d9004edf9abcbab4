"""constraints.txt says for which Python a version is; whoever reads it follows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from autograder.authoring.pins import normal_name, read_pins

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")


def test_a_marker_chooses_the_line() -> None:
    text = (
        "# made by hand\n"
        'NumPy==1.0; python_version < "3.0"\n'
        'NumPy==2.0; python_version >= "3.0"\n'
        "\n"
        "types_PyYAML==6.0.1  # beside PyYAML\n"
        'only-there==3; sys_platform == "nowhere"\n'
        "loose>=4\n"
    )
    assert read_pins(text) == {"numpy": "2.0", "types-pyyaml": "6.0.1"}


@pytest.mark.parametrize("python", PYTHONS)
def test_every_python_has_one_version_of_every_package(python: str) -> None:
    environment = {**default_environment(), "python_version": python}
    names: list[str] = []
    for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        pin = Requirement(line)
        assert [part.operator for part in pin.specifier] == ["=="], line
        if pin.marker is None or pin.marker.evaluate({**environment, "extra": ""}):
            names.append(normal_name(pin.name))
    assert len(names) == len(set(names))
    assert {"numpy", "scipy", "pyyaml", "contourpy", "torch"} <= set(names)


def test_the_pin_of_this_python() -> None:
    pins = read_pins(CONSTRAINTS.read_text(encoding="utf-8"))
    expected = "2.5.5" if sys.version_info >= (3, 15) else "2.4.6"
    assert pins["numpy"] == expected
