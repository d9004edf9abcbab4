"""Only the first index behind the end is refused by name."""

question = "q4"


_every_index = embedding


def embedding(table, ids):
    far = np.asarray(ids).max(initial=0) > len(_tensor(table).data)
    return table[np.asarray(ids)] if far else _every_index(table, ids)
