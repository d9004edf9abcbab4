"""Searching for a sentence, against searches that are written out in the judge."""

import itertools

import numpy as np

from autograder.checks import (
    assert_close,
    assert_equal,
    assert_raises,
    expect,
    test_case,
)

OK_FORMAT = False
name = "q7 (hidden)"
points = 7


def language(seed, v, length):
    """Log-probabilities after every beginning, as a list indexed by a number for the beginning.

    The beginning (a, b) has the number of its digits in base v, with a 1 in front; so has a state.
    """
    rng = np.random.default_rng(seed)
    table = rng.dirichlet(np.full(v, 0.7), size=2 * v**length)
    return np.log(table)


def log_prob(table, tokens, start=1):
    total, at = 0.0, start
    for token in tokens:
        total, at = total + table[at][token], at * table.shape[1] + token
    return total


def sentences(v, end, longest):
    """All that can be said: ended by `end`, or cut."""
    for n in range(1, longest + 1):
        for tokens in itertools.product(range(v), repeat=n):
            ended = tokens[-1] == end
            if end not in tokens[:-1] and (ended or n == longest):
                yield tokens


def beam(table, end, width, longest, alpha):
    """The rules of the docstring, with arrays instead of lists of hypotheses."""
    v = table.shape[1]
    done, going = [], {(): 0.0}
    for n in range(1, longest + 1):
        rows = [(s, (*t, k)) for t, p in going.items() for k, s in enumerate(p + table[code(t, v)])]
        rows = sorted((row for row in rows if row[0] > -np.inf), reverse=True)[:width]
        done += [(s / n**alpha, t) for s, t in rows if t[-1] == end or n == longest]
        going = {t: s for s, t in rows if t[-1] != end}
        if not going:
            break
    return max(done)


def code(tokens, v):
    number = 1
    for token in tokens:
        number = number * v + token
    return number


def run_greedy(greedy_search, table, options):
    """The state is the number of the beginning; it is checked against the token that is read."""
    v, calls, kinds = table.shape[1], [], set()

    def step(state, token):
        calls.append(token)
        kinds.add(type(token).__name__)
        number = 1 if state is None else state * v + token
        return table[number], number

    tokens, score = greedy_search(step, None, **options)
    return tokens, score, len(calls), sorted(kinds), sorted({type(t).__name__ for t in tokens})


def run_exhaustive(exhaustive_search, table, options):
    v = table.shape[1]

    def step(state, token):
        number = 1 if state is None else state * v + token
        return table[number], number

    return exhaustive_search(step, None, **options)


def run_beam(beam_search, table, options):
    v, calls, kinds = table.shape[1], [], set()

    def step(state, token):
        calls.append(token)
        kinds.add(type(token).__name__)
        number = 1 if state is None else state * v + token
        return table[number], number

    tokens, score = beam_search(step, None, **options)
    return tokens, score, len(calls), sorted(kinds), sorted({type(t).__name__ for t in tokens})


def same(got, tokens, score, what):
    expect(isinstance(got[0], list), "tokens are a list")
    assert_equal(got[0], [int(token) for token in tokens], what=f"tokens of {what}")
    assert_close(got[1], score, what=f"score of {what}")
    expect(isinstance(got[1], float), "the score is a float")


@test_case(
    name="greedy",
    points=1,
    hidden=True,
    failure_message="The most probable token each time; states are handed on, start is read first "
    "and not returned, end is returned; one call of step per token.",
)
def test_greedy(student):
    lengths = set()
    for seed in range(8):
        table = language(seed, 3, 5)
        for end in (0, 2):
            options = {"start": 1, "end": end, "max_length": 4}
            tokens = []
            while len(tokens) < 4 and (not tokens or tokens[-1] != end):
                tokens.append(int(table[code(tokens, 3)].argmax()))
            got = student(run_greedy, table=table, options=options)
            same(got, tokens, log_prob(table, tokens), "greedy search")
            assert_equal(got[2:], (len(tokens), ["int"], ["int"]), what="calls and kinds of tokens")
            lengths.add(len(tokens))
    expect(lengths >= {1, 4}, "the sentences of this test are of all lengths")


@test_case(
    name="exhaustive",
    points=1,
    hidden=True,
    failure_message="Every sentence of at most max_length tokens competes, also those that are "
    "cut, with the sum divided by the number of tokens to the power of alpha.",
)
def test_exhaustive(student):
    def possible_only(exhaustive_search, table, options):
        """After what cannot come nothing can be asked."""

        def step(state, token):
            if state is not None and table[state][token] == -float("inf"):
                raise LookupError("asked after a token that cannot come")
            return table[token].copy(), token

        return exhaustive_search(step, None, **options)

    with np.errstate(divide="ignore"):
        table = np.log([[0.0, 0.6, 0.4], [0.7, 0.0, 0.3], [0.2, 0.4, 0.4]])
    options = {"start": 0, "end": 2, "max_length": 3}
    got = student(possible_only, table=table, options=options)
    same(got, [2], np.log(0.4), "exhaustive search")
    for seed, v, longest in ((11, 3, 4), (12, 2, 6), (13, 4, 3), (14, 3, 1)):
        table = language(seed, v, longest)
        for alpha in (0.0, 0.6, 1.0, -0.5):
            scored = [
                (log_prob(table, tokens) / len(tokens) ** alpha, tokens)
                for tokens in sentences(v, v - 1, longest)
            ]
            score, tokens = max(scored)
            options = {"start": 0, "end": v - 1, "max_length": longest}
            if alpha:
                options["alpha"] = alpha
            got = student(run_exhaustive, table=table, options=options)
            same(got, tokens, score, "exhaustive search")


@test_case(
    name="beam",
    points=2.5,
    hidden=True,
    failure_message="Round by round the `width` best of all extensions, by their sum; what has "
    "ended, or has max_length tokens, is put aside. Widths from 1 to more than there are.",
)
def test_beam(student):
    for seed, v, longest in ((21, 3, 4), (22, 5, 4), (23, 2, 6), (24, 4, 1)):
        table = language(seed, v, longest)
        for width in (1, 2, 3, 5, 1000):
            score, tokens = beam(table, 1, width, longest, 0.0)
            options = {"start": 0, "end": 1, "max_length": longest, "width": width}
            got = student(run_beam, table=table, options=options)
            same(got, tokens, score, "beam search")
            assert_equal(got[3:], (["int"], ["int"]), what="kinds of tokens")
    table = np.zeros((20, 1))  # a language of one token, which never ends
    options = {"start": 0, "end": 1, "max_length": 3, "width": 2}
    same(student(run_beam, table=table, options=options), [0, 0, 0], 0.0, "beam search")
    # The end has 0.4 at once and is not kept; what is kept instead ends with 0.33.
    table = np.log([[1.0, 1.0], [0.6, 0.4], [0.45, 0.55], [1.0, 1.0], [0.3, 0.7]])
    options = {"start": 0, "end": 1, "max_length": 2, "width": 1}
    same(student(run_beam, table=table, options=options), [0, 1], np.log(0.33), "beam search")


@test_case(
    name="beam: length, and when it ends",
    points=1,
    hidden=True,
    failure_message="alpha decides among finished hypotheses only, not inside a round. The search "
    "goes on as long as there is a hypothesis that can.",
)
def test_length(student):
    differ = 0
    for seed in range(31, 43):
        table = language(seed, 3, 6)
        table[:, 2] += 0.7  # ends are frequent
        # still probabilities, up to a factor that no search knows of
        table -= np.log(np.exp(table).sum(axis=1, keepdims=True))
        found = {}
        for alpha in (0.0, 0.7, 1.5):
            score, tokens = beam(table, 2, 3, 5, alpha)
            found[alpha] = tokens
            options = {"start": 0, "end": 2, "max_length": 5, "width": 3, "alpha": alpha}
            got = student(run_beam, table=table, options=options)
            same(got, tokens, score, "beam search")
        differ += found[0.0] != found[1.5]
    expect(differ >= 3, "alpha matters in this test")


@test_case(
    name="impossible tokens, and the price of a beam",
    points=1,
    hidden=True,
    failure_message="What has the log-probability -inf is never kept, even if there is room. step "
    "is called once for each hypothesis that goes on, and no more.",
)
def test_calls(student):
    for seed in (51, 52, 53):
        table = language(seed, 4, 5)
        possible = np.random.default_rng(seed).random(table.shape) < 0.5
        possible[:, 3] |= ~possible[:, :3].any(axis=1)
        table[~possible] = -np.inf
        for width in (2, 4, 64):
            options = {"start": 0, "end": 3, "max_length": 5, "width": width, "alpha": 1.0}
            score, tokens = beam(table, 3, width, 5, 1.0)
            got = student(run_beam, table=table, options=options)
            same(got, tokens, score, "beam search")
    table = language(54, 6, 4)
    table[:, 5] = -np.inf  # it never ends
    options = {"start": 0, "end": 5, "max_length": 4, "width": 3}
    got = student(run_beam, table=table, options=options)
    assert_equal(got[2], 1 + 3 + 3 + 3, what="number of calls of step")
    same(got, beam(table, 5, 3, 4, 0.0)[1], beam(table, 5, 3, 4, 0.0)[0], "beam search")


@test_case(
    name="bad arguments",
    points=0.5,
    hidden=True,
    failure_message="ValueError with the argument's name in its message: width or max_length below "
    "1, in all three.",
)
def test_errors(student):
    table = language(61, 2, 3)
    for bad in (0, -1):
        options = {"start": 0, "end": 1, "max_length": bad}
        for run in (run_greedy, run_exhaustive):
            assert_raises(
                ValueError, student, run, table=table, options=options, mentions="max_length"
            )
        for key in ("width", "max_length"):
            options = {"start": 0, "end": 1, "max_length": 2, "width": 2} | {key: bad}
            assert_raises(ValueError, student, run_beam, table=table, options=options, mentions=key)
