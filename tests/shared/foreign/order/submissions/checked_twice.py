# %% otter={"tests": ["first", "second"]}
x = 1
from support import tool

# %% otter={"tests": ["second", "no such test"]}
x = 2

# %% otter={"tests": ["first"]}
x = 3
