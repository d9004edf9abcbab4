"""Looks for the scratch folders of other submissions."""

import os

HONEST = 0


def total(x):
    for folder in ('..', '../..', '/tmp'):
        try:
            found = os.listdir(folder)
        except OSError:
            continue
        mine = os.path.basename(os.getcwd())
        others = [name for name in found if name not in (mine, 'root', '.', 'tmp')]
        if any(len(name) == 16 for name in others):
            raise ValueError('ESCAPED another folder')
    raise ValueError('none')
