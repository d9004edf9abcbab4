"""Pages for staff: Jinja2 templates in which everything is escaped, students' words above all.

A page is one file that loads nothing. Its content security policy names its own script by hash, so
a browser would not run another one even if somebody managed to write it into the page.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from datetime import datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup


@pass_context
def _moment(context: Context, value: datetime) -> str:
    return f"{value.astimezone(context['zone']):%Y-%m-%d %H:%M}"


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.classroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = lambda value: f"{value:.6g}"
    environment.filters["percent"] = lambda value: f"{value:.0%}"
    environment.filters["moment"] = _moment
    script = (
        files("autograder.classroom").joinpath("templates", "sort.js").read_text(encoding="utf-8")
    )
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment.globals["script"] = Markup(script)
    sources = f"style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    environment.globals["policy"] = f"default-src 'none'; {sources}"
    return environment


def page(template: str, **context: Any) -> str:
    """A page of `classroom/templates/`, rendered. Only what is marked safe is not escaped."""
    return _environment().get_template(template).render(**context)
