"""`autograder site`: schedule, instructions and handouts as web pages.

They are made from what students receive anyway, `course.yml` and the starter: neither a solution
nor a hidden test is read, and nothing is run. MkDocs makes the pages, and formulas become
MathML when they are built, so a reader's browser fetches nothing from anywhere else.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import nbformat
from nbformat import NotebookNode
from rich.console import Console

from autograder.authoring.bundle import build_student_zip
from autograder.authoring.inspection import unreleased
from autograder.authoring.packaging import template
from autograder.authoring.source import LIVE, build_starter
from autograder.course.model import COURSE_FILE, Assignment, Course, find_course, load_course
from autograder.ground.errors import UserError
from autograder.ground.extras import extra
from autograder.ground.files import write_atomic

TEMPLATES = Path(__file__).with_name("templates")
_ANSWER = "answer"
_GENERATED = (".ipynb", ".py")


class SiteError(UserError):
    """The site cannot be built, in one sentence."""


def site(console: Console) -> int:
    """Write dist/site/. Returns an exit code."""
    root = find_course()
    out = root / "dist" / "site"
    write_site(root, out)
    for early in unreleased(root):
        console.print(f"[yellow]Note:[/] {early}", highlight=False, soft_wrap=True)
    pages = len(list(out.rglob("index.html")))
    console.print(f"{out.relative_to(root)}/   {pages} pages", highlight=False)
    return 0


def write_site(root: Path, out: Path) -> None:
    """Build the site into `out`, which is replaced.

    Raises:
        SiteError: MkDocs is not installed, or a formula cannot be converted.
        CourseError, SourceError, BundleError: in what was written by hand; `out` stays.
    """
    try:
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException
    except ImportError:
        raise SiteError(f"building the site needs {extra('site')}.") from None
    course = load_course(root / COURSE_FILE)
    with tempfile.TemporaryDirectory(prefix="autograder-site-") as name:
        folder = Path(name)
        for path, content in site_sources(root, course):
            write_atomic(folder / "docs" / path, content)
        for slug in course.assignments:
            build_student_zip(root, slug, folder / "docs" / slug / f"{slug}.zip")
        config = folder / "mkdocs.yml"
        hook = Path(__file__).with_name("formulas.py")
        text = template("mkdocs.yml.jinja", TEMPLATES, course=course, hook=str(hook))
        config.write_text(text, encoding="utf-8")
        try:
            build(load_config(str(config), site_dir=str(folder / "site"), strict=True))
        except (MkDocsException, SystemExit) as error:
            raise SiteError(f"the site cannot be built: {error}.") from None
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(folder / "site", out)


def site_sources(root: Path, course: Course) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file that MkDocs makes the site from."""
    zone = ZoneInfo(course.timezone)
    yield (
        "index.md",
        template("site_index.md.jinja", TEMPLATES, course=course, day=_day(zone)).encode(),
    )
    for slug, assignment in course.assignments.items():
        starter = build_starter(root, slug)
        yield f"{slug}/index.md", _page(course, assignment, starter, zone).encode()
        for name, content in starter.items():
            if not name.startswith("tests/") and not name.endswith(_GENERATED):
                yield f"{slug}/{name}", content


def _day(zone: ZoneInfo) -> Callable[[datetime], str]:
    def day(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return f"{local:%a} {local.day} {local:%B %Y, %H:%M}"

    return day


def _page(course: Course, assignment: Assignment, starter: dict[str, bytes], zone: ZoneInfo) -> str:
    text = starter[f"{assignment.slug}.ipynb"].decode()
    cells = nbformat.reads(text, as_version=4).cells
    title, rest = "", cells
    if cells and cells[0].cell_type == "markdown":
        title, rest = cells[0].source, cells[1:]
    head = template(
        "site_assignment.md.jinja", TEMPLATES, course=course, assignment=assignment, day=_day(zone)
    )
    heading, _, introduction = title.partition("\n")
    body = "\n\n".join(filter(None, map(_cell, rest)))
    return f"{heading}\n\n{head}\n{introduction.strip()}\n\n{body}\n"


def _cell(cell: NotebookNode) -> str:
    """A cell as Markdown; what only works in the notebook is left out."""
    tags = cell.metadata.get("tags", [])
    if cell.cell_type == "markdown":
        return "" if _ANSWER in tags or cell.source.startswith("## Hand in") else cell.source
    if "grader." in cell.source or "grader = " in cell.source:
        return ""
    code = f"```python\n{cell.source}\n```"
    if LIVE not in tags:
        return code
    inner = "\n".join("    " + line for line in code.splitlines())
    return f'??? example "In the notebook"\n\n{inner}'
