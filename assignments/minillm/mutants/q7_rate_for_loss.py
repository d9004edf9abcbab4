"""The picture shows the learning rate in the place of the loss."""

from matplotlib.figure import Figure

question = "q7"


def plot_history(history):
    figure = Figure()
    axes = figure.subplots()
    axes.plot(history.step, history.lr)
    axes.plot(history.val_step, history.val_loss)
    axes.set(xlabel="step", ylabel="loss")
    return figure
