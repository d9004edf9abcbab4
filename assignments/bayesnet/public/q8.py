"""Words that hang on a topic and on the word before; and reading independence off the graph."""

import numpy as np

from autograder.checks import assert_array, assert_close, assert_equal, test_case

OK_FORMAT = False
name = "q8"
points = 7
hints = [
    "Count triples (topic, word before, word). A document's pairs are "
    "`zip([None, *words], words)`.",
    "next_word: for each topic a row (counts + alpha) / (sum of counts + alpha · V), and the "
    "average of these rows with the belief as weights. log_prob: one sum of logs per topic, plus "
    "log prior, and only then over the topics.",
    "d_separated: all ancestors of x, y and z; join each of them with its parents and the parents "
    "with each other; remove z; is there still a way from x to y?",
]

DOCUMENTS = [["to", "be", "or", "not", "to", "be"], ["to", "love"]]
LABELS = ["H", "R"]
HALF = [0.5, 0.5]


def next_words(fit_word_chain, documents, labels, alpha, questions):
    model = fit_word_chain(documents, labels, alpha)
    return [model.next_word(previous, belief) for previous, belief in questions]


def separated(BayesNet, d_separated, edges, questions):
    net = BayesNet()
    for variable, parents in edges:
        cpt = 0.5
        for _ in range(len(parents) + 1):
            cpt = [cpt, cpt]
        net.add(variable, ["no", "yes"], parents, cpt)
    return [bool(d_separated(net, x, y, z)) for x, y, z in questions]


@test_case(
    name="the next word: the handout's example",
    points=1,
    failure_message="After “to”: be 3/7 and love 1/7 in H, be 1/6 and love 2/6 in R, averaged with "
    "the belief.",
)
def test_next_word(student):
    questions = [("to", np.array([1.0, 0.0])), ("to", np.array([0.0, 1.0])), ("to", np.array(HALF))]
    in_h, in_r, mixed = student(
        next_words, documents=DOCUMENTS, labels=LABELS, alpha=1.0, questions=questions
    )
    h, r = np.array([3, 1, 1, 1, 1]) / 7, np.array([1, 2, 1, 1, 1]) / 6
    assert_array(in_h, h, what="next_word in H")
    assert_array(in_r, r, what="next_word in R")
    assert_array(mixed, (h + r) / 2, what="next_word at belief (1/2, 1/2)")


@test_case(
    name="the first word, and a word before that was never seen",
    points=1,
    failure_message="The first word of a document follows None. After something unseen every word "
    "has probability 1/V.",
)
def test_start(student):
    questions = [(None, np.array([1.0, 0.0])), ("pizza", np.array(HALF)), ("love", np.array(HALF))]
    first, unknown, last = student(
        next_words, documents=DOCUMENTS, labels=LABELS, alpha=1.0, questions=questions
    )
    assert_array(first, np.array([1, 1, 1, 1, 2]) / 6, what="next_word(None, …)")
    assert_array(unknown, np.full(5, 0.2), what="next_word after an unknown word")
    assert_array(last, np.full(5, 0.2), what="next_word after a word that only ended documents")


@test_case(
    name="log_prob and perplexity",
    points=1,
    failure_message="For each topic multiply along the words, then add up over the topics. "
    "Perplexity: exp(-log_prob / number of words).",
)
def test_log_prob(student):
    def probe(fit_word_chain, documents, labels, alpha, words):
        model = fit_word_chain(documents, labels, alpha)
        return model.log_prob(words), model.perplexity(words)

    log_prob, perplexity = student(
        probe, documents=DOCUMENTS, labels=LABELS, alpha=1.0, words=["to", "be"]
    )
    expected = 0.5 * 2 / 6 * 3 / 7 + 0.5 * 2 / 6 * 1 / 6
    assert_close(log_prob, np.log(expected), what="log_prob")
    assert_close(perplexity, expected**-0.5, what="perplexity")


@test_case(
    name="d-separation: chain and fork",
    points=1,
    failure_message="What is known in the middle blocks the way.",
)
def test_chain(student):
    chain = [("a", []), ("m", ["a"]), ("b", ["m"])]
    fork = [("m", []), ("a", ["m"]), ("b", ["m"])]
    for edges in (chain, fork):
        got = student(separated, edges=edges, questions=[("a", "b", []), ("a", "b", ["m"])])
        assert_equal(got, [False, True], what="d_separated given nothing, given m")


@test_case(
    name="d-separation: a collider",
    points=1,
    failure_message="Name and typo are independent until it is known that the word is flagged.",
)
def test_collider(student):
    edges = [("name", []), ("typo", []), ("capital", ["name"]), ("flagged", ["name", "typo"])]
    questions = [("name", "typo", []), ("name", "typo", ["flagged"]), ("capital", "typo", [])]
    questions += [("capital", "typo", ["flagged"]), ("capital", "typo", ["flagged", "name"])]
    got = student(separated, edges=edges, questions=questions)
    assert_equal(got, [True, False, True, False, True])


@test_case(
    name="every row sums to 1",
    points=1,
    failure_message="The denominator has one alpha for each word of the vocabulary.",
)
def test_sums(student):
    given = {"documents": DOCUMENTS, "labels": LABELS, "alpha": 0.5}
    questions = [(previous, HALF) for previous in (None, "to", "be", "love", "pizza")]
    for row in student(next_words, **given, questions=questions):
        assert_close(float(np.sum(row)), 1.0, what="sum of next_word")


@test_case(
    name="d-separation: below a collider",
    points=1,
    failure_message="A collider opens too when something below it is known.",
)
def test_below(student):
    edges = [("name", []), ("typo", []), ("flagged", ["name", "typo"]), ("mail", ["flagged"])]
    questions = [("name", "typo", []), ("name", "typo", ["mail"]), ("name", "mail", ["flagged"])]
    got = student(separated, edges=edges, questions=questions)
    assert_equal(got, [True, False, True], what="d_separated")
