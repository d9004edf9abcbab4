"""Otter's test files without the rest of Otter.

`import otter` brings its grader, its exporters and pandas at once: four fifths of the time that a
student waits for `autograder check -q q1`. A test file needs `otter.test_files` alone, which needs
nothing of the package around it. So that package is entered without being run, and only where
nobody has imported Otter yet; whoever imports it later gets all of it, with these same classes.
"""

from __future__ import annotations

import importlib.util
import sys
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from otter.test_files.abstract_test import TestCase, TestCaseResult
    from otter.test_files.exception_test import ExceptionTestFile, test_case
else:
    _PACKAGE = "otter"
    _alone = _PACKAGE not in sys.modules
    if _alone:
        _found = importlib.util.find_spec(_PACKAGE)
        if _found is None or _found.submodule_search_locations is None:
            raise ModuleNotFoundError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
        sys.modules[_PACKAGE] = types.ModuleType(_PACKAGE)
        sys.modules[_PACKAGE].__path__ = _found.submodule_search_locations
    try:
        from otter.test_files.abstract_test import TestCase, TestCaseResult
        from otter.test_files.exception_test import ExceptionTestFile, test_case
    finally:
        if _alone:
            del sys.modules[_PACKAGE]

__all__ = ["ExceptionTestFile", "TestCase", "TestCaseResult", "test_case"]
