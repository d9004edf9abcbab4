"""What a submission may import: nothing honest is refused, and nothing else is reached."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from autograder.course.model import Assignment, load_course
from autograder.course.modules import allowed, loadable
from autograder.jail import imports
from autograder.jail.reading import Chunk

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT / "course.yml")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("slug", COURSE.assignments)
def test_every_right_and_wrong_answer_may_import_what_it_does(slug: str) -> None:
    assignment = COURSE.assignments[slug]
    paths = [ROOT / "solutions" / slug / f"{slug}.py"]
    for kind in ("alternatives", "mutants"):
        paths += (ROOT / "assignments" / slug / kind).glob("*.py")
    assert len(paths) > 10
    modules = allowed(assignment)
    for path in paths:
        refused = {n for n in imported(path) if n.partition(".")[0] not in modules}
        assert refused == set(), path


def assignment(**more: object) -> Assignment:
    return Assignment.model_validate(
        {
            "slug": "hw",
            "title": "Homework",
            "released": "2026-01-01T00:00:00Z",
            "due": "2026-02-01T00:00:00Z",
            "questions": {"q1": {"title": "A", "points": 1, "names": ["f"]}},
            **more,
        }
    )


def test_the_default_is_the_harmless_part_of_the_standard_library() -> None:
    modules = allowed(assignment())
    assert {"collections", "heapq", "typing", "functools", "os", "numpy", "matplotlib"} <= modules
    refused = {"ctypes", "_ctypes", "_xxsubinterpreters", "_interpreters", "_testcapi", "test"}
    assert not modules & {*refused, "scipy", "pandas", "sympy", "torch"}


def test_packages_and_what_is_named_may_be_imported_but_not_what_they_bring_along() -> None:
    torch = assignment(packages=["torch"], allow_imports=["pandas"], forbid_imports=["numpy"])
    modules = allowed(torch)
    assert {"torch", "pandas"} <= modules
    assert not modules & {"sympy", "networkx", "numpy"}
    assert {"sympy", "networkx"} <= loadable(torch)  # torch imports them itself
    assert "numpy" not in loadable(torch)
    assert not loadable(assignment()) & {"sympy", "networkx", "torch", "nbformat"}
    assert {"PIL", "kiwisolver"} <= loadable(assignment())  # Matplotlib's


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import math, sympy", "sympy"),
        ("import sympy.matrices as m", "sympy.matrices"),
        ("from sympy import Matrix", "sympy"),
        ("import concurrent.interpreters", "concurrent.interpreters"),
        ("from concurrent import interpreters", "concurrent.interpreters"),
        ("from concurrent.futures import interpreter", "concurrent.futures.interpreter"),
        ("import _xxsubinterpreters", "_xxsubinterpreters"),
        ("import _interpreters", "_interpreters"),
    ],
)
def test_an_import_that_is_not_allowed_is_a_missing_module(line: str, name: str) -> None:
    with pytest.raises(ImportError, match=f"`{name}` is not among the modules") as caught:
        run(f"import os\ndef f():\n    {line}\nf()\n")
    assert caught.value.name == name
    assert caught.traceback[-1].lineno == 2  # counted from 0: its own line


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    async def f(self):\n        pass\n    import sympy\n",
        "with open(os.devnull):\n    import sympy\n",
        "for _ in ():\n    pass\nelse:\n    import sympy\n",
        "while True:\n    if 0:\n        pass\n    elif 1:\n        import sympy\n",
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    import sympy\n",
        "try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    import sympy\n",
        "try:\n    pass\nfinally:\n    import sympy\n",
        "try:\n    raise ExceptionGroup('', [OSError()])\nexcept* OSError:\n    import sympy\n",
        "match 1:\n    case 1:\n        import sympy\n",
        "f = lambda: [0 if True else 1]\nif f(): import sympy\n",
    ],
)
def test_wherever_it_stands(source: str) -> None:
    with pytest.raises(ImportError, match="`sympy` is not among the modules"):
        run(f"import os\n{source}")


def test_what_can_be_done_without_is() -> None:
    source = "try:\n    from sympy import Matrix\nexcept ImportError:\n    Matrix = None\n"
    assert run(source)["Matrix"] is None
    assert run("from concurrent.futures import ThreadPoolExecutor as T\n")["T"]
    assert run("from . import beside\n", "ImportError") is not None


def run(source: str, forgiven: str = "") -> dict[str, object]:
    chunk = Chunk("hw.py", source, ast.parse(source))
    imports.restrict([chunk], {"os", "math", "concurrent", "_xxsubinterpreters", "_interpreters"})
    names: dict[str, object] = {"__name__": "hw"}
    try:
        exec(compile(chunk.tree, "hw.py", "exec"), names)
    except ImportError:
        if not forgiven:
            raise
    return names
