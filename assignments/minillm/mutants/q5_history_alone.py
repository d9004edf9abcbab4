"""The history holds numbers only; states of optimiser and generator are kept elsewhere."""

question = "q5"

_right = train
_states = {}


def train(model, ids, steps, *args, resume=None, **options):
    if resume is not None:
        resume = History(**vars(resume))
        resume.optimizer, resume.generator = _states[tuple(resume.loss)]
    history = _right(model, ids, steps, *args, resume=resume, **options)
    _states[tuple(history.loss)] = history.optimizer, history.generator
    history.optimizer = history.generator = None
    return history
