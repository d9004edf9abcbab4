#!/usr/bin/env bash
# pytest 9.2.0 with pytest-xdist 3.8.0, seen on 2026-11-29.
#
# `--dist loadgroup` keeps the tests of a group in one process by a suffix that pytest-xdist writes into a test's id.
# Since pytest 9.2 an id is made otherwise, and the suffix is lost without a word: all tests pass, but the
# tests of a group run side by side, and what is made once for a group is made once in each process.
#
# What it means here: constraints.txt pins pytest 9.1.1, and a test of ours holds that groups stay together.
#
# Output seen:
#   pytest 9.1.1: a group of 12 tests ran in 1 process
#   pytest 9.2.0: a group of 12 tests ran in 3 processes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cat >"$folder/test_group.py" <<'PROGRAM'
import os
import time

import pytest


@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(12))
def test_number(number):
    time.sleep(0.2)
    with open("processes", "a") as file:
        file.write(f"{os.getpid()}\n")
PROGRAM
cd "$folder"
seen=$(for version in 9.1.1 9.2.0; do
    venv/bin/python -m pip install --quiet --disable-pip-version-check \
        pytest==$version pytest-xdist==3.8.0
    rm -f processes
    venv/bin/python -m pytest -q -n 3 --dist loadgroup test_group.py >log
    count=$(sort -u processes | wc -l)
    if [ "$count" = 1 ]; then word=process; else word=processes; fi
    echo "pytest $version: a group of $(wc -l <processes) tests ran in $count $word"
done)
echo "$seen"
diff <(echo "$seen") - <<'EXPECTED'
pytest 9.1.1: a group of 12 tests ran in 1 process
pytest 9.2.0: a group of 12 tests ran in 3 processes
EXPECTED
