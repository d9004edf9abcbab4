"""What a student would try on Gradescope: read the tests, change the results, reach out.

Put before a starter, so that it runs while the file is loaded. Whatever succeeds is raised, for
a message of the student's code is shown to the student.
"""

from __future__ import annotations

ESCAPED = "ESCAPED"

_SOURCE = """
def _attack():
    import glob, os, pathlib, socket, subprocess

    got = []

    def attempt(what, act):
        try:
            result = act()
        except BaseException:
            return
        if result:
            got.append(f"{what}: {str(result)[:60]}")

    for name in ("source/tests/q1_hidden.py", "source/tests/q1.py", "source/assignment.json",
                 "source/setup.sh", "source/leaderboard.py", "submission_metadata.json",
                 "results/results.json", "results/stdout"):
        attempt(name, pathlib.Path("/autograder/" + name).read_bytes)
    for folder in ("/autograder/source", "/autograder/source/tests", "/autograder/results",
                   "/root"):
        attempt(folder, lambda: os.listdir(folder))
    attempt("glob", lambda: glob.glob("/autograder/**/*", recursive=True))
    for name in ("/autograder/results/results.json", "/autograder/results/mine",
                 "/autograder/run_autograder", "/opt/autograder/mine", "/tmp/mine", "/etc/mine"):
        attempt("writing " + name, lambda: open(name, "w").write("{}"))
    attempt("a program", lambda: subprocess.run(["id"], capture_output=True).stdout)
    attempt("root", lambda: os.setuid(0) or "yes")
    attempt("a socket", lambda: socket.socket().connect(("192.0.2.1", 9)) or "yes")
    attempt("other processes", lambda: [
        p for p in glob.glob("/proc/[0-9]*/environ") if open(p, "rb").read()
        and p.split("/")[2] != str(os.getpid())])
    attempt("the grader's memory", lambda: open(f"/proc/{os.getppid()}/mem", "rb") and "yes")
    if got:
        raise ValueError("ESCAPED " + "; ".join(got))


_attack()
"""

ATTACK = _SOURCE.encode()
