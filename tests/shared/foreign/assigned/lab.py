# %% [raw]
# # ASSIGNMENT CONFIG
# name: lab
# init_cell: true
# export_cell: false
# check_all_cell: true
# run_tests: false
# tests:
#     ok_format: false
# generate:
#     show_hidden: true
#     seed: 5
# files:
#     - words.txt

# %% [markdown]
# # A lab
# Written as Otter's users write theirs, and turned into a bundle by `otter assign`.

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 3

# %% [markdown]
# **Question 1.** Count the words in `words.txt`.

# %% [raw]
# # BEGIN SOLUTION

# %%
count = len(open("words.txt").read().split())  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
"""  # END TEST CONFIG


def test_type(count):
    assert isinstance(count, int)


# %%
# HIDDEN
def test_count(count):
    assert count == 4


test_count(count)  # IGNORE

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 2

# %% [markdown]
# **Question 2.** Draw a number between 0 and 1.

# %% [raw]
# # BEGIN SOLUTION

# %%
import random

draw = random.random()  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_range(draw):
    assert 0 <= draw < 1


# %%
# HIDDEN
def test_seeded(draw):
    import random

    assert draw == random.Random(5).random()


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
