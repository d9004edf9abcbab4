"""What ends grading altogether. Importable where the jail itself is not, such as on Windows."""


class JailBroken(Exception):
    """The jail itself does not work on this host. Not the student's fault."""
