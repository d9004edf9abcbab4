"""What the result of one test file depends on, as one digest.

Two submissions of one content, a comment in a test file, a later due date: the digest is the same,
and nothing is run again. A changed test, rule, limit, library or judge: it is another one.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata
import json
import platform
from pathlib import Path

import autograder
from autograder.authoring.bundle import Bundle
from autograder.course.parts import Visibility, part_name

# The modules of the engine that decide a score.
_JUDGE = ("course/modules.py", "grading/*.py", "jail/*.py", "submissions/*.py", "testing/*.py")


class Keys:
    """Addresses of the results that one bundle gives.

    Attributes:
        parts: name of a part (`q3 (hidden)`) → digest of all but the submission.
        digest: of the bundle as a whole.
    """

    def __init__(self, bundle: Bundle, *, unsafe: bool = False) -> None:
        self.digest = bundle.digest
        common = {
            "environment": environment(bundle),
            "unsafe": unsafe,  # what was not isolated is never taken for what was
            "files": {n: hashlib.sha256(d).hexdigest() for n, d in sorted(bundle.files.items())},
            "assignment": bundle.assignment.model_dump(
                mode="json",
                include={"slug", "limits", "preload", "allow_imports", "forbid_imports"},
            ),
            # A file that defines none of them is another assignment's.
            "asked": sorted(n for q in bundle.assignment.questions.values() for n in q.names),
        }
        self.parts = {
            part_name(question, visibility): _digest(
                {**common, "part": _part(bundle, question, visibility, source)}
            )
            for question, visibility, source in bundle.tests()
        }

    def of(self, submission: str, *, exhausted: bool = False) -> dict[str, str]:
        """Part → address of its result for the submission with that digest.

        Args:
            exhausted: for a submission that used up its time: then a part's result depends on all
                that ran before it, so on the whole bundle.
        """
        more = self.digest if exhausted else ""
        return {name: _digest([submission, key, more]) for name, key in self.parts.items()}


def _part(bundle: Bundle, question: str, visibility: Visibility, source: str) -> dict[str, object]:
    asked = bundle.assignment.questions[question]
    return {
        "name": part_name(question, visibility),
        "tests": without_comments(source),
        "names": asked.names,
        "forbid": asked.forbid,
    }


def without_comments(source: str) -> str:
    """What a program says to Python: its comments and layout make no difference."""
    return ast.dump(ast.parse(source))


def environment(bundle: Bundle) -> dict[str, str]:
    """Versions of everything that a result may depend on besides bundle and submission."""
    packages = {"numpy", "otter-grader", *bundle.assignment.packages}
    packages |= {m.split(".")[0] for m in bundle.assignment.preload}
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "judge": _judge(),
        "autograder": autograder.__version__,
        **{name: _version(name) for name in sorted(packages)},
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "none"


@functools.cache
def _judge() -> str:
    folder = Path(autograder.__file__).parent
    files = [path for pattern in _JUDGE for path in sorted(folder.glob(pattern))]
    return _digest([without_comments(path.read_text(encoding="utf-8")) for path in files])


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
