"""Sends four megabytes of JSON that are millions of objects."""

from frames import blast, frame

HONEST = 0


def total(x):
    lists = b",".join([b"{}"] * 1_300_000)
    blast(
        frame(b'{"k":"result","id":0,"changed":[],"buffers":[],"value":["list",[' + lists + b"]]}")
    )
