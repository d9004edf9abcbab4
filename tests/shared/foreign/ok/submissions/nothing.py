# %% [markdown]
# Nothing here.
