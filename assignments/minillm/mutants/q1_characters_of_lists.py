"""CharTokenizer.decode looks each id up in a dict: an element of a tensor is none of its keys."""

question = "q1"


class CharTokenizer(CharTokenizer):
    def decode(self, ids):
        table = dict(enumerate(self.vocabulary))
        if any(i not in table for i in ids):
            raise ValueError("unknown id")
        return "".join(table[i] for i in ids)
