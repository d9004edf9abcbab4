"""Bundles in the shapes of public ones, written here: each with a right, a wrong, a half and a
broken submission, and the points that these get, test file by test file.

A submission is a percent script. `broken` has a cell that fails and one that is no Python.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

WHO = ("right", "wrong", "half", "broken")
BROKEN = "# %%\nraise RuntimeError('stuck')\n\n# %%\nfor in range(3):\n\n# %%\n"


@dataclass(frozen=True)
class Shape:
    """A bundle.

    Attributes:
        tests: text of tests/<name>.py by name.
        submissions: right, wrong and half; broken is `half` with two cells that fail in front.
        points: for each of `WHO`, points by the names of the test files.
        config, files, environment: what else is in the zip.
        total: for each of `WHO` the score, where it is not the sum.
    """

    tests: dict[str, str]
    submissions: dict[str, str]
    points: dict[str, dict[str, float]]
    config: dict[str, object] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    environment: str = ""
    total: dict[str, float] = field(default_factory=dict)

    def source(self, who: str) -> str:
        """A submission's script."""
        if who != "broken":
            return self.submissions[who]
        return BROKEN + self.submissions["half"]

    def score(self, who: str) -> float:
        """The whole score of a submission."""
        return self.total.get(who, sum(self.points[who].values()))

    def write(self, path: Path) -> Path:
        """The zip, as `otter generate` lays it out."""
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in self.tests.items():
                archive.writestr(f"tests/{name}.py", text)
            for name, text in self.files.items():
                archive.writestr(f"files/{name}", text)
            archive.writestr("otter_config.json", json.dumps(self.config))
            archive.writestr("requirements.txt", "")
            if self.environment:
                archive.writestr("environment.yml", self.environment)
        return path


def ok(name: str, *cases: str, points: object = None, **more: object) -> str:
    """An OK-formatted file; a case is code, with `hidden:` in front if it is."""
    made = []
    for case in cases:
        code = case.removeprefix("hidden:")
        made.append({"code": code, "hidden": code != case, "locked": False})
    suites = [{"cases": made, "scored": True, "setup": "", "teardown": "", "type": "doctest"}]
    return f"OK_FORMAT = True\n\ntest = {dict(name=name, points=points, suites=suites, **more)!r}\n"


def raising(name: str, body: str, **top: object) -> str:
    """An exception-based file."""
    head = ["from otter.test_files import test_case", "OK_FORMAT = False", f"name = {name!r}"]
    head += [f"{key} = {value!r}" for key, value in top.items()]
    return "\n".join(head) + "\n\n" + dedent(body)


def each(right: object, wrong: object, half: object, broken: object) -> dict[str, object]:
    return dict(zip(WHO, (right, wrong, half, broken), strict=True))


def _points(*rows: dict[str, float]) -> dict[str, dict[str, float]]:
    return dict(zip(WHO, rows, strict=True))


MEAN = "import numpy as np\n\ndef mean(values):\n    return {}\n\nbig = {}\n"

SHAPES: dict[str, Shape] = {
    # Introductory data science: doctests that compare with True, one file a question.
    "values and types": Shape(
        tests={
            "q1_1": ok("q1_1", ">>> type(big)\n<class 'int'>", "hidden:>>> big == 8760\nTrue"),
            "q1_2": ok("q1_2", ">>> mean([1, 2, 3]) == 2\nTrue", "hidden:>>> mean([5])\n5.0"),
        },
        submissions={
            "right": MEAN.format("float(np.mean(values))", "365 * 24"),
            "wrong": MEAN.format("sum(values)", "'8760'"),
            "half": MEAN.format("float(np.mean(values))", "365"),
        },
        points=_points(
            {"q1_1": 1, "q1_2": 1},
            {"q1_1": 0, "q1_2": 0},
            {"q1_1": 0.5, "q1_2": 1},
            {"q1_1": 0.5, "q1_2": 1},
        ),
    ),
    # Points for a whole file, spread over its cases.
    "points of a file": Shape(
        tests={
            "q1": ok("q1", ">>> f(1)\n2", ">>> f(2)\n3", ">>> f(-1)\n0", points=6),
            "q2": ok("q2", ">>> g('ab')\n'ba'", points=4),
        },
        submissions={
            "right": "def f(x):\n    return x + 1\n\ndef g(s):\n    return s[::-1]\n",
            "wrong": "def f(x):\n    return None\n\ndef g(s):\n    return s\n",
            "half": "def f(x):\n    return abs(x) + 1\n\ndef g(s):\n    return s[::-1]\n",
        },
        points=_points(
            {"q1": 6, "q2": 4}, {"q1": 0, "q2": 0}, {"q1": 4, "q2": 4}, {"q1": 4, "q2": 4}
        ),
    ),
    # A list of points, one of them 0.
    "points of each case": Shape(
        tests={
            "q1": ok("q1", ">>> x > 0\nTrue", ">>> x\n3", ">>> x == y\nTrue", points=[0, 1, 2.5])
        },
        submissions={"right": "x = y = 3\n", "wrong": "x, y = 4, 5\n", "half": "x, y = 3, 4\n"},
        points=_points({"q1": 3.5}, {"q1": 0}, {"q1": 1}, {"q1": 1}),
    ),
    # Tables with pandas, named in an environment.
    "tables": Shape(
        tests={
            "q1": ok("q1", ">>> by_town.shape == (2,)\nTrue", ">>> int(by_town['Bern'])\n5"),
            "q2": ok(
                "q2",
                ">>> import pandas as pd\n>>> isinstance(tall, pd.DataFrame)\nTrue",
                "hidden:>>> list(tall['name'])\n['b', 'c']",
                points=2,
            ),
        },
        submissions={
            "right": "import pandas as pd\nt = pd.read_csv('people.csv')\n"
            "by_town = t.groupby('town')['n'].sum()\ntall = t[t['n'] > 1]\n",
            "wrong": "import pandas as pd\nt = pd.read_csv('people.csv')\n"
            "by_town = t.groupby('Town')['n'].sum()\ntall = list(t['n'])\n",
            "half": "import pandas as pd\nt = pd.read_csv('people.csv')\n"
            "by_town = t.groupby('town')['n'].sum()\ntall = t[t['n'] > 2]\n",
        },
        points=_points(
            {"q1": 1, "q2": 2}, {"q1": 0, "q2": 0}, {"q1": 1, "q2": 1}, {"q1": 1, "q2": 1}
        ),
        files={"people.csv": "name,town,n\na,Bern,1\nb,Bern,4\nc,Chur,2\n"},
        environment="name: lab\ndependencies:\n  - python=3.11\n  - pip: [pandas, numpy]\n",
    ),
    # Functions that raise, with points and messages of their own.
    "exceptions": Shape(
        tests={
            "q1": raising(
                "q1",
                """
                @test_case(points=1, failure_message="Try 0.")
                def test_zero(square):
                    assert square(0) == 0

                @test_case(points=2, hidden=True)
                def test_negative(square):
                    assert square(-3) == 9, "Signs?"
            """,
            ),
            "q2": raising(
                "q2",
                """
                @test_case()
                def test_environment(env):
                    assert env["answer"] == 42
            """,
                points=3,
            ),
        },
        submissions={
            "right": "def square(x):\n    return x * x\n\nanswer = 42\n",
            "wrong": "def square(x):\n    return x + 1\n\nanswer = None\n",
            "half": "def square(x):\n    return x * abs(x)\n\nanswer = 42\n",
        },
        points=_points(
            {"q1": 3, "q2": 3}, {"q1": 0, "q2": 0}, {"q1": 1, "q2": 3}, {"q1": 1, "q2": 3}
        ),
    ),
    # A seed before every cell.
    "seed": Shape(
        tests={
            "q1": ok("q1", ">>> np.random.seed(7)\n>>> float(np.random.rand()) == draw\nTrue"),
            "q2": ok("q2", ">>> again == draw\nTrue"),
        },
        submissions={
            "right": "import numpy as np\n\n# %%\ndraw = float(np.random.rand())\n\n"
            "# %%\nagain = float(np.random.rand())\n",
            "wrong": "import numpy as np\n\n# %%\ndraw = 2.0\n\n# %%\nagain = 3.0\n",
            "half": "import numpy as np\n\n# %%\ndraw = float(np.random.rand())\n"
            "again = float(np.random.rand())\n",
        },
        points=_points(
            {"q1": 1, "q2": 1}, {"q1": 0, "q2": 0}, {"q1": 1, "q2": 0}, {"q1": 1, "q2": 0}
        ),
        config={"seed": 7},
    ),
    # A seed through a name that the notebook sets.
    "seed variable": Shape(
        tests={"q1": ok("q1", ">>> value == 42\nTrue", ">>> twice == 84\nTrue", points=2)},
        submissions={
            "right": "rng_seed = 1\n\n# %%\nvalue = rng_seed\ntwice = 2 * value\n",
            "wrong": "rng_seed = 1\nvalue = 1\ntwice = 2\n",
            "half": "rng_seed = 1\n\n# %%\nvalue = rng_seed\ntwice = 2\n",
        },
        points=_points({"q1": 2}, {"q1": 0}, {"q1": 1}, {"q1": 1}),
        config={"seed": 42, "seed_variable": "rng_seed"},
    ),
    # Everything hidden.
    "hidden": Shape(
        tests={
            "q1": ok("q1", "hidden:>>> f(2)\n4", "hidden:>>> f(3)\n9", points=2),
            "q2": ok("q2", "hidden:>>> f('a')\n'a'", points=1),
        },
        submissions={
            "right": "def f(x):\n    return x if isinstance(x, str) else x ** 2\n",
            "wrong": "def f(x):\n    raise NotImplementedError\n",
            "half": "def f(x):\n    return 2 * x if isinstance(x, int) else x\n",
        },
        points=_points(
            {"q1": 2, "q2": 1}, {"q1": 0, "q2": 0}, {"q1": 1, "q2": 1}, {"q1": 1, "q2": 1}
        ),
        config={"show_hidden": True},
    ),
    "all or nothing": Shape(
        tests={
            "q1": ok("q1", ">>> a\n1", ">>> b\n2", points=4, all_or_nothing=True),
            "q2": raising(
                "q2",
                """
                @test_case(points=1)
                def test_a(a):
                    assert a == 1

                @test_case(points=1)
                def test_b(b):
                    assert b == 2
            """,
                all_or_nothing=True,
            ),
        },
        submissions={"right": "a, b = 1, 2\n", "wrong": "a, b = 2, 1\n", "half": "a, b = 1, 1\n"},
        points=_points(
            {"q1": 4, "q2": 2}, {"q1": 0, "q2": 0}, {"q1": 0, "q2": 0}, {"q1": 0, "q2": 0}
        ),
    ),
    # A project: thirty files.
    "thirty files": Shape(
        tests={f"q{n:02}": ok(f"q{n:02}", f">>> answers[{n}]\n{n * n}") for n in range(30)},
        submissions={
            "right": "answers = [n * n for n in range(30)]\n",
            "wrong": "answers = [-1] * 30\n",
            "half": "answers = [n * n for n in range(15)]\n",
        },
        points=_points(
            {f"q{n:02}": 1 for n in range(30)},
            {f"q{n:02}": 0 for n in range(30)},
            {f"q{n:02}": float(n < 15) for n in range(30)},
            {f"q{n:02}": float(n < 15) for n in range(30)},
        ),
    ),
    # Modules and data beside the notebook, some in folders.
    "files": Shape(
        tests={"q1": ok("q1", ">>> total\n10", ">>> lab_utils.double(total)\n20", points=2)},
        submissions={
            "right": "import lab_utils\ntotal = sum(map(int, open('data/n.txt')))\n",
            "wrong": "import numpy\ntotal = 9\n",
            "half": "import lab_utils\ntotal = 9\n",
        },
        points=_points({"q1": 2}, {"q1": 0}, {"q1": 0}, {"q1": 0}),
        files={"lab_utils.py": "def double(x):\n    return 2 * x\n", "data/n.txt": "1\n2\n3\n4\n"},
    ),
    # Another total than the sum.
    "points possible": Shape(
        tests={"q1": ok("q1", ">>> x\n1", points=1), "q2": ok("q2", ">>> y\n2", points=3)},
        submissions={"right": "x, y = 1, 2\n", "wrong": "x, y = 0, 0\n", "half": "x, y = 1, 0\n"},
        points=_points(
            {"q1": 1, "q2": 3}, {"q1": 0, "q2": 0}, {"q1": 1, "q2": 0}, {"q1": 1, "q2": 0}
        ),
        config={"points_possible": 20},
        total={"right": 20, "wrong": 0, "half": 5, "broken": 5},
    ),
    # Passed or not.
    "threshold": Shape(
        tests={"q1": ok("q1", ">>> x\n1"), "q2": ok("q2", ">>> y\n2")},
        submissions={"right": "x, y = 1, 2\n", "wrong": "x, y = 0, 0\n", "half": "x, y = 1, 0\n"},
        points=_points(
            {"q1": 1, "q2": 1}, {"q1": 0, "q2": 0}, {"q1": 1, "q2": 0}, {"q1": 1, "q2": 0}
        ),
        config={"score_threshold": 0.5, "points_possible": 1},
        total={"right": 1, "wrong": 0, "half": 1, "broken": 1},
    ),
    # Checks on the way: what counts is how things stood then.
    "checks on the way": Shape(
        tests={"q1": ok("q1", ">>> x\n1"), "q2": ok("q2", ">>> x\n2")},
        submissions={
            "right": "import otter\ngrader = otter.Notebook()\nx = 1\n\n"
            "# %%\ngrader.check('q1')\n\n# %%\nx = 2\n",
            "wrong": "import otter\ngrader = otter.Notebook()\nx = 3\n",
            "half": "import otter\ngrader = otter.Notebook()\nx = 2\n",
        },
        points=_points(
            {"q1": 1, "q2": 1}, {"q1": 0, "q2": 0}, {"q1": 0, "q2": 1}, {"q1": 0, "q2": 1}
        ),
    ),
}
