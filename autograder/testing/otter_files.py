"""Otter's test files without the rest of Otter.

`import otter` brings its grader, its exporters and pandas at once, and `otter.test_files` a checker
of JSON and IPython for formats that are none of ours: most of the time that a student waits for
`autograder check -q q1`. A test file needs two of its modules, which need nothing of the packages
around them. So those packages are entered without being run, and only where nobody has imported
Otter yet; whoever imports it later gets all of it, with these same classes.
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
    _entered = []
    try:
        for _package in ("otter", "otter.test_files"):
            if _package not in sys.modules:
                _found = importlib.util.find_spec(_package)
                if _found is None or _found.submodule_search_locations is None:
                    raise ModuleNotFoundError(f"No module named {_package!r}", name=_package)
                sys.modules[_package] = types.ModuleType(_package)
                sys.modules[_package].__path__ = _found.submodule_search_locations
                _entered.append(_package)
        from otter.test_files.abstract_test import TestCase, TestCaseResult, TestFile
        from otter.test_files.exception_test import ExceptionTestFile, test_case
    finally:
        for _package in _entered:
            del sys.modules[_package]
    if _entered:  # pickles (Otter's log has some) look for them where they will be exported
        for _exported in (TestCase, TestCaseResult, TestFile, ExceptionTestFile, test_case):
            _exported.__module__ = _entered[-1]

__all__ = ["ExceptionTestFile", "TestCase", "TestCaseResult", "test_case"]
