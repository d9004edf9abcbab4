"""A probe's measure of memory is not the student's code to change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shared.isolation import isolates
from shared.tiny_course import SLUG

from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.orders import LoadOrder

pytestmark = isolates

MODULES = ["builtins", "importlib", "mmap", "sys", "tracemalloc", "types"]
PROBE = """
def probe(work):
    import tracemalloc

    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
"""

HONEST = """
def work():
    return sum(bytearray(60_000_000)[:9])
"""
AFTER = """
import tracemalloc

def work():
    bytearray(60_000_000)
    tracemalloc.{}()
"""
WAYS = {
    "honest": HONEST,
    "stops before": """
import tracemalloc

def work():
    tracemalloc.stop()
    bytearray(60_000_000)
""",
    "stops after": AFTER.format("stop"),
    "forgets the peak": AFTER.format("reset_peak"),
    "clears": AFTER.format("clear_traces"),
    "replaces the module": """
import sys, types
fake = types.ModuleType("tracemalloc")
fake.start = fake.stop = lambda *a: None
fake.get_traced_memory = lambda: (0, 0)
sys.modules["tracemalloc"] = fake
"""
    + HONEST,
    "replaces the import": """
import builtins
old = builtins.__import__
builtins.__import__ = lambda name, *a: None if name == "tracemalloc" else old(name, *a)
"""
    + HONEST,
    "makes what is behind it anew": """
import importlib, sys

def work():
    del sys.modules["_tracemalloc"]
    try:
        importlib.import_module("_tracemalloc").stop()
    except ImportError:
        pass
    bytearray(60_000_000)
""",
    "maps it past the allocators": """
import mmap

def work():
    kept = mmap.mmap(-1, 100_000_000)
    for i in range(0, 100_000_000, 4096):
        kept[i] = 1
""",
}


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail([]) as jail:
        yield jail


def peak(jail: Jail, source: str) -> int:
    """What a probe measures of `work`."""
    worker = jail.worker(Limits(memory_mb=512))
    order = LoadOrder(source.encode(), SLUG, allowed=MODULES, loadable=MODULES)
    loaded = worker.load(order, 10)
    assert not loaded.problem
    with worker.case(Time(10, 10)) as talk:
        header = {"k": "probe", "source": PROBE, "name": "probe", "wanted": ["work"]}
        got = talk.request(header, (), {})
    worker.close()
    assert type(got) is int
    return got


@pytest.mark.parametrize("way", WAYS)
def test_what_is_taken_is_seen(way: str, jail: Jail) -> None:
    assert peak(jail, WAYS[way]) >= 60_000_000


def test_little_is_little(jail: Jail) -> None:
    assert peak(jail, "def work():\n    return 1\n") < 1_000_000


def test_students_may_measure_for_themselves(jail: Jail) -> None:
    source = (
        "import tracemalloc\ntracemalloc.start()\nkept = bytearray(5_000_000)\n"
        "found = tracemalloc.get_traced_memory()[1]\ntracemalloc.stop()\n"
        "def work():\n    return bytearray(found)\n"
    )
    assert 5_000_000 <= peak(jail, source) < 6_000_000
