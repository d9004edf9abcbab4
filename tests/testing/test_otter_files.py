"""Test files are Otter's own, read without importing all of Otter."""

from __future__ import annotations

import subprocess
import sys

import pytest


def fresh(code: str) -> str:
    """What a program prints in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_test_file_brings_no_more_of_otter_than_its_own_modules() -> None:
    code = (
        "import autograder.checks, sys\n"
        "too_much = {'otter', 'otter.test_files', 'pandas', 'nbformat', 'jsonschema', 'IPython'}\n"
        "print(sorted(too_much & {*sys.modules}))"
    )
    assert fresh(code) == "[]"


@pytest.mark.parametrize(
    "imports", ["import autograder.checks, otter", "import otter, autograder.checks"]
)
def test_all_of_otter_comes_when_it_is_asked_for_and_knows_our_test_cases(imports: str) -> None:
    code = (
        f"{imports}, dill\n"
        "from otter.test_files import ExceptionTestFile, test_case\n"
        "text = '''from autograder.checks import test_case\n"
        'name = "q1"\npoints = 2\n'
        "@test_case(name=\"a\", points=2)\ndef test_a(f):\n    pass\n'''\n"
        "file = ExceptionTestFile.from_string(text, path='q1.py')\n"
        "assert issubclass(autograder.checks.test_case, test_case)\n"
        "assert type(dill.loads(dill.dumps(file))) is ExceptionTestFile  # as in Otter's log\n"
        "print(otter.__version__ > '7', otter.Notebook.__name__, [c.name for c in file.test_cases])"
    )
    assert fresh(code) == "True Notebook ['a']"
