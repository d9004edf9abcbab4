"""reduce takes what it uses out of the caller's dict."""

question = "q1"


class Factor(Factor):
    def reduce(self, evidence):
        fixed = {v: evidence[v] for v in self.variables if v in evidence}
        made = super().reduce(fixed)
        for variable in fixed:
            del evidence[variable]
        return made
