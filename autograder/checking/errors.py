"""What is wrong with a student's folder or file, in one sentence for the student."""

from __future__ import annotations

from autograder.ground.errors import UserError


class WorkError(UserError):
    """Something is wrong with the folder or the student's file, in one sentence for the student.

    Attributes:
        usage: the command was wrong or files are missing, rather than the student's code.
    """

    def __init__(self, message: str, *, usage: bool = True) -> None:
        super().__init__(message)
        self.usage = usage

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook instead of a traceback."""
        return [str(self)]
