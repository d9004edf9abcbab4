# %% otter={"tests": ["first"]}
x = 1
exit()

# %%
x = 2
from support import tool
