"""`assert_speed` on a clock that the test sets: what is compared, when it is taken again, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import pytest

from autograder.testing import checks
from autograder.testing.checks import CheckFailed, assert_speed
from autograder.testing.stopwatch import alone, turns_of


class World:
    """A clock, and what runs on it: the student's code takes longer while it is not alone."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, together: float, by_itself: float) -> None:
        self.now, self.rounds, self.is_alone = 0.0, 0, False
        self.waited = 0.0  # how much of it the judge had no processor
        self.together, self.by_itself = together, by_itself
        monkeypatch.setattr(checks, "seconds", lambda: self.now)
        for clock in ("worked", "spent"):
            monkeypatch.setattr(checks, clock, lambda: self.now - self.waited)
        monkeypatch.setattr(checks, "alone", self.alone)

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.is_alone = True
        yield
        self.is_alone = False

    def student(self) -> None:
        self.rounds += 1
        self.now += self.by_itself if self.is_alone else self.together

    def reference(self) -> None:
        self.now += 1.0

    def race(self) -> None:
        assert_speed(self.student, self.reference, at_most=2, rounds=3)


@pytest.mark.parametrize(
    ("together", "by_itself", "rounds"),
    [
        (0.9, 0.9, 2),  # clearly fast enough: one cold round and one more
        (1.9, 1.9, 1 + 3),
        (3.9, 1.9, (1 + 9) + (1 + 3)),  # nearly: it is taken again
    ],
)
def test_fast_enough(
    monkeypatch: pytest.MonkeyPatch, together: float, by_itself: float, rounds: int
) -> None:
    world = World(monkeypatch, together, by_itself)
    world.race()
    assert world.rounds == rounds


@pytest.mark.parametrize(
    ("together", "by_itself", "says", "rounds"),
    [
        (3.0, 2.1, "2.1 times", 10 + 10),
        (4.1, 1.0, "4.1 times", 10),  # no other grader explains that
        (9.0, 1.0, "9.0 times", 1 + 3),
    ],
)
def test_too_slow(
    monkeypatch: pytest.MonkeyPatch, together: float, by_itself: float, says: str, rounds: int
) -> None:
    world = World(monkeypatch, together, by_itself)
    with pytest.raises(CheckFailed, match=f"at most 2 times the reference's time\ngot: {says}"):
        world.race()
    assert world.rounds == rounds


def test_another_program_may_be_at_work_for_many_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(monkeypatch, 1, 1)

    def student() -> None:
        world.rounds += 1
        world.now += 0.003 if world.rounds < 40 else 0.0019

    def reference() -> None:
        world.now += 0.001

    assert_speed(student, reference, at_most=2, rounds=3)
    assert world.rounds == 10 + 1 + 10 * 3  # the batch in which it was left alone


@pytest.mark.parametrize(
    ("costs", "waits", "passes"),
    [
        (1.8, {"student": 20.0}, True),  # right, and looks 22 times slower
        (9.0, {"reference": 20.0}, False),  # slow, and looks faster than the reference
        (9.0, {"student": 20.0, "reference": 20.0}, False),
        (1.8, {"student": 20.0, "reference": 20.0}, True),
    ],
)
def test_where_every_round_waits_processor_time_counts(
    monkeypatch: pytest.MonkeyPatch, costs: float, waits: dict[str, float], passes: bool
) -> None:
    world = World(monkeypatch, 1, 1)

    def side(name: str, seconds: float) -> Callable[[], None]:
        def run() -> None:
            world.now += seconds + waits.get(name, 0)
            world.waited += waits.get(name, 0)

        return run

    with nullcontext() if passes else pytest.raises(CheckFailed, match=r"got: 9\.0 times"):
        assert_speed(side("student", costs), side("reference", 1.0), at_most=2, rounds=3)


def test_what_is_timed_is_fresh_and_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    World(monkeypatch, 1, 1)
    given = iter(range(100))
    seen: list[int] = []

    def remembers(n: int) -> int:
        seen.append(n)
        return seen[0] ** 2

    with pytest.raises(CheckFailed, match="expected result: 1\ngot: 0"):
        assert_speed(
            remembers,
            lambda n: n**2,
            at_most=2,
            fresh=lambda: (next(given),),
            same=checks.assert_equal,
        )
    assert seen == [0, 1]


def test_while_the_reference_runs_the_students_code_does_not() -> None:
    seen: list[str] = []

    @contextmanager
    def still() -> Iterator[None]:
        seen.append("still")
        yield
        seen.append("free")

    with turns_of(nullcontext, still):
        assert_speed(lambda: seen.append("student"), lambda: seen.append("reference"), at_most=1e9)
    assert seen[:5] == ["student", "still", "reference", "free", "student"]


def test_who_is_alone_is_the_graders_to_say() -> None:
    seen: list[str] = []

    @contextmanager
    def with_nobody() -> Iterator[None]:
        seen.append("alone")
        yield

    with turns_of(with_nobody), alone():
        assert seen == ["alone"]
    with alone():
        assert seen == ["alone"]
