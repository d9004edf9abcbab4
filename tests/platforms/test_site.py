"""The course site: pages for students, from what students receive anyway."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from shared.tiny_course import SLUG, SOLUTION, make_course, write

from autograder.course.model import COURSE_FILE, load_course
from autograder.platforms.site.build import SiteError, site_sources, write_site
from autograder.platforms.site.formulas import on_page_content
from autograder.verifying.leaks import leaks_in

pytest.importorskip("mkdocs", reason="MkDocs is not installed: pip install .[site]")
pytest.importorskip("latex2mathml", reason="latex2mathml is not installed: pip install .[site]")

ROOT = Path(__file__).parents[2]
SLUGS = list(load_course(ROOT / COURSE_FILE).assignments)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every text file of the course's own site."""
    out = tmp_path_factory.mktemp("site") / "site"
    write_site(ROOT, out)
    assert {f"{slug}.zip" for slug in SLUGS} <= {path.name for path in out.rglob("*.zip")}
    kinds = {".html", ".json", ".js", ".svg", ".xml"}
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.suffix in kinds
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_course(tmp_path)


def page(root: Path) -> str:
    sources = dict(site_sources(root, load_course(root / COURSE_FILE)))
    return sources[f"{SLUG}/index.md"].decode()


@pytest.mark.parametrize("slug", SLUGS)
def test_no_solution_and_no_hidden_test(slug: str, pages: dict[str, bytes]) -> None:
    own = {name: page for name, page in pages.items() if name.startswith(f"{slug}/")}
    entries = json.loads(pages["search/search_index.json"])["docs"]
    found = [e["title"] + e["text"] for e in entries if e["location"].startswith(f"{slug}/")]
    assert own
    assert found
    own |= {"index.html": pages["index.html"], "search.html": "\n".join(found).encode()}
    assert not list(leaks_in(ROOT, slug, {"the site": own}))


def test_a_leak_would_be_found(pages: dict[str, bytes]) -> None:
    line = "    c[i, j] += a[i, m] * b[m, j]"
    assert line in (ROOT / "solutions" / "matmul" / "matmul.py").read_text()
    leaky = {"index.html": pages["index.html"] + f"<pre>{line}</pre>".encode()}
    assert list(leaks_in(ROOT, "matmul", {"the site": leaky}))


@pytest.mark.parametrize("slug", SLUGS)
def test_formulas_are_mathml(slug: str, pages: dict[str, bytes]) -> None:
    text = pages[f"{slug}/index.html"].decode()
    formulas = re.findall(r"<math.*?</math>", text, re.DOTALL)
    assert len(formulas) > 50
    for formula in formulas:
        assert not re.search(r"\\[A-Za-z]", formula), formula  # a command it does not know
    assert "arithmatex" not in text
    assert r"\(" not in text  # in the table of contents


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_comes_from_elsewhere(slug: str, pages: dict[str, bytes]) -> None:
    text = pages[f"{slug}/index.html"].decode()
    for element in re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", text):
        assert not re.search(r'(src|href)="?(https?:)?//', element), element


def test_schedule(pages: dict[str, bytes]) -> None:
    text = re.sub(r"<[^>]*>", " ", pages["index.html"].decode())
    assert re.search(r"Matrix multiplication\s+Mon 21 September 2026, 08:00", text)
    assert "Each day begun after that costs 10 % of the score" in text


def test_what_is_on_a_page(root: Path) -> None:
    text = page(root)
    assert text.startswith("# Adding\n\n[Download adding.zip](adding.zip)")
    assert "due Mon 20 July 2026, 23:59" in text
    assert "q1: add is not written yet" in text
    assert "Report. What did you see?" in text
    assert '??? example "In the notebook"\n\n    ```python\n    %matplotlib inline' in text
    for absent in ("secret", "grader", "Your answer", "Hand in"):
        assert absent not in text


def test_a_formula_that_is_none(root: Path, tmp_path: Path) -> None:
    source = SOLUTION.replace("# What a sum is.", r"# What $\foo{1}$ is.")
    write(root / "solutions" / SLUG / f"{SLUG}.py", source)
    out = tmp_path / "site"
    write(out / "index.html", "as before")
    with pytest.raises(SiteError, match=r"adding/index\.md: `\\foo` in .* is unknown"):
        write_site(root, out)
    assert (out / "index.html").read_text() == "as before"


class _Page:
    """As MkDocs hands a page to a hook."""

    class file:  # noqa: N801
        src_uri = "lab/index.md"

    toc = ()


def formula(latex: str) -> str:
    html = f'<div class="arithmatex">\\[{latex}\\]</div>'
    return on_page_content(html, page=_Page)


def test_aligned_formulas_have_rows_and_columns() -> None:
    shown = formula(r"\begin{aligned} a &amp;= b + c \\ d &amp;= e &amp; f &amp;= g \end{aligned}")
    assert shown.count("<mtr>") == 2
    assert re.findall(r"<mtd style=\"text-align: (\w+)", shown) == ["right", "left"] * 3
    assert "&amp;" not in shown
    assert "<mi>&</mi>" not in shown


@pytest.mark.parametrize("latex", [r"a &amp;= b", r"\begin{gathered} a &amp; b \end{gathered}"])
def test_a_column_mark_without_columns_stops_the_build(latex: str) -> None:
    with pytest.raises(SiteError, match=r"lab/index\.md: "):
        formula(latex)
