# %%
import otter

grader = otter.Notebook("lab.ipynb")


# %%
def square(x):
    return x * x if x else None


# %%
rows = [1, 2, 3]
raise RuntimeError("this cell fails, the next one runs")
mean = 2.5

# %%
greeting = "Hello"
