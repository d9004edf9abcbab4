# %% otter={"tests": ["first"]}
x = 1

# %%
the_seed = 12
print(the_seed)

# %% tags=["otter_ignore"]
raise SystemExit

# %% tags=["skip-execution"]
x = 99

# %%
x = 2
from support import tool
