"""A submission as bytes that the ledger keeps, and back."""

from __future__ import annotations

import base64
import json
import zlib

from autograder.submissions.read import Submission


def freeze(submission: Submission) -> bytes:
    """The content of a submission, without who handed it in."""
    fields = {
        "kind": submission.kind,
        "refusal": submission.refusal,
        "note": submission.note,
        "source": base64.b64encode(submission.source).decode(),
        "files": {n: base64.b64encode(d).decode() for n, d in submission.files.items()},
    }
    return zlib.compress(json.dumps(fields).encode())


def thaw(content: bytes, name: str, student: str) -> Submission:
    """The submission that was frozen, under that name and by that student."""
    fields = json.loads(zlib.decompress(content))
    return Submission(
        name=name,
        student=student,
        kind=fields["kind"],
        source=base64.b64decode(fields["source"]),
        files={n: base64.b64decode(d) for n, d in fields["files"].items()},
        refusal=fields["refusal"],
        note=fields.get("note", ""),  # not in what older versions kept
    )
