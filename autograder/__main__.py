"""The command `autograder`, and `python -m autograder`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. It takes a moment to be imported, and Ctrl-C may come before it is."""
    try:
        from autograder.cli import main as command_line

        command_line()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
