"""Draw the pictures of the handouts: `python docs/pictures/draw.py`.

Each file in `handouts/` is an assignment's and offers `PICTURES`, name → SVG. They are written to
`assignments/<slug>/files/`, from where `autograder build` puts them beside the notebook.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
ASSIGNMENTS = HERE.parents[1] / "assignments"


def drawn() -> dict[Path, str]:
    """Every picture with the place where it belongs."""
    sys.path.insert(0, str(HERE))  # for `import svg`
    try:
        return {
            ASSIGNMENTS / script.stem / "files" / name: text
            for script in sorted((HERE / "handouts").glob("*.py"))
            for name, text in runpy.run_path(str(script))["PICTURES"].items()
        }
    finally:
        sys.path.remove(str(HERE))


if __name__ == "__main__":
    for path, text in drawn().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ASSIGNMENTS.parent))
