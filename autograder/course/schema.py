"""course.yml as editors know it: its JSON schema."""

from __future__ import annotations

import json
from typing import Any

from autograder.course.model import Course

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
