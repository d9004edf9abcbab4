"""The ground: files that are written whole or not at all, and errors that are one sentence.

Used everywhere; imports nothing of the rest.
"""
