"""The history shares the optimiser's tensors, which go on changing."""

question = "q5"


class copy:
    def deepcopy(thing):
        return History(**vars(thing)) if isinstance(thing, History) else thing


_right = train


def train(model, ids, steps, *args, resume=None, **options):
    if resume is not None:
        lists = ("step", "loss", "lr", "val_step", "val_loss")
        kept = {k: list(v) if k in lists else v for k, v in vars(resume).items()}
        resume = History(**kept)
    return _right(model, ids, steps, *args, resume=resume, **options)
