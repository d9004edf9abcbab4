"""What a student sees: the folder in JupyterLab and the course site, in a real browser.

Needs JupyterLab, Playwright and a Chromium on this machine; `make browser` runs it.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shared.chromium import PICTURES, chromium, sync_api
from shared.nbgrader_class import autograder, hand_in
from shared.tiny_course import SLUG, make_course

from autograder.authoring.bundle import build_student_zip, unpack

pytest.importorskip("jupyterlab", reason="needs JupyterLab: make browser")

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("LAB_PYTHON", sys.executable)
"""The Python that starts JupyterLab: another one is that of a student's own installation."""

SOLUTION_Q1 = '''\
def matmul_naive(a, b):
    """Multiply two matrices by the definition, with three nested loops."""
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"a {a.shape} and b {b.shape} do not fit")
    c = np.zeros((a.shape[0], b.shape[1]), np.result_type(a, b))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for m in range(a.shape[1]):
                c[i, j] += a[i, m] * b[m, j]
    return c
'''


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The student's folder, unzipped where a student might."""
    build_student_zip(ROOT, "matmul", tmp_path / "matmul.zip")
    home = tmp_path / "My Übungen"
    for name, data in unpack(tmp_path / "matmul.zip").items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return home / "matmul"


@pytest.fixture
def lab(folder: Path) -> Iterator[str]:
    """Address of a JupyterLab that was started in the folder, as the README says."""
    with jupyterlab(folder, "matmul.ipynb", python=PYTHON) as address:
        yield address


@contextlib.contextmanager
def jupyterlab(folder: Path, *arguments: str, python: str = sys.executable) -> Iterator[str]:
    """A JupyterLab of one's own, with nobody's settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = [f"--port={port}", "--no-browser", "--ServerApp.token=t", "--allow-root"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder.parent / "no-config")}
    log = folder.parent / "lab.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [python, "-m", "jupyterlab", *arguments, *settings],
            cwd=folder, stdout=out, stderr=out, env=environment,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api?token=t", log)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, log: Path) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


class Page:
    """The notebook in the browser, and what a student does there."""

    def __init__(self, browser: Any, lab: str) -> None:
        self.page = browser.new_page(viewport={"width": 1100, "height": 820})
        self.page.set_default_timeout(60_000)
        self.page.goto(f"{lab}/lab/tree/matmul.ipynb?token=t")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        if PICTURES:
            self.page.get_by_role("button", name="No", exact=True).click()  # no Jupyter news

    def cell(self, text: str) -> Any:
        """The code cell that contains this text, scrolled to and clicked into."""
        notebook = self.page.locator(".jp-WindowedPanel-outer, .jp-Notebook").first
        wanted = self.page.locator(".jp-CodeCell").filter(has_text=text).first
        for _ in range(80):
            if wanted.count():
                break
            notebook.hover()
            self.page.mouse.wheel(0, 500)
            self.page.wait_for_timeout(100)
        wanted.scroll_into_view_if_needed()
        wanted.locator(".cm-content").click()
        return wanted

    def run(self, text: str) -> Any:
        """Run that cell and wait for its end."""
        cell = self.cell(text)
        self.page.keyboard.press("Control+Enter")
        number = cell.locator(".jp-InputArea-prompt")
        sync_api.expect(number).not_to_have_text("[ ]:")
        sync_api.expect(number).not_to_have_text("[*]:")
        return cell

    def write(self, text: str, source: str) -> None:
        """Replace the source of that cell."""
        self.cell(text)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def picture(self, name: str) -> None:
        if PICTURES:
            self.page.mouse.move(1, 1)
            self.page.wait_for_timeout(300)
            self.page.screenshot(path=str(Path(PICTURES) / name))


def test_a_student_works_in_jupyterlab(browser: Any, lab: str, folder: Path) -> None:
    page = Page(browser, lab)
    page.run("grader = Notebook")
    page.run("from concurrent.futures")
    page.write("def matmul_naive", SOLUTION_Q1)
    page.run("def matmul_naive")
    said = page.run('grader.check("q1")').locator(".jp-OutputArea-output")
    sync_api.expect(said).to_contain_text("✓ q1 Three loops")
    sync_api.expect(said).to_contain_text("6 / 6")

    page.run("def matmul_outer")
    said = page.run('grader.check("q2")').locator(".jp-OutputArea-output")
    sync_api.expect(said).to_contain_text("matmul_outer is not written yet")
    page.write("def matmul_blocked", "def matmul_blocked(a, b, block=64):\n    return a @ b[:-1]\n")
    page.run("def matmul_blocked")
    said = page.run('grader.check("q3")').locator(".jp-OutputArea-output")
    sync_api.expect(said).to_contain_text("cell [7], line 2: `return a @ b[:-1]`")
    page.picture("notebook-mistake.png")

    said = page.run("grader.progress()").locator(".jp-OutputArea-output")
    sync_api.expect(said).to_contain_text("public points so far")
    said = page.run("grader.submit()").locator(".jp-OutputArea-output").last
    sync_api.expect(said).to_contain_text("Hand in matmul-submission.zip")
    sync_api.expect(said).to_contain_text("q1 Three loops: 6 of 6 public points")
    sync_api.expect(said).not_to_contain_text("Ctrl+S")  # saved from within the cell
    page.picture("notebook-submit.png")
    handed_in = unpack(folder / "matmul-submission.zip")["matmul.ipynb"].decode()
    assert "c[i, j] += a[i, m] * b[m, j]" in handed_in


def test_neither_of_script_and_notebook_locks_the_other(
    browser: Any, lab: str, folder: Path
) -> None:
    page = Page(browser, lab)
    script, notebook = folder / "matmul.py", folder / "matmul.ipynb"
    untouched = script.read_bytes()
    page.write("def matmul_naive", SOLUTION_Q1)
    page.page.keyboard.press("Control+s")
    _until(lambda: "c[i, j] += a[i, m] * b[m, j]" in notebook.read_text(encoding="utf-8"))
    assert script.read_bytes() == untouched

    # A script that was edited later, with any editor, while JupyterLab is open:
    old = 'raise NotImplementedError("q2: matmul_outer is not written yet")'
    text = script.read_text(encoding="utf-8")
    assert old in text
    script.write_text(text.replace(old, "return in_an_editor(a, b)"), encoding="utf-8")
    page.page.reload()
    page.page.wait_for_selector(".jp-Notebook .jp-Cell")
    sync_api.expect(page.cell("c[i, j] += a[i, m] * b[m, j]")).to_be_visible()

    autograder(folder, "convert", "matmul.py")
    page.page.reload()
    page.page.wait_for_selector(".jp-Notebook .jp-Cell")
    sync_api.expect(page.cell("return in_an_editor(a, b)")).to_be_visible()
    sync_api.expect(page.cell('grader.check("q2")')).to_be_visible()


def test_a_written_answer_is_graded_in_formgrader(browser: Any, tmp_path: Path) -> None:
    pytest.importorskip("nbgrader", reason="needs nbgrader: make browser")
    root = make_course(tmp_path)
    hand_in(root)
    autograder(root, "grade", SLUG, "submissions")
    autograder(root, "build", "--nbgrader")
    autograder(root, "export", "nbgrader", SLUG)
    with jupyterlab(root / "dist" / "nbgrader") as address:
        page = browser.new_page(viewport={"width": 1100, "height": 700})
        page.set_default_timeout(60_000)
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.goto(f"{address}/tree?token=t")  # signs in
        page.goto(f"{address}/formgrader/gradebook/{SLUG}/{SLUG}")
        page.locator("tr", has_text="ada").locator("a").first.click()
        score = page.locator("#written")
        score.scroll_into_view_if_needed()
        sync_api.expect(page.locator("main")).to_contain_text("✓ small (2/2)")
        sync_api.expect(page.locator("main")).to_contain_text("script>alert(1)")
        sync_api.expect(page.locator("main")).to_contain_text("Fine, $a < b$.")
        # The page fills its fields once its grades arrive, over whatever was typed until then.
        page.wait_for_function("formgrader.grades?.loaded && formgrader.comments?.loaded")
        with page.expect_response(lambda reply: _saves(reply, "/api/grade/")):
            score.fill("7.5")
            score.press("Tab")
        comment = page.locator("textarea.comment").last
        with page.expect_response(lambda reply: _saves(reply, "/api/comment/")):
            comment.fill("Well said.")
            comment.press("Tab")
        if PICTURES:
            page.wait_for_timeout(500)
            page.screenshot(path=str(Path(PICTURES) / "formgrader.png"))
        assert "ada, written: 7.5" in autograder(root, "import", "nbgrader", SLUG)
        assert not asked  # what the student wrote did not run


def test_the_course_site(browser: Any, tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="needs MkDocs: make browser")
    from autograder.platforms.site.build import write_site

    write_site(ROOT, tmp_path / "site")
    handler = functools.partial(_Quiet, directory=str(tmp_path / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"
        page = browser.new_page(viewport={"width": 1300, "height": 800})
        elsewhere: list[str] = []
        page.on("request", lambda r: None if r.url.startswith(home) else elsewhere.append(r.url))
        page.goto(home)
        page.locator("table").get_by_role("link", name="Matrix multiplication").click()
        sync_api.expect(page.locator("h1")).to_contain_text("Matrix multiplication")
        matrix = page.locator("math mtable").first
        matrix.scroll_into_view_if_needed()
        box = matrix.bounding_box()
        assert box["height"] > 25  # two rows stand below each other
        assert box["width"] > 25
        if PICTURES:
            page.locator("h2").first.evaluate("element => element.scrollIntoView()")
            page.wait_for_timeout(300)
            page.screenshot(path=str(Path(PICTURES) / "site.png"))
        assert not elsewhere
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def _saves(reply: Any, part: str) -> bool:
    return bool(reply.request.method == "PUT" and part in reply.url and reply.ok)


def _until(condition: Callable[[], bool]) -> None:
    for _ in range(120):
        if condition():
            return
        time.sleep(0.25)
    raise AssertionError("nothing happened for half a minute")
