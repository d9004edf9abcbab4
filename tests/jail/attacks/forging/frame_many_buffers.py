"""Announces a million empty buffers in one answer."""

from frames import blast, frame

HONEST = 0


def total(x):
    lengths = b"0," * 1_300_000 + b"0"
    blast(frame(b'{"k":"result","id":0,"changed":[],"value":null,"buffers":[' + lengths + b"]}"))
