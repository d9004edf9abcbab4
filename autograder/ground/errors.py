"""What the command line says in one sentence instead of a traceback."""


class UserError(Exception):
    """Something that was asked for cannot be done as asked; the message is one sentence."""

    exit_code = 2


class Failure(UserError):
    """The request was fine and it did not work out."""

    exit_code = 1


class Interrupted(UserError):
    """Ctrl-C has ended it; the message says what is kept."""

    exit_code = 130  # what a shell expects of a command that Ctrl-C ended
