"""The source stands in the path as it was given."""

question = "q9"


_shortest_path = shortest_path


def shortest_path(lengths, source, target):
    path = _shortest_path(lengths, source, target)
    return [source, *path[1:]] if path else path
