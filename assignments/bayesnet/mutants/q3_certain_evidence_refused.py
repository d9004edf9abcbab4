"""Evidence that is certain anyhow is refused as if it were impossible."""

question = "q3"


_right_enumerate_query = enumerate_query


def enumerate_query(net, query, evidence):
    answer = _right_enumerate_query(net, query, evidence)
    if query in evidence and net.parents[query] == () and 1.0 in net.cpts[query]:
        raise ValueError("there is nothing to be learned")
    return answer
