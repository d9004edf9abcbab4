"""Searching for a sentence: the decoder is a table, and its state the tokens that were read."""

import numpy as np

from autograder.checks import assert_close, assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q7"
points = 7
hints = [
    "Greedy: call `step`, take `int(np.argmax(log_probs))`, add up, stop after `end` or when "
    "`max_length` tokens are there.",
    "A hypothesis is a tuple: sum of log-probabilities, list of tokens, state. One round makes a "
    "list of *all* extensions of *all* hypotheses, sorts it once and keeps `width`.",
    "Of those kept, put aside what ends with `end` or has `max_length` tokens; the others go on. "
    "`max(finished, key=...)` with the sum divided by `len(tokens) ** alpha`. Exhaustive search "
    "is the same and keeps everything.",
]

# After the start A has 0.6; rows are what was read last: A, B, end (never read), start.
A, B, END, START = range(4)
HANDOUT = [[0.3, 0.3, 0.4], [0.05, 0.05, 0.9], [1, 1, 1], [0.6, 0.4, 0.0]]


def probe_greedy(greedy_search, table, options):
    import numpy as np

    with np.errstate(divide="ignore"):
        logs = np.log(np.array(table))
    return greedy_search(lambda state, token: (logs[token], None), None, **options)


def probe_exhaustive(exhaustive_search, table, options):
    import numpy as np

    with np.errstate(divide="ignore"):
        logs = np.log(np.array(table))
    return exhaustive_search(lambda state, token: (logs[token], None), None, **options)


def probe_beam(beam_search, table, options):
    import numpy as np

    with np.errstate(divide="ignore"):
        logs = np.log(np.array(table))
    return beam_search(lambda state, token: (logs[token], None), None, **options)


def check(got, tokens, score):
    found, value = got
    assert_equal([int(token) for token in found], tokens, what="tokens")
    assert_close(value, score, what="score")


@test_case(
    name="greedy: the handout's example",
    points=1,
    failure_message="A has 0.6, then end 0.4: together ln 0.24. The start is not part of the "
    "result, end is.",
)
def test_greedy(student):
    options = {"start": START, "end": END, "max_length": 2}
    check(student(probe_greedy, table=HANDOUT, options=options), [A, END], np.log(0.24))


@test_case(
    name="greedy: cut off",
    points=1,
    failure_message="Where end does not come, a sentence has max_length tokens. A max_length of 0 "
    "is refused.",
)
def test_cut(student):
    table = [[0.1, 0.8, 0.1], [0.7, 0.2, 0.1], [1, 1, 1], [0.6, 0.4, 0.0]]
    options = {"start": START, "end": END, "max_length": 4}
    expected = np.log(0.6 * 0.8 * 0.7 * 0.8)
    check(student(probe_greedy, table=table, options=options), [A, B, A, B], expected)
    options["max_length"] = 0
    assert_raises(
        ValueError, student, probe_greedy, table=table, options=options, mentions="max_length"
    )


@test_case(
    name="exhaustive: the handout's example",
    points=1,
    failure_message="B end, with 0.36, is the best of all sentences of at most two tokens.",
)
def test_exhaustive(student):
    options = {"start": START, "end": END, "max_length": 2}
    check(student(probe_exhaustive, table=HANDOUT, options=options), [B, END], np.log(0.36))


@test_case(
    name="beam: width 2 finds what width 1 does not",
    points=2,
    failure_message="Width 1 is greedy. With width 2 both A and B are extended, and the best of "
    "all their extensions is B end.",
)
def test_beam(student):
    options = {"start": START, "end": END, "max_length": 2, "width": 1}
    check(student(probe_beam, table=HANDOUT, options=options), [A, END], np.log(0.24))
    options["width"] = 2
    check(student(probe_beam, table=HANDOUT, options=options), [B, END], np.log(0.36))


@test_case(
    name="length",
    points=1,
    failure_message="Finished sentences are compared by their sum divided by (number of tokens, "
    "end included) ** alpha. The handout's numbers: -1.2 for two tokens, -2 for four.",
)
def test_length(student):
    # A end has -1.2 and B A B end has -2; row 4 is B once it has followed A, in their place.
    short, long = [A, END], [B, 3, 4, END]
    table = np.zeros((6, 5))
    table[5, A], table[5, B] = np.exp(-0.7), np.exp(-0.6)
    table[A, END], table[A, A] = np.exp(-0.5), 1e-9
    table[B, 3], table[3, 4], table[4, END] = np.exp(-0.4), np.exp(-0.4), np.exp(-0.6)
    for probe in (probe_exhaustive, probe_beam):
        options = {"start": 5, "end": END, "max_length": 4}
        if probe is probe_beam:
            options["width"] = 3
        check(student(probe, table=table, options=options | {"alpha": 0.0}), short, -1.2)
        check(student(probe, table=table, options=options | {"alpha": 1.0}), long, -0.5)


@test_case(
    name="beam: all extensions compete",
    points=1,
    failure_message="Of all extensions of all hypotheses together the `width` best are kept: two "
    "of them may come from the same one. What has ended takes a place in that round only.",
)
def test_compete(student):
    # After A both of its extensions are better than the best one of B.
    table = [[0.5, 0.45, 0.05], [0.2, 0.2, 0.6], [1, 1, 1], [0.7, 0.3, 0.0]]
    options = {"start": START, "end": END, "max_length": 2, "width": 2}
    check(student(probe_beam, table=table, options=options), [A, A], np.log(0.35))
    options["max_length"] = 3
    # A A and A B go on (B end, with 0.18, is not kept); then A B end has 0.189.
    check(student(probe_beam, table=table, options=options), [A, B, END], np.log(0.189))
