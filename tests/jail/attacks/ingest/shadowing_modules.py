"""Files beside the homework called like modules of the grader, of NumPy and of Python."""

import zipfile

SHADOW = b"raise SystemExit('a file of the student was imported')\n"

HONEST = 3


def build(folder):
    path = folder / "mallory.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "hw.py",
            b"import json, numpy, random\n\n\ndef total(x):\n    return float(numpy.sum(x))\n",
        )
        for name in (
            "numpy.py",
            "numpy/__init__.py",
            "json.py",
            "socket.py",
            "struct.py",
            "re.py",
            "otter.py",
            "autograder/__init__.py",
            "autograder/checks.py",
            "autograder/jail/serve.py",
            "sitecustomize.py",
            "usercustomize.py",
            "conftest.py",
            "attack.pth",
            "pyvenv.cfg",
            "hidden/q1.py",
            "tests/q1.py",
            "assignment.json",
            "__init__.py",
            "_frames.py",
        ):
            archive.writestr(name, SHADOW)
    return path
