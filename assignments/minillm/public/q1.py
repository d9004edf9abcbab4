"""Tokenizers."""

import numpy as np

from autograder.checks import assert_equal, assert_raises, test_case

OK_FORMAT = False
name = "q1"
points = 7
hints = [
    "CharTokenizer is two look-ups: `sorted(set(text))` from id to character, and a dict back.",
    "For BPE keep a list of merges, pairs of ids. Training and encoding both use one helper: "
    "replace each `a, b` by `new`, walking from left to right and skipping both after a hit.",
    "Count with `Counter(zip(ids, ids[1:]))`. A Counter remembers the order in which keys came, "
    "so `max(counts, key=counts.get)` is already the leftmost of the most frequent pairs. Decode "
    "bytes: `b''.join(...)` first, `.decode('utf-8', errors='replace')` once, at the end.",
]


def probe_bpe(BPETokenizer, text, size, texts):
    bpe = BPETokenizer()
    bpe.train(text, size)
    return [bpe.encode(t) for t in texts]


@test_case(
    name="one id per character",
    points=1,
    failure_message="The vocabulary of 'banana' is a, b, n in sorted order; ids count from 0.",
)
def test_characters(student):
    def probe(CharTokenizer, text, more, ids):
        tokenizer = CharTokenizer(text)
        return list(tokenizer.vocabulary), tokenizer.encode(more), tokenizer.decode(ids)

    vocabulary, encoded, decoded = student(probe, text="banana", more="nab", ids=[2, 1, 1, 0])
    assert_equal(vocabulary, ["a", "b", "n"], what="vocabulary")
    assert_equal(encoded, [2, 0, 1], what='encode("nab")')
    assert_equal(decoded, "nbba", what="decode([2, 1, 1, 0])")


@test_case(
    name="a character that has no id",
    points=0.5,
    failure_message="encode should raise ValueError, not KeyError, and not skip the character.",
)
def test_unknown_character(student):
    def probe(CharTokenizer, text, more):
        return CharTokenizer(text).encode(more)

    assert_raises(ValueError, student, probe, text="banana", more="bad")


@test_case(
    name="merges, by hand",
    points=1.5,
    failure_message="The example of the handout: 'an' becomes 256, 'ban' 257, 'ana' 258.",
)
def test_merges_by_hand(student):
    texts = ["banana bandana", "an", "ban", "nanana"]
    first, an, ban, other = student(probe_bpe, text="banana bandana", size=259, texts=texts)
    assert_equal(an, [256], what='encode("an")')
    assert_equal(ban, [257], what='encode("ban")')
    assert_equal(first, [257, 258, 32, 257, 100, 258], what='encode("banana bandana")')
    assert_equal(other, [ord("n"), 256, 258], what='encode("nanana")')


@test_case(
    name="every text has bytes",
    points=1,
    failure_message="Untrained, the ids are the bytes of UTF-8: 'é' is 195, 169. Ids come in as a "
    "list or an array.",
)
def test_bytes(student):
    def probe(BPETokenizer, text, ids):
        bpe = BPETokenizer()
        return bpe.encode(text), bpe.decode(bpe.encode(text)), bpe.decode(ids)

    encoded, back, decoded = student(probe, text="é → 🙂", ids=np.array([104, 105]))
    assert_equal(encoded, list("é → 🙂".encode()), what="encode before training")
    assert_equal(back, "é → 🙂", what="decode(encode(text))")
    assert_equal(decoded, "hi", what="decode([104, 105])")


@test_case(
    name="saved and loaded",
    points=1,
    failure_message="save writes what was learned; load is a class method and gives a tokenizer "
    "that encodes and decodes the same. A vocabulary smaller than the bytes is refused.",
)
def test_save(student):
    def probe(BPETokenizer, text, size):
        import os
        import tempfile

        bpe = BPETokenizer()
        bpe.train(text, size)
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = os.path.join(folder, "bpe")
            bpe.save(path)
            loaded = BPETokenizer.load(path)
        return bpe.encode(text), loaded.encode(text), loaded.decode(loaded.encode(text))

    before, after, text = student(probe, text="banana bandana", size=259)
    assert_equal(after, before, what="encode after loading")
    assert_equal(text, "banana bandana", what="decode after loading")
    assert_raises(ValueError, student, probe, text="banana", size=255)


def probe_cut(BPETokenizer, pattern, special, text, size, texts):
    bpe = BPETokenizer(pattern=pattern, special=special)
    bpe.train(text, size)
    return [bpe.encode(t) for t in texts]


@test_case(
    name="a pattern cuts first",
    points=1,
    failure_message="With ` ?\\w+` the text 'ab, ab ab' is cut into 'ab', ',', ' ab', ' ab'. The "
    "most frequent pair within a piece is 'a b', then ' ' with it. No merge crosses a cut.",
)
def test_pattern(student):
    given = {"pattern": r" ?\w+", "special": (), "text": "ab, ab ab", "size": 258}
    whole, other = student(probe_cut, texts=["ab, ab ab", "ab ab,ab"], **given)
    assert_equal(whole, [256, 44, 257, 257], what='encode("ab, ab ab")')
    assert_equal(other, [256, 257, 44, 256], what='encode("ab ab,ab")')


@test_case(
    name="special tokens",
    points=1,
    failure_message="A special token is one id, after those of the bytes and merges; training does "
    "not look into it, and what stands on its two sides are not neighbours.",
)
def test_special(student):
    text = "<end>abab<end>abab<end>"
    given = {"pattern": None, "special": ["<end>", "<pad>"], "text": text, "size": 258}
    whole, pad, none = student(probe_cut, texts=[text, "a<pad>b", "<en"], **given)
    assert_equal(whole, [258, 257, 258, 257, 258], what="encode of the text")
    assert_equal(pad, [97, 259, 98], what='encode("a<pad>b")')
    assert_equal(none, [60, 101, 110], what='encode("<en")')
