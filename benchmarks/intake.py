"""A Gradescope export with a long history: who and when, out of 18 MB of YAML.

The reference is a YAML parser (libyaml's) that reads all of the file, once for its depth and once
for its data, as the intake did before it read only what it needs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

STUDENTS, EARLIER = 300, 10
MEMORY = 150 << 20  # bytes

_TEST = """\
      - :name: q{n} (public)
        :score: {n}.0
        :max_score: 7.0
        :status: passed
        :visibility: visible
        :output_format: text
        :output: |-
          ✓ by hand (1/1)
          ✗ ragged edges (0/2)
              matmul_blocked(a, b, block=3) :gave: [1.0, 2.0] {{and more}}
              The last tile of a row or column is smaller than `block`.
"""
_RESULTS = '    :results:\n      :output: "In time.\\n"\n      :tests:\n' + "".join(
    _TEST.format(n=n) for n in range(14)
)

_READ = """\
import resource, sys
from pathlib import Path
{work}
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, len(found))
"""
_OURS = """\
from autograder.classroom.intake import find
found = find([Path(sys.argv[1])], "matmul")
"""
_ALL = """\
import yaml
data = (Path(sys.argv[1]) / "submission_metadata.yml").read_bytes()
events = yaml.parse(data, Loader=yaml.CSafeLoader)
depth = sum(isinstance(event, yaml.CollectionStartEvent) for event in events)
found = yaml.load(data, Loader=yaml.CSafeLoader)
"""


def checks() -> Iterator[tuple[str, float, float]]:
    """Processor time and memory of reading an export, as ratios."""
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as name:
        export = write_export(Path(name) / "assignment_9_export")
        size = (export / "submission_metadata.yml").stat().st_size
        ours, reference = _measured(_OURS, export), _measured(_ALL, export)
        idle = _measured("from autograder.classroom.intake import find\nfound = []", export)
    label = f"{size / 1e6:.1f} MB of metadata, processor time over parsing all of it"
    yield label, 0.1, (ours[0] - idle[0]) / reference[0]
    yield "memory of the process, share of 150 MB", 1.0, ours[1] / MEMORY


def write_export(root: Path) -> Path:
    """An export of one submission each, with earlier ones in the metadata."""
    entries = []
    for number in range(STUDENTS):
        people = f"  :submitters:\n  - :name: Student {number}\n    :sid: '{number}'\n"
        people += f"    :email: s{number}@example.org\n"
        moment = "  :created_at: 2026-07-20 19:06:36.213213000 Z\n"
        history = "".join(
            f"  - :id: {100_000 + 100 * number + earlier}\n"
            + people.replace("  :", "    :").replace("  - ", "    - ")
            + f"  {moment}{_RESULTS}"
            for earlier in range(EARLIER)
        )
        entries.append(f"submission_{number}:\n{people}{moment}  :history:\n{history}")
        folder = root / f"submission_{number}"
        folder.mkdir(parents=True)
        (folder / "matmul.py").write_text("x = 1\n")
    (root / "submission_metadata.yml").write_text("---\n" + "".join(entries))
    return root


def _measured(work: str, export: Path) -> tuple[float, float]:
    """Seconds of processor time and bytes at most, of a process of its own."""
    program = _READ.format(work=work)
    done = subprocess.run(
        [sys.executable, "-c", program, str(export)], capture_output=True, text=True, check=True
    )
    seconds, most, _ = done.stdout.split()
    return float(seconds), float(most)
