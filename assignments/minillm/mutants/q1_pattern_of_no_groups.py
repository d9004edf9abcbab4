"""A pattern with groups cuts at its groups, as `findall` gives them."""

question = "q1"


_init = BPETokenizer.__init__


def _no_groups(self, pattern=None, special=()):
    if pattern is not None and re.compile(pattern).groups:
        raise ValueError("pattern must not have groups")
    _init(self, pattern, special)


class BPETokenizer(BPETokenizer):
    __init__ = _no_groups
