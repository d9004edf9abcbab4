# %%
x = 1
from support import tool

# %%
x = 2
