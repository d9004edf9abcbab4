"""Where each student stands: what counts, how late it is, what people gave."""
