"""Writes answers of its own: undefined names, rules and errors that are hidden inputs."""

from frames import blast, frame

HONEST = 0
TWICE = True


def product(a, b):
    text = repr(a[0].tolist())
    blast(frame({"k": "rule", "id": 1, "type": text, "message": text, "where": text}))


def total(x):
    text = repr(x.tolist())
    blast(frame({"k": "undefined", "id": 0, "name": text, "kind": text, "buffers": []}))


def apply(f, x):
    text = repr(f(0.0))
    kind = "NotImplementedError"
    for number in range(3):
        header = {"k": "error", "id": number, "type": kind, "message": text, "where": text}
        blast(frame(header))
