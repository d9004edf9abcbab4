#!/usr/bin/env bash
# Gradescope runs this once, as root, when the bundle is uploaded: an isolated Python with the
# pinned packages, and at the end a proof that this image can grade. The engine itself is the wheel
# beside this file.
set -euo pipefail
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")"
venv="${AUTOGRADER_VENV:-/opt/autograder}"
export DEBIAN_FRONTEND=noninteractive
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

fail() {
    printf '\nsetup.sh: this image cannot grade: %s\n' "$1" >&2
    exit 1
}

# Tests are for the grader only; a submission runs as another user.
chmod -R go-rwx .

# Prints the first Python that the pins serve (3.11 to 3.15, see constraints.txt) and that can make
# virtual environments; unless "any" is asked for, one that was released: Ubuntu 22.04 has only a
# candidate of 3.11 to install. None without the global lock: nothing here was tried on it.
find_python() {
    local candidate
    for candidate in python3 python3.{15,14,13,12,11} /opt/python/bin/python3; do
        if "$candidate" - "${1:-}" >/dev/null 2>&1 <<'PROGRAM'; then
import sys, sysconfig, venv, ensurepip
released = sys.version_info.releaselevel == "final" or sys.argv[1] == "any"
served = (3, 11) <= sys.version_info[:2] <= (3, 15)
sys.exit(not released or not served or bool(sysconfig.get_config_var("Py_GIL_DISABLED")))
PROGRAM
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# From the distribution.
install_python() {
    local version
    apt-get update -qq || return 1
    for version in 3 3.{15,14,13,12,11}; do
        if apt-get install -y -qq --no-install-recommends "python$version" "python$version-venv" \
            >/dev/null 2>&1 && find_python >/dev/null; then
            return
        fi
    done
    return 1
}

# One of its own, by uv. Not under /root, where a submission's user could not read it.
download_python() {
    local uv=/opt/uv found
    apt-get install -y -qq --no-install-recommends python3-pip >/dev/null 2>&1 || return 1
    python3 -m pip install --quiet --target "$uv" uv || return 1
    export UV_PYTHON_INSTALL_DIR=/opt/uv-python
    "$uv/bin/uv" python install --quiet 3.11 && found="$("$uv/bin/uv" python find 3.11)" || return 1
    ln -sfn "$(dirname "$(dirname "$(readlink -f "$found")")")" /opt/python
    find_python >/dev/null
}

python="$(find_python)" || {
    echo "No Python 3.11 to 3.15 here; installing one."
    install_python || download_python || echo "No released one can be had."
    python="$(find_python any)" ||
        fail "no Python 3.11 to 3.15 can be installed; choose a newer base image, as Ubuntu 24.04."
    rm -rf /var/lib/apt/lists/*
}
echo "Python: $python ($("$python" --version))"

"$python" -m venv "$venv"
pip=("$venv/bin/python" -m pip install --quiet --no-cache-dir)
if grep -qx torch requirements.txt; then
    # The plain wheel on Linux brings gigabytes of CUDA that nothing here uses.
    "${pip[@]}" --retries 1 --no-deps --index-url https://download.pytorch.org/whl/cpu \
        -c constraints.txt torch || echo "PyTorch's own index cannot be reached; trying without it."
fi
"${pip[@]}" -r requirements.txt ||
    fail "the pinned packages cannot be installed (see pip's message above)."

# With the umask of run_autograder: what is proved here must hold there.
(umask 077 && "$venv/bin/autograder" gradescope --self-test .) || fail "the self-test failed (see above)."
echo "This image can grade."
