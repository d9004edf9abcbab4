"""Bits per character of a text that exists nowhere else.

Shakespeare could be brought along in the submission. So the text is in a language of the judge's
own, made when a submission is graded: a hundred invented words, frequent and rare ones, sentences
with agreement between a noun and words that stand far from it, paragraphs that keep to their topic.
The student's code gets a training text and 1 000 beginnings, and says for each how probable each
character is to come next. What did come never leaves the judge.

What is judged is `own_model`, if the file defines it (see the handout), else the best that every
complete submission holds: Kneser–Ney from q2.
"""

import random

import numpy as np

from autograder.leaderboard import bits

ALPHABET = "\n ,.abdeghiklmnoprstuvz"
CONTEXT, BEGINNINGS, TRAINING = 128, 1000, 120_000
ORDER = 6  # of the n-grams
SEED = 20_261_214


class Language:
    """A random language. Only `random()` is used: Python promises that its stream stays."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.known = set()
        # A noun's class decides the ending of the words that belong to it.
        self.endings = [self.syllable() for _ in range(4)]
        self.nouns = [[self.word() for _ in range(12)] for _ in self.endings]
        self.adjectives = [self.word() for _ in range(16)]
        self.verbs = [self.word() for _ in range(20)]
        self.names = [self.word() for _ in range(6)]
        self.links = [self.word() for _ in range(3)]

    def below(self, n):
        return int(self.dice.random() * n)

    def often_early(self, words):
        """A word of the list; the k-th is about 1/k as frequent as the first."""
        weights = [1 / (k + 1) for k in range(len(words))]
        at = self.dice.random() * sum(weights)
        for word, weight in zip(words, weights):
            at -= weight
            if at < 0:
                return word
        return words[-1]

    def syllable(self):
        return "bdghklmnprstvz"[self.below(14)] + "aeiou"[self.below(5)]

    def word(self):
        while True:
            word = "".join(self.syllable() for _ in range(1 + self.below(3)))
            word += ("", "n", "r", "l")[self.below(4)]
            if word not in self.known:
                self.known.add(word)
                return word

    def phrase(self, topic):
        """A noun with or without an adjective, and the ending that goes with it."""
        kind = topic if self.dice.random() < 0.7 else self.below(len(self.nouns))
        words = [self.often_early(self.nouns[kind])]
        if self.dice.random() < 0.4:
            words.append(self.often_early(self.adjectives) + self.endings[kind])
        return words, self.endings[kind]

    def sentence(self, topic):
        words, ending = self.phrase(topic)
        if self.dice.random() < 0.3:  # the verb comes after a clause with a noun of its own
            other, its_ending = self.phrase(self.below(len(self.nouns)))
            words[-1] += ","
            words += [self.often_early(self.links), *other]
            words.append(self.often_early(self.verbs) + its_ending + ",")
        words.append(self.often_early(self.verbs) + ending)
        if self.dice.random() < 0.6:
            words += self.phrase(topic)[0]
        return " ".join(words) + "."

    def text(self, length):
        """At least `length` characters: paragraphs, each with its speaker and its topic."""
        text = ""
        while len(text) < length:
            topic = self.below(len(self.nouns))
            sentences = [self.sentence(topic) for _ in range(3 + self.below(4))]
            text += self.often_early(self.names) + "\n" + " ".join(sentences) + "\n\n"
        return text


def texts():
    """Training ids, beginnings (one per row) and the symbol that follows each.

    Every beginning is cut from a text of its own, or the next one would tell how the last went on.
    """
    language = Language(SEED)
    code = {c: i for i, c in enumerate(ALPHABET)}
    training = np.array([code[c] for c in language.text(TRAINING)[:TRAINING]])
    assert set(training.tolist()) == set(code.values())
    cut = np.empty((BEGINNINGS, CONTEXT + 1), dtype=np.int64)
    for row in cut:
        start = language.below(200)
        row[:] = [code[c] for c in language.text(start + len(row))[start : start + len(row)]]
    return training, np.ascontiguousarray(cut[:, :-1]), np.ascontiguousarray(cut[:, -1])


def value(student, defined):
    """Bits per character."""

    def asked(own_model, training, beginnings):
        import random

        import numpy as np
        import torch

        random.seed(0)
        np.random.seed(0)
        torch.manual_seed(0)
        predict = own_model(torch.from_numpy(training), int(training.max()) + 1)
        p = predict(torch.from_numpy(beginnings))
        return p.detach().numpy() if isinstance(p, torch.Tensor) else np.asarray(p)

    def counted(NGramModel, training, beginnings, order):
        import numpy as np

        model = NGramModel(order, "kneser-ney")
        model.fit(training.tolist())
        symbols = range(int(training.max()) + 1)
        rows = [row[-order:] for row in beginnings.tolist()]
        return np.array([[model.prob(row, w) for w in symbols] for row in rows])

    training, beginnings, answers = texts()
    if "own_model" in defined:
        p = student(asked, training=training, beginnings=beginnings)
    else:
        p = student(counted, training=training, beginnings=beginnings, order=ORDER)
    return bits(p, answers, len(ALPHABET))
