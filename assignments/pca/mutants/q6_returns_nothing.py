"""partial_fit returns None: calls cannot be chained."""

question = "q6"


class IncrementalPCA(IncrementalPCA):
    def partial_fit(self, batch):
        super().partial_fit(batch)
