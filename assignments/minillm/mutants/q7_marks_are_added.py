"""Each mark is taken as a number of further steps."""

question = "q7"

_right = samples_over_time


def samples_over_time(model, ids, marks, prompt, n, **options):
    sums = [sum(marks[: i + 1]) for i in range(len(marks))]
    return _right(model, ids, sums, prompt, n, **options)
