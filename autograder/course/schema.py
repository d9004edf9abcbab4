"""course.yml as editors know it, its JSON schema, and as people do, docs/course-yml.md."""

from __future__ import annotations

import json
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from autograder.course.handout import Before, Reading, RubricItem, SelfCheck
from autograder.course.minima import AtLeast
from autograder.course.model import (
    Assignment,
    Course,
    LatePolicy,
    Leaderboard,
    Limits,
    Question,
    Written,
)

SCHEMA_FILE = "course.schema.json"


def course_schema() -> str:
    """The JSON schema of course.yml for editors, as text: contents of course.schema.json."""
    schema: dict[str, Any] = Course.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    assignment = schema["$defs"]["Assignment"]
    del assignment["properties"]["slug"]  # the key says it
    assignment["required"].remove("slug")
    del assignment["properties"]["terms"], schema["$defs"]["Terms"]  # filled in
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


# --- for people --------------------------------------------------------------------------------

EXAMPLE = """\
name: Foundations of Language Models
timezone: Europe/Zurich
counts: last
late_policy: {grace_minutes: 15, percent_per_day: 10, max_days: 3}
limits: {call_seconds: 5, memory_mb: 512}
submissions_per_day: 10

assignments:
  entropy:
    title: Entropy and surprise
    released: 2026-10-01 08:00
    due: 2026-10-15 23:59
    forbid_imports: [scipy]
    at_least: {mutants: 6, alternatives: 1}
    before:
      hours: 3
      difficulty: 2
      goals: [measure how surprising a text is]
      needs: ["NumPy: arrays, sums along an axis"]
      check: [{question: "What is the logarithm of 8 to base 2?", answer: "3"}]
    questions:
      q1: {title: Entropy, points: 6, names: [entropy], forbid: ["@", np.dot]}
      q2: {title: Cross-entropy, points: 8, names: [cross_entropy, kl_divergence]}
    written: {title: What surprised you, points: 5}
    rubric: [{item: a number with its unit, points: 5, sample: "4.1 bits a letter."}]
    read_on: [{title: "Shannon, 1951", url: "https://doi.org/10.1002/j.1538-7305.1951.tb01366.x"}]
"""

_MODELS = (
    Course,
    Assignment,
    Question,
    Written,
    Limits,
    LatePolicy,
    AtLeast,
    Leaderboard,
    Before,
    SelfCheck,
    RubricItem,
    Reading,
)
_FILLED_IN = ("slug", "terms")


def course_reference() -> str:
    """Every field of course.yml as Markdown: docs/course-yml.md."""
    parts = [
        "# course.yml, field by field",
        "Made from the model that reads the file (`make docs`): what is said here is what is "
        "enforced. A mistake gets one sentence with its line; editors that know YAML schemas show "
        "the same through `course.schema.json`, which `autograder build` writes.",
        f"```yaml\n{EXAMPLE}```",
    ]
    for model in _MODELS:
        fields = {n: f for n, f in model.model_fields.items() if n not in _FILLED_IN}
        rows = [f"| `{name}` | {_row(field)} |" for name, field in fields.items()]
        first = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
        head = ["| field | type | default | what |", "| --- | --- | --- | --- |"]
        parts += [f"## {model.__name__}", first, "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"


def _row(field: FieldInfo) -> str:
    if field.is_required():
        default = "needed"
    else:
        value = field.get_default(call_default_factory=True)
        default = "its own defaults" if isinstance(value, BaseModel) else _shown(value)
    what = (field.description or "").replace("|", "\\|")
    return f"{_type(field.annotation)} | {default} | {what}"


def _shown(value: object) -> str:
    if value is None or value == []:
        return "none"
    return f"`{json.dumps(value)}`" if isinstance(value, list) else f"`{value}`"


_WORDS = {int: "whole number", float: "number", AwareDatetime: "date and time"}


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inner[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(_type(arm) for arm in inner if arm is not type(None))
    if origin is list:
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return f"mapping to {_type(inner[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _WORDS.get(annotation, "text")


if __name__ == "__main__":
    print(course_reference(), end="")
