"""Small mistakes by machine: which are made, which are caught, what is remembered."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from shared.isolation import isolates
from shared.tiny_course import SLUG, SOLUTION, make_course, write

from autograder.authoring.bundle import Bundle
from autograder.authoring.source import SourceError
from autograder.ground.errors import UserError
from autograder.verifying.mutation import hunting, view
from autograder.verifying.mutation.making import NoOperators, mutations, sample
from autograder.verifying.mutation.run import Choice, Figures, run


def module(body: str) -> str:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"def f(*given):\n    # BEGIN SOLUTION\n{lines}\n    # END SOLUTION\n"


def made(body: str) -> dict[str, set[str]]:
    """Operator → the lines that it makes of the body."""
    found: dict[str, set[str]] = {}
    for mutation in mutations(module(body)):
        found.setdefault(mutation.operator, set()).add(mutation.now.strip())
    return found


# --- making -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "body", "expected"),
    [
        ("swap_axis", "x = y.sum(axis=0)", {"x = y.sum(axis=1)", "x = y.sum(axis=-1)"}),
        ("drop_option", "x = y.max(1, keepdims=True)", {"x = y.max(1)"}),
        ("other_ddof", "x = y.std(axis=z)", {"x = y.std(axis=z, ddof=1)"}),
        ("drop_transpose", "x = y.T", {"x = y"}),
        ("share_instead_of_copy", "x = y.copy()", {"x = y"}),
        ("share_instead_of_copy", "x = np.array(y)", {"x = np.asarray(y)"}),
        ("work_in_place", "x = x + y", {"x += y"}),
        ("other_update", "x += y", {"x -= y", "x = y"}),
        ("drop_shift", "x = y - y.max()", {"x = y"}),
        ("drop_raise", "raise ValueError(y)", {"pass"}),
        ("other_error", "raise ValueError(y)", {"raise RuntimeError(y)"}),
        ("other_error", "raise RuntimeError(y)", {"raise LookupError(y)"}),
        ("drop_statement", "x[y] = z", {"pass"}),
        ("other_type", "x = np.float64(y)", {"x = np.float32(y)"}),
        ("off_by_one", "x = y[a:]", {"x = y[(a) + 1:]", "x = y[(a) - 1:]", "x = y[:]"}),
        ("own_generator", "x = f(y, rng=rng)", {"x = f(y)"}),
        ("swap_arguments", "x = f(y, z)", {"x = f(z, y)"}),
        ("swap_arguments", "x = 2 * (y - z)", {"x = 2 * ((z - y))"}),
        ("other_function", "x = np.argmax(y)", {"x = np.argmin(y)"}),
        ("half_a_condition", "x = y and z", {"x = (y)", "x = (z)"}),
        ("ReplaceComparisonOperator_Lt_LtE", "x = y < z", {"x = y <= z"}),
        ("NumberReplacer", "x = 3", {"x = 4", "x = 2"}),
        ("AddNot", "while x: y", {"while not x: y"}),
        ("ReplaceBreakWithContinue", "for x in y: break", {"for x in y: continue"}),
    ],
)
def test_what_an_operator_makes(operator: str, body: str, expected: set[str]) -> None:
    assert made(body)[operator] == expected


def test_only_marked_lines_change() -> None:
    source = "LIMIT = 3\n\n\ndef given():\n    return 1 + 2\n\n\n" + module("return 1 + 2")
    lines = {mutation.line for mutation in mutations(source)}
    assert lines == {source.splitlines().index("    # BEGIN SOLUTION") + 2}


def test_messages_and_identity_are_left_alone() -> None:
    assert "NumberReplacer" not in made('raise ValueError(f"not {x + 1}")')
    assert not [name for name in made("x = y == 2") if "_Is" in name]


def test_every_mutant_is_another_program_and_python() -> None:
    found = mutations(SOLUTION)
    assert len({m.key for m in found}) == len(found)
    assert len({m.source for m in found}) == len(found)
    for mutation in found:
        compile(mutation.source, "mutant", "exec")
        assert mutation.source != SOLUTION
    assert [m.key for m in mutations(SOLUTION)] == [m.key for m in found]


def test_what_is_the_solution_again_is_no_mutant() -> None:
    assert "swap_arguments" in made("x = log(y, z)")
    assert "swap_arguments" not in made("x = log(y, y)")


def test_a_sample_is_the_same_wherever_its_lines_are() -> None:
    every, moved = mutations(SOLUTION), mutations("\n\n" + SOLUTION)
    drawn = sample(every, 5, seed=3)
    assert [m.key for m in drawn] == [m.key for m in sample(moved, 5, seed=3)]
    assert len(drawn) == 5
    assert [m.key for m in sample(every, 5, seed=4)] != [m.key for m in drawn]


def test_a_changed_line_changes_its_own_place_in_a_sample_alone() -> None:
    every = mutations(module("x = y + z\nreturn x * 2 - y"))
    fewer = mutations(module("x = y\nreturn x * 2 - y"))
    assert len(fewer) < len(every)
    kept = {m.key for m in sample(every, 4, seed=0)} & {m.key for m in fewer}
    assert kept
    assert kept <= {m.key for m in sample(fewer, 4, seed=0)}


def test_a_smaller_sample_is_part_of_a_larger_one() -> None:
    every = mutations(SOLUTION)
    small, large = ({m.key for m in sample(every, n, seed=7)} for n in (3, 8))
    assert small < large


def test_without_cosmic_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cosmic_ray.operators.provider", None)
    with pytest.raises(NoOperators, match=r"pip install \"autograder-course\[mutation\]\""):
        mutations(SOLUTION)


# --- hunting ------------------------------------------------------------------------------------

TAIL = "    secret = a + b\n    return secret\n"


def course(root: Path, body: str = TAIL) -> Path:
    make_course(root)
    text = SOLUTION.replace(TAIL, body)
    text = text.replace("        self.count = secret\n", "        self.count = int(secret)\n")
    write(root / "solutions" / SLUG / f"{SLUG}.py", text)
    write(root / "assignments" / SLUG / "hidden" / "q2.py", COUNTS)
    return root


COUNTS = '''"""Counting."""
from autograder.checks import assert_equal, test_case

OK_FORMAT = False
name = "q2 (hidden)"
points = 3


@test_case(name="one more", points=3, hidden=True, failure_message="Hm.")
def test_step(student):
    def probe(Counter):
        counter = Counter(7)
        counter.step()
        return counter.count

    assert_equal(student(probe), 8)
'''


def figures(root: Path, **choice: object) -> Figures:
    return run(root, SLUG, Bundle.from_course(root, SLUG), Choice(**choice), workers=1)  # type: ignore[arg-type]


@isolates
def test_survivors_records_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "    if a > 10**9:\n        return b + a\n    secret = a + b\n    return secret\n"
    root = course(tmp_path, body)
    first = figures(root, question="q1")
    survivors = {m.now.strip() for m in first.survivors}
    assert "return b - a" in survivors  # no test has such a number
    assert "secret = a - b" not in survivors
    assert first.caught > 5
    assert first.share is not None
    # The second run knows everything.
    with monkeypatch.context() as patch:
        patch.setattr(hunting, "Hunter", None)
        again = figures(root, question="q1")
    assert (again.survivors, again.caught) == (first.survivors, first.caught)
    assert again.share is None
    # What the verb says, and what it writes.
    monkeypatch.chdir(root)
    assert view.mutate(SLUG, Choice(question="q1"), 1, Console(width=200)) == 1
    said = capsys.readouterr().out
    line = (
        (root / f"solutions/{SLUG}/{SLUG}.py")
        .read_text()
        .splitlines()
        .index("        return b + a")
    )
    assert f"solutions/{SLUG}/{SLUG}.py, line {line + 1}, in add (" in said
    assert "-         return b + a\n+         return b - a" in said
    # Recorded, they are no survivors; an entry whose line is gone is stale.
    entries = (root / f"dist/mutants/{SLUG}-survivors.toml").read_text()
    record = root / "assignments" / SLUG / "equivalent.toml"
    write(record, entries)
    with pytest.raises(SourceError, match=r"entry 1 needs the texts inside, was, now, reason"):
        figures(root, question="q1")
    write(record, entries.replace('reason = ""', 'reason = "Nobody adds such numbers."'))
    recorded = figures(root, question="q1")
    assert (recorded.survivors, recorded.stale) == ([], [])
    assert recorded.equivalent == len(first.survivors)
    solution = root / "solutions" / SLUG / f"{SLUG}.py"
    write(solution, solution.read_text().replace("return b + a", "return (b + a)"))
    stale = figures(root, size=1).stale
    assert any(
        text == f"assignments/{SLUG}/equivalent.toml: `return b + a` → `return b - a` in add is no "
        "mutant of the solution any more; remove the entry."
        for text in stale
    )


@isolates
def test_a_mutant_that_runs_for_ever_is_ended(tmp_path: Path) -> None:
    body = "    n = 0\n    while n < b:\n        n += 1\n    return a + n\n"
    root = course(tmp_path, body.replace("< b:", "!= b:"))
    from autograder.verifying.mutation.hunting import Hunter, measure

    bundle = Bundle.from_course(root, SLUG)
    own = measure(root, SLUG, bundle)
    assert set(own) == {
        f"{q}{h}: {case}"
        for q, h, case in [
            ("q1", " (public)", "small"),
            ("q1", " (hidden)", "small"),
            ("q2", " (public)", "small"),
            ("q2", " (hidden)", "one more"),
        ]
    }
    text = (root / "solutions" / SLUG / f"{SLUG}.py").read_text()
    endless = next(m for m in mutations(text) if m.now == "        n -= 1")
    with Hunter(bundle, dict.fromkeys(own, 0.0)) as hunter:
        catch = hunter.hunt(endless.source, endless.inside, frozenset({"q1"}))
    assert catch.by == "q1 (public): small: stopped"


@isolates
def test_only_changed_lines_and_only_what_exists(tmp_path: Path) -> None:
    root = course(tmp_path)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *command], cwd=root, check=True)
    assert figures(root, since="HEAD").judged == 0
    solution = root / "solutions" / SLUG / f"{SLUG}.py"
    write(solution, solution.read_text().replace("secret = a + b", "secret = b + a"))
    changed = figures(root, since="HEAD")
    assert changed.judged > 5
    assert changed.survivors == []
    with pytest.raises(UserError, match=r"^--since nowhere: git says: "):
        figures(root, since="nowhere")
    with pytest.raises(UserError, match=r"^adding has no question q9; there is: q1, q2\.$"):
        figures(root, question="q9")


@isolates
def test_what_verify_says_of_survivors(tmp_path: Path) -> None:
    from autograder.verifying.proof import by_machine

    body = "    if a > 10**9:\n        return b + a\n    secret = a + b\n    return secret\n"
    root = course(tmp_path, body)
    bundle = Bundle.from_course(root, SLUG)
    reported = by_machine(root, SLUG, bundle, workers=1)
    assert "mutants are caught (" in reported.text
    assert reported.text.endswith("; nobody has gone through the others: `autograder mutate`")
    assert reported.problems == []
    write(root / "assignments" / SLUG / "equivalent.toml", "")
    failing = by_machine(root, SLUG, bundle, workers=1)
    assert any("return b - a" in problem for problem in failing.problems)
