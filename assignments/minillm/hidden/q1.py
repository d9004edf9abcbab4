"""Tokenizers, on fresh texts and at the edges."""

import re
from collections import Counter
from itertools import pairwise

import numpy as np

from autograder.checks import assert_equal, assert_raises, expect, test_case

OK_FORMAT = False
name = "q1 (hidden)"
points = 7


def replace(ids, pair, new):
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def cut(text, pattern=None, special=()):
    """Pieces of the text, in order; special tokens among them."""
    pieces, at, start = [], 0, 0

    def between(part):
        found, end = [], 0
        for match in re.finditer(pattern, part) if pattern else ():
            found += [part[end : match.start()], match.group()]
            end = match.end()
        return [p for p in [*found, part[end:]] if p]

    while at < len(text):
        here = [t for t in special if text.startswith(t, at)]
        if here:
            token = max(here, key=len)
            pieces += [*between(text[start:at]), token]
            at = start = at + len(token)
        else:
            at += 1
    return pieces + between(text[start:])


def learn(text, size, pattern=None, special=()):
    """All counted anew for each merge; merges of pairs that occur less than twice are an error."""
    pieces = [list(p.encode()) for p in cut(text, pattern, special) if p not in special]
    merges = []
    while 256 + len(merges) < size:
        counts = Counter(pair for ids in pieces for pair in pairwise(ids))
        most = max(counts.values())
        assert most >= 2, "the test's text is too short: what to do then is left open"
        pair = next(p for ids in pieces for p in pairwise(ids) if counts[p] == most)
        pieces = [replace(ids, pair, 256 + len(merges)) for ids in pieces]
        merges.append(pair)
    return merges


def apply(merges, text, pattern=None, special=()):
    found = []
    for piece in cut(text, pattern, special):
        ids = list(piece.encode())
        for i, pair in enumerate(merges):
            ids = replace(ids, pair, 256 + i)
        place = [256 + len(merges) + i for i, token in enumerate(special) if token == piece]
        found += place or ids
    return found


def letters(alphabet, n, seed):
    return "".join(alphabet[i] for i in np.random.default_rng(seed).integers(0, len(alphabet), n))


def probe_bpe(BPETokenizer, text, size, texts):
    bpe = BPETokenizer()
    bpe.train(text, size)
    return [bpe.encode(t) for t in texts]


@test_case(
    name="characters",
    points=0.5,
    hidden=True,
    failure_message="Sorted by code point, each once, ids as a list; decode takes a list, an "
    "array or a tensor, and refuses ids that no character has, also negative ones.",
)
def test_characters(student):
    def probe(CharTokenizer, text, array):
        import torch

        t = CharTokenizer(text)
        decoded = [t.decode(array), t.decode(torch.from_numpy(array)), t.decode(array.tolist())]
        return list(t.vocabulary), t.encode(text), [*decoded, t.decode([])]

    text = "Ünï→🙂 zoo\n\tZ!"
    vocabulary = sorted(set(text))
    ids = [vocabulary.index(c) for c in text]
    got, encoded, decoded = student(probe, text=text, array=np.array(ids[::-1]))
    assert_equal(got, vocabulary, what="vocabulary")
    assert_equal(encoded, ids, what="encode(text)")
    assert_equal(decoded, [text[::-1]] * 3 + [""], what="decode of array, tensor, list, nothing")

    def decode(CharTokenizer, text, ids):
        return CharTokenizer(text).decode(ids)

    assert_equal(student(decode, text="nab", ids=[2, 0, 1]), "nab", what="decode([2, 0, 1])")
    assert_equal(student(decode, text="nab", ids=[2, 1]), "nb", what="decode([2, 1])")
    for bad in ([3], [0, -1], [0, 1, 100]):
        assert_raises(ValueError, student, decode, text="nab", ids=bad)


@test_case(
    name="characters that were never seen",
    points=0.5,
    hidden=True,
    failure_message="One unknown character anywhere in the text is a ValueError.",
)
def test_unknown_character(student):
    def probe(CharTokenizer, text, more):
        return CharTokenizer(text).encode(more)

    assert_raises(ValueError, student, probe, text="to be", more="to bee or not")
    assert_raises(ValueError, student, probe, text="", more="x")
    assert_equal(student(probe, text="to be", more=""), [], what='encode("")')


@test_case(
    name="the same merges as by counting everything anew",
    points=1.5,
    hidden=True,
    failure_message="The most frequent pair, again and again, in the sequence as it is by then. "
    "Compare with a version that counts all pairs before each merge.",
)
def test_merges(student):
    for alphabet, n, size, seed in (
        ("abcdefgh ", 400, 276, 1),
        ("etaoin shrdlu", 700, 290, 2),
        ("xyé🙂", 300, 280, 3),
    ):
        text = letters(alphabet, n, seed)
        merges = learn(text, size)
        (encoded,) = student(probe_bpe, text=text, size=size, texts=[text])
        assert_equal(encoded, apply(merges, text), what="encode of the text it was trained on")


@test_case(
    name="runs of one letter",
    points=1,
    hidden=True,
    failure_message="Overlapping pairs all count ('aaa' holds 'aa' twice), but each letter is "
    "merged once, from left to right.",
)
def test_runs(student):
    # Overlaps decide: "aa" is counted 3 times in "aaaa", "bc" twice; without overlaps it is 2 to 2,
    # and "bc" comes first.
    text = "bcbc aaaa"
    (encoded,) = student(probe_bpe, text=text, size=257, texts=[text])
    assert_equal(encoded, apply([(97, 97)], text), what="encode after one merge")
    for seed in range(4, 10):
        text = letters("aab", 120, seed)
        merges = learn(text, 264)
        more = ["aaaaaaa", "a" * 12 + "b", letters("aaab", 40, seed + 90)]
        got = student(probe_bpe, text=text, size=264, texts=[text, *more])
        assert_equal(got, [apply(merges, t) for t in [text, *more]], what="encode of runs")


@test_case(
    name="ties",
    points=0.5,
    hidden=True,
    failure_message="Of equally frequent pairs the one whose first occurrence is leftmost is "
    "merged, in the sequence as it stands at that moment; neither the smallest nor the oldest one.",
)
def test_ties(student):
    for text in (
        "zy ab zy ab",
        "cabbage zq cabbage zq",
        "q1q2 z q1q2 z ab ab",
        "dcba|dcba|abcd|abcd",
    ):
        merges = learn(text, 258)
        (encoded,) = student(probe_bpe, text=text, size=258, texts=[text])
        assert_equal(encoded, apply(merges, text), what="encode after two merges")
    # After two merges a pair that was born late stands left of an older one with the same count.
    text = "abcabc.xyxy.abcabc.xyz"
    merges = learn(text, 260)
    (encoded,) = student(probe_bpe, text=text, size=260, texts=[text])
    assert_equal(encoded, apply(merges, text), what="encode after four merges")


@test_case(
    name="texts that were not trained on",
    points=0.5,
    hidden=True,
    failure_message="Merges are applied in the order in which they were learned, each to the "
    "whole sequence; the longest piece first is something else.",
)
def test_encode(student):
    text = letters("abcd", 600, 10)
    merges = learn(text, 300)
    others = [letters("abcd", n, 20 + n) for n in (0, 1, 2, 3, 50, 200)] + ["héllo abcd 🙂 dcba"]

    def kinds(BPETokenizer, CharTokenizer, text, size):
        bpe = BPETokenizer()
        bpe.train(text, size)
        found = bpe.encode(text), CharTokenizer(text).encode(text)
        return sorted({type(x).__name__ for ids in found for x in [ids, *ids]})

    assert_equal(
        student(kinds, text=text, size=300), ["int", "list"], what="types in encode's result"
    )
    got = student(probe_bpe, text=text, size=300, texts=others)
    assert_equal(got, [apply(merges, t) for t in others], what="encode of other texts")
    for short in ("", "a"):  # in which there is nothing to learn
        got = student(probe_bpe, text=short, size=300, texts=["aa"])
        assert_equal(got, [[97, 97]], what="encode, trained on next to nothing")


@test_case(
    name="any Unicode, and bytes that are none",
    points=0.5,
    hidden=True,
    failure_message="Join the bytes of the whole sequence before decoding them: a character may "
    "be split over two tokens. What is not UTF-8 becomes U+FFFD.",
)
def test_decode(student):
    def probe(BPETokenizer, text, size, texts, sequences):
        bpe = BPETokenizer()
        bpe.train(text, size)
        return [bpe.decode(bpe.encode(t)) for t in texts], [bpe.decode(s) for s in sequences]

    texts = ["", "naïve café", "汉字漢字汉字", "🙂🙃🙂", "\x00\x7f\n\t", "e\u0301 ≠ é", "\ufeffA"]
    loose = [[195], [104, 195, 105], [169, 195, 169], [240, 159, 153], [255, 254]]
    sequences = [*loose, np.array([195, 169]), []]
    there_and_back, decoded = student(
        probe, text="éèéèêé 汉字汉字 🙂🙂", size=262, texts=texts, sequences=sequences
    )
    assert_equal(there_and_back, texts, what="decode(encode(text))")
    want = [bytes(s).decode("utf-8", errors="replace") for s in loose]
    assert_equal(decoded, [*want, "é", ""], what="decode of bytes")


@test_case(
    name="sizes, files, and ids that do not exist",
    points=1,
    hidden=True,
    failure_message="Exactly vocab_size ids, not one more, fewer if no pair occurs twice any more, "
    "and none from an earlier training; load needs nothing but the file; decode refuses ids that "
    "do not exist, also negative ones.",
)
def test_sizes(student):
    def probe(BPETokenizer, text, size, ids):
        import os
        import pathlib
        import tempfile

        bpe = BPETokenizer()
        bpe.train("what was learned before is forgotten, is it not, is it not", 262)
        bpe.train(text, size)
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = pathlib.Path(folder) / "my tokenizer.json"
            bpe.save(path)
            other = BPETokenizer()
            other.train("zzzz", 257)
            loaded = BPETokenizer.load(path)
        return bpe.decode(ids), loaded.decode(ids), loaded.encode(text)

    text = letters("abc", 300, 30)
    merges = learn(text, 270)
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    ids = [269, 256, 260]
    decoded, loaded, encoded = student(probe, text=text, size=270, ids=ids)
    want = b"".join(table[i] for i in ids).decode()
    assert_equal([decoded, loaded], [want, want], what="decode before saving and after loading")
    assert_equal(encoded, apply(merges, text), what="encode after loading")
    for bad in ([270], [-1], [97, 1000, 98]):
        assert_raises(ValueError, student, probe, text=text, size=270, ids=bad)
    assert_raises(ValueError, student, probe, text=text, size=256, ids=[256])
    assert_raises(ValueError, student, probe, text=text, size=255, ids=[97])
    expect(len(table) == 270, "the test itself is wrong")

    def probe_end(BPETokenizer, text):
        bpe = BPETokenizer()
        bpe.train(text, 300)
        return bpe.encode(text)

    def probe_last(BPETokenizer, text, size):
        bpe = BPETokenizer()
        bpe.train(text, size)
        return max(bpe.encode(text))

    # More merges than there are bytes; the last one was learned from a pair of this text.
    last = student(probe_last, text=letters("abcdefghijklmnopqrst", 4500, 32), size=530)
    assert_equal(last, 529, what="the largest id after training to 530")

    encoded = student(probe_end, text="abcabd")  # with "ab" merged, no pair occurs twice
    assert_equal(encoded, [256, 99, 256, 100], what="encode after training to 300 ids")


@test_case(
    name="cuts and special tokens",
    points=1,
    hidden=True,
    failure_message="No merge crosses a cut or a special token, in training or encoding; what no "
    "match covers is kept; special tokens have the ids after the last merge, in their order, and "
    "are not counted in vocab_size; the longest counts; all of it is saved and loaded.",
)
def test_cut(student):
    def probe(BPETokenizer, pattern, special, text, size, texts, ids):
        import os
        import tempfile

        bpe = BPETokenizer(pattern, special)
        untrained = bpe.encode(texts[-1])
        bpe.train(text, size)
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = os.path.join(folder, "bpe")
            bpe.save(path)
            loaded = BPETokenizer.load(path)
        found = [[t.encode(x) for x in texts] for t in (bpe, loaded)]
        return (
            untrained,
            found,
            [[t.decode(e) for e in found[0]] + [t.decode(ids)] for t in (bpe, loaded)],
        )

    words = letters("ab", 60, 41) + " " + letters("abé .!", 500, 40)
    special = ["<|a|>", "<|a|><|b|>", "a b"]
    for pattern, tokens, size in (
        (r" ?\w+", (), 270),
        (r"[a-z]", (), 256),  # pieces of one letter: nothing can be merged in them
        (r"( ?)([a-z]+)", (), 262),  # groups are for counting, and change no cut
        (r"\w{1,3}", special, 260),  # the cut goes through pairs that are merged elsewhere
        (None, special, 275),
        (r"\s+(?!\S)| ?\w+", special, 264),
    ):
        text = words + "<|a|>" + words[::-1] + "<|a|><|b|>" + "xx xx<|a|>xx xx"
        text += "<|a|>" * 90
        merges = learn(text, size, pattern, tokens)
        texts = [text, "", "  <|a|>  a", "aa<|a|><|a|><|b|>aa a b", "<|b|><|a", "", "<|a|>.a b. a"]
        ids = [255 + len(merges) + i for i in range(len(tokens) + 1)]
        untrained, found, decoded = student(
            probe, pattern=pattern, special=tokens, text=text, size=size, texts=texts, ids=ids
        )
        assert_equal(
            untrained, apply([], texts[-1], pattern, tokens), what="encode before training"
        )
        want = [apply(merges, t, pattern, tokens) for t in texts]
        assert_equal(found, [want, want], what="encode before saving and after loading")
        table = [bytes([i]) for i in range(256)]
        for a, b in merges:
            table.append(table[a] + table[b])
        table += [t.encode() for t in tokens]
        last = b"".join(table[i] for i in ids).decode("utf-8", errors="replace")
        assert_equal(decoded, [[*texts, last]] * 2, what="decode")
        given = {"pattern": pattern, "special": tokens, "text": text, "size": size, "texts": [""]}
        assert_raises(ValueError, student, probe, ids=[256 + len(merges) + len(tokens)], **given)
