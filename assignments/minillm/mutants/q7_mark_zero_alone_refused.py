"""The mark 0 alone is refused."""

question = "q7"


_samples_over_time = samples_over_time


def samples_over_time(model, ids, marks, prompt, n, **options):
    if max(marks) < 1:
        raise ValueError("marks: nothing would be trained")
    return _samples_over_time(model, ids, marks, prompt, n, **options)
