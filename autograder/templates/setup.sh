#!/usr/bin/env bash
# Gradescope runs this once, as root, when the bundle is uploaded: an isolated Python with the
# pinned packages. The engine itself is the wheel beside this file.
set -euo pipefail
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")"
venv="${AUTOGRADER_VENV:-/opt/autograder}"

# Tests are for the grader only; a submission runs as another user.
chmod -R go-rwx .

# Prints the first Python that is new enough and can make virtual environments.
find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

if ! python="$(find_python)"; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    for version in 3.12 3.11 3.13 3; do
        if apt-get install -y --no-install-recommends "python$version" "python$version-venv" &&
            python="$(find_python)"; then
            break
        fi
    done
    rm -rf /var/lib/apt/lists/*
    if [ -z "${python:-}" ]; then
        echo "This image offers no Python 3.11 or newer; choose a newer one in Gradescope." >&2
        exit 1
    fi
fi

"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    -r requirements.txt
"$venv/bin/autograder" --help >/dev/null
