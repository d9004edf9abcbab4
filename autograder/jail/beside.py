"""Tests of stock Otter bundles: run inside the jail, in one process with the student's code.

Such tests look at the student's own objects, so they cannot run anywhere else. Otter's own classes
load and run them, and cells are prepared by Otter's own preprocessor and executed by IPython, so
that what passes here passes there. Whoever asks believes nothing that comes back: student code
shares this process and may say what it likes.

The judge loads `learn` and `grade` into a worker as it loads a submission, and calls them there.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import warnings
from pathlib import Path
from typing import Any

with warnings.catch_warnings():  # some of what Otter imports is deprecated
    warnings.simplefilter("ignore")
    import IPython.core.magics
    import nbformat
    import otter
    from IPython.core.interactiveshell import InteractiveShell
    from otter.execute import Checker
    from otter.execute.preprocessor import GradingPreprocessor
    from otter.nbmeta_config import NBMetadataConfig
    from otter.test_files import create_test_file
    from otter.test_files.exception_test import ExceptionTestFile
    from traitlets.config import Config

from autograder.jail import reasons

TESTS = "./tests"
MAX_MESSAGE = 2000  # characters of what Otter says about one test case

_INIT = "from otter import Notebook as {name}\n{name}.init_grading_mode({tests!r})"


# What would otherwise be imported and compiled in every worker anew:
nbformat.v4.new_notebook()
for _part in ("application", "completer", "completerlib", "crashhandler", "logger", "oinspect"):
    importlib.import_module(f"IPython.core.{_part}")
for _module in pkgutil.iter_modules(IPython.core.magics.__path__):
    importlib.import_module(f"IPython.core.magics.{_module.name}")


class Refused(Exception):
    """The submission cannot be run at all; the message is one sentence for the student."""


# --- the tests alone ----------------------------------------------------------------------------


def learn() -> list[dict[str, Any]]:
    """What the test files of `tests/` say about themselves; no student code is near.

    Returns:
        One dict per file, in Otter's order; one with "problem" for a file that cannot be used.
        Only one dict with "host" where this machine cannot even run a notebook in the jail.
    """
    _prepare_process()
    try:
        _try_out()
    except Exception as error:  # a package that workers may not read, above all
        return [{"host": f"{type(error).__name__}: {str(error)[:200]}"}]
    return [_describe(path) for path in _test_files()]


def _try_out() -> None:
    """Read and run a notebook in which nothing can fail."""
    cell = nbformat.v4.new_code_cell("1 + 1")
    text = nbformat.writes(nbformat.v4.new_notebook(cells=[cell]))
    notebook = nbformat.reads(text, as_version=4)
    shell = _Shell.instance(config=_settings())
    try:
        failed = _run(shell, _prepare(notebook, 1, None))
    finally:
        _Shell.clear_instance()
    if failed is not None:
        raise failed


def _test_files() -> list[str]:
    return sorted(f"{TESTS}/{entry.name}" for entry in Path(TESTS).glob("*.py"))


def _describe(path: str) -> dict[str, Any]:
    try:
        file = create_test_file(path, NBMetadataConfig())
    except Exception as error:
        return {"path": path, "problem": f"{type(error).__name__}: {str(error)[:200]}"}
    return {
        "path": file.path,
        "name": file.name,
        "all_or_nothing": bool(file.all_or_nothing),
        "cases": [
            {
                "name": case.name,
                "points": case.points,
                "hidden": bool(case.hidden),
                "success_message": case.success_message,
                "failure_message": case.failure_message,
            }
            for case in file.test_cases
        ],
    }


# --- a submission with its tests ----------------------------------------------------------------


def grade(
    source: bytes,
    filename: str,
    assignment_name: str | None,
    seed: int | None,
    seed_variable: str | None,
    debug: bool,
) -> dict[str, Any]:
    """Run a submission and its tests as Otter does.

    Args:
        filename: what the student called the file; the notebook may open itself under this name.
        assignment_name: what a notebook's metadata must say, if anything.
        seed, seed_variable, debug: as in otter_config.json; with `debug`, Otter gives no results
            for a notebook in which a cell fails.

    Returns:
        `files`: for each check, in order, the test file's path and (passed, message) per test case;
        or `refused`: why nothing could be run; or `host`, the same where it is this machine; or
        `broken`, `debug`: why Otter would give no results.
    """
    Path(filename).write_bytes(source)
    try:  # before the submission's folder is on the path: what fails now is not the student's
        notebook = _read(source, filename)
        _check_assignment(notebook, filename, assignment_name)
    except Refused as refused:
        return {"refused": str(refused)}
    except (ImportError, OSError) as error:
        return {"host": f"{type(error).__name__}: {str(error)[:200]}"}
    _prepare_process()
    ExceptionTestFile._generate_error_message = _error_message
    shell = _Shell.instance(config=_settings())
    # A kernel's default: figures are closed after each cell.
    shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
    failed = _run(shell, _prepare(notebook, seed, seed_variable))
    if debug and failed is not None:
        return {"debug": f"{type(failed).__name__}: {str(failed)[:MAX_MESSAGE]}"}
    try:
        for path in _test_files():
            Checker.check_if_not_already_checked(path, global_env=shell.user_ns)
    except BaseException as error:  # Otter's own results end here too, `exit()` in a test included
        return {"broken": f"{type(error).__name__}: {str(error)[:MAX_MESSAGE]}"}
    return {"files": [[file.path, _outcomes(file)] for file in Checker.get_results()]}


_otters_message = ExceptionTestFile._generate_error_message


def _error_message(file: Any, error: Exception, context: int = 0) -> str:
    """What Otter says of a failed exception-based case, with the student's own line."""
    said: str = _otters_message(file, error, context)
    own = reasons.own_line(error)
    return f"{said}\n{own}" if own else said


def _outcomes(file: Any) -> list[list[Any]]:
    return [
        [result.passed is True, reasons.told(str(result.message))[:MAX_MESSAGE]]
        for result in file.test_case_results
    ]


def _read(source: bytes, filename: str) -> Any:
    """The submission as a notebook; a script is one cell."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("The file is not in UTF-8.") from None
    if not filename.endswith(".ipynb"):
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text)])
    try:
        return nbformat.reads(text, as_version=4)
    except (ImportError, OSError):
        raise  # nothing that is in a notebook leads to these
    except Exception:  # whatever nbformat's readers and converters raise
        raise Refused("The notebook is damaged: it cannot be read.") from None


def _check_assignment(notebook: Any, filename: str, wanted: str | None) -> None:
    if not wanted or not filename.endswith(".ipynb"):
        return
    try:
        found = NBMetadataConfig.from_notebook(notebook).assignment_name
    except (ImportError, OSError):
        raise
    except Exception:
        raise Refused("The notebook is damaged: its metadata cannot be read.") from None
    if found != wanted:
        belongs = f"belongs to `{str(found)[:80]}`" if found else "names no assignment"
        raise Refused(f"This is `{wanted}`, and the notebook {belongs}.")


class _Preparation(GradingPreprocessor):  # type: ignore[misc]
    """Otter's own preparation of cells: ignored cells, checks in metadata, seeds."""

    def add_init_and_export_cells(self, notebook: Any) -> None:
        """Instead of Otter's first and last cell, which write a pickle and log to a socket."""
        source = _INIT.format(name=self._notebook_name, tests=TESTS)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(source))


def _prepare(notebook: Any, seed: int | None, seed_variable: str | None) -> Any:
    preparation = _Preparation(
        cwd=os.getcwd(),
        test_dir=TESTS,
        seed=seed,
        seed_variable=seed_variable,
        otter_log=None,
        variables=None,
        force_python3_kernel=False,
    )
    return preparation.preprocess(notebook)[0]


def _run(shell: InteractiveShell, notebook: Any) -> BaseException | None:
    """Execute the cells. One that fails does not stop the next, as in Otter.

    Returns:
        What the first that failed raised, unless it says that it may.
    """
    first: BaseException | None = None
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and cell.source.strip() and "skip-execution" not in tags:
            done = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
            failed = done.error_before_exec or done.error_in_exec
            first = first or (None if "raises-exception" in tags else failed)
    return first


# --- the process --------------------------------------------------------------------------------


class _Shell(InteractiveShell):
    """IPython without a terminal or a kernel: nobody looks at what it shows."""

    def enable_gui(self, gui: Any = None) -> None:
        pass

    def system(self, cmd: str) -> None:
        """`!pip install …` does nothing: there are no other programs in the jail."""
        self.user_ns["_exit_code"] = 1

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        return [] if split else ""


def _settings() -> Any:
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.xmode = "Minimal"  # tracebacks are made, stored and never read
    settings.InteractiveShell.colors = "nocolor"
    settings.DisplayFormatter.active_types = ["text/plain"]
    return settings


def _prepare_process() -> None:
    """A process as a notebook's kernel has it: its folder first on the path, output to nowhere."""
    sys.modules["otter"] = otter  # in place of the stand-in that other submissions get
    sys.path.insert(0, "")
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (until the process ends)
