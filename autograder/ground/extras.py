"""What to type where a part of the engine is not installed."""

from __future__ import annotations

from autograder import DISTRIBUTION

_EXTRA_OF = {
    "PIL": "staff",
    "alembic": "staff",
    "copydetect": "staff",
    "cosmic_ray": "mutation",
    "distributed": "staff",
    "hatchling": "staff",
    "latex2mathml": "site",
    "markdown_it": "staff",
    "mdit_py_plugins": "staff",
    "mkdocs": "site",
    "nbgrader": "nbgrader",
    "parso": "mutation",
    "pytest": "student",
    "reportlab": "staff",
    "scipy": "staff",
    "sklearn": "staff",
    "sqlalchemy": "staff",
    "starlette": "marking",
    "torch": "torch",
    "uvicorn": "marking",
}


def extra(*names: str) -> str:
    """`` `pip install "autograder-course[staff]"` ``, for these extras."""
    return f'`pip install "{DISTRIBUTION}[{",".join(names)}]"`'


def missing(error: ModuleNotFoundError) -> str:
    """What to type for a module that belongs to an extra, as a sentence; "" for another one."""
    module = (error.name or "").partition(".")[0]
    if module not in _EXTRA_OF:
        return ""
    return f"This needs `{module}`, which is not installed: {extra(_EXTRA_OF[module])}."
