"""constraints.txt, read: which version of a package this Python is to have."""

from __future__ import annotations

import re


def read_pins(constraints: str) -> dict[str, str]:
    """Normal name → pinned version, of the lines whose marker holds on this Python and system.

    Args:
        constraints: text of constraints.txt.
    """
    from packaging.requirements import InvalidRequirement, Requirement  # grading needs no pins

    pins: dict[str, str] = {}
    for line in constraints.splitlines():
        try:
            pin = Requirement(line.partition("#")[0].strip())
        except InvalidRequirement:
            continue  # a comment, an empty line, an option of pip's
        exact = [part.version for part in pin.specifier if part.operator == "=="]
        if exact and (pin.marker is None or pin.marker.evaluate()):
            pins[normal_name(pin.name)] = exact[0]
    return pins


def normal_name(package: str) -> str:
    """As package indexes compare names (PEP 503): `Types_PyYAML` is `types-pyyaml`."""
    return re.sub(r"[-_.]+", "-", package).lower()
