"""The home folder of the zygote, of which its libraries tell its workers."""

from __future__ import annotations

from shared.isolation import isolates

from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.orders import LoadOrder

pytestmark = isolates


def test_pyplot_can_be_imported_where_only_a_part_of_matplotlib_was_preloaded() -> None:
    """It looks for styles in the folder that was the zygote's."""
    source = b"import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"
    with Jail(["numpy", "matplotlib.figure"]) as jail, jail.worker(Limits()) as worker:
        assert worker.load(LoadOrder(source, "hw"), 60).problem == ""
