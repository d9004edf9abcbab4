"""The capstone: train your GPT for real, `python train.py --config cpu`.

Everything that happens in a step is your own `train`, of the notebook beside this file or of
`minillm.py`, if that is newer. Here is what surrounds it: a configuration, a GPU if there is one, a
progress bar, and a folder in which the run lives. The run can be killed at any moment. The same
command goes on from the last checkpoint, and at dropout 0 the result is the same to the last bit
(on one machine, with the same number of threads).

The folder holds:

    checkpoint.pt   model, optimiser, generator, losses; written whole or not at all
    log.json        configuration, validation losses, samples, seconds
    loss.png        loss against step
    summary.json    what came out, when the run is complete
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import jupytext
import torch
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder import data

HERE = Path(__file__).parent
CONFIGS = HERE / "configs"


class TrainingError(Exception):
    """The run cannot start; the message says why and what to do."""


def answer() -> ModuleType:
    """The student's code as a module: cells that plot or measure are left out.

    Raises:
        TrainingError: there is none, or it stops with an error.
    """
    if "minillm" in sys.modules:
        return sys.modules["minillm"]
    found = [p for p in (HERE / "minillm.ipynb", HERE / "minillm.py") if p.is_file()]
    if not found:
        raise TrainingError(f"There is neither minillm.ipynb nor minillm.py in {HERE}.")
    newest = max(found, key=lambda path: path.stat().st_mtime)
    source = newest.read_text(encoding="utf-8")
    if newest.suffix == ".ipynb":
        source = jupytext.writes(jupytext.reads(source, "ipynb"), "py:percent")
    module = ModuleType("minillm")
    sys.modules["minillm"] = module  # dataclasses look their module up
    try:
        exec(compile(source, str(newest), "exec"), vars(module))
    except Exception as error:
        raise TrainingError(f"{newest.name} stops: {type(error).__name__}: {error}") from None
    return module


minillm: Any = None  # the module that `answer` loads; see `main`


@dataclass(frozen=True)
class Config:
    """One of `configs/*.json`.

    Attributes:
        plays: how many of Shakespeare's plays; 0 for the stand-in text that every Python has.
        eval_every: steps between two validations, each with a sample.
        eval_characters: how much of the held-out text these use; the last one uses all of it.
        save_every: steps between two checkpoints.
    """

    about: str
    plays: int
    block_size: int
    n_layer: int
    n_head: int
    n_embd: int
    dropout: float
    steps: int
    batch_size: int
    max_lr: float
    min_lr: float
    warmup: int
    eval_every: int
    eval_characters: int
    save_every: int
    sample_characters: int
    prompt: str
    weight_decay: float = 0.1
    betas: tuple[float, float] = (0.9, 0.99)
    clip: float = 1.0
    seed: int = 1

    @classmethod
    def load(cls, name: str) -> Config:
        """Read a configuration by its name (`cpu`) or path."""
        path = CONFIGS / f"{name}.json"
        path = path if path.is_file() else Path(name)
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            known = ", ".join(sorted(p.stem for p in CONFIGS.glob("*.json")))
            raise TrainingError(f"There is no configuration {name!r}. There is: {known}.") from None
        except (TypeError, ValueError) as error:
            raise TrainingError(f"{path} is not a configuration: {error}.") from None

    def gpt(self, vocab_size: int) -> Any:
        """The `GPTConfig` of the model."""
        size = (self.block_size, self.n_layer, self.n_head, self.n_embd, self.dropout)
        return minillm.GPTConfig(vocab_size, *size)


@dataclass
class Log:
    """What is worth telling about a run so far.

    Attributes:
        entries: one for each validation: step, loss on the part of the held-out text, the sample,
            and the seconds of training up to there.
        seconds: seconds of training up to each checkpoint, by its step.
    """

    config: dict[str, Any]
    entries: list[dict[str, Any]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def cut(self, step: int) -> None:
        """Forget what lies after `step`: it was written, and then the run was killed."""
        self.entries = [e for e in self.entries if e["step"] <= step]
        self.seconds = {s: t for s, t in self.seconds.items() if int(s) <= step}


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    os.replace(part, path)


def write_json(path: Path, content: Any) -> None:
    write_atomic(path, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def corpus(plays: int) -> str:
    return data.shakespeare(plays=plays) if plays else data.stand_in()


def pick_device(name: str) -> torch.device:
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda" and not torch.cuda.is_available():
        raise TrainingError("There is no CUDA device here; use --device cpu or auto.")
    return torch.device(name)


class Run:
    """A training run in its folder, new or continued.

    Raises:
        TrainingError: the folder holds a run with another configuration.
    """

    def __init__(self, config: Config, folder: Path, device: torch.device) -> None:
        self.config, self.folder, self.device = config, folder, device
        text = corpus(config.plays)
        self.tokenizer = minillm.CharTokenizer(text)
        ids = torch.tensor(self.tokenizer.encode(text))
        cut = int(0.9 * len(ids))
        self.train_ids, self.val_ids = ids[:cut], ids[cut:]
        self.seconds = 0.0
        folder.mkdir(parents=True, exist_ok=True)
        self.model, self.history, self.log = self._begin()
        self.model.to(device)
        self.fast: Any = self.model
        if device.type == "cuda":
            torch.set_float32_matmul_precision("high")
            self.fast = torch.compile(self.model)

    @property
    def step(self) -> int:
        return len(self.history.step) if self.history else 0

    def _begin(self) -> tuple[minillm.GPT, minillm.History | None, Log]:
        checkpoint = self.folder / "checkpoint.pt"
        described = json.loads(json.dumps(asdict(self.config)))
        if not checkpoint.is_file():
            torch.manual_seed(self.config.seed)
            gpt = self.config.gpt(len(self.tokenizer.vocabulary))
            return minillm.GPT(gpt), None, Log(described)
        log = Log(**json.loads((self.folder / "log.json").read_text(encoding="utf-8")))
        differs = [k for k in described if log.config.get(k) != described[k]]
        if differs:
            raise TrainingError(
                f"{self.folder} holds a run with another {', '.join(differs)}. "
                "Choose another folder with --out, or start again with --fresh."
            )
        model, history = minillm.load_checkpoint(checkpoint)
        log.cut(len(history.step))
        self.seconds = log.seconds.get(str(len(history.step)), 0.0)
        return model, history, log

    def _precision(self) -> contextlib.AbstractContextManager[Any]:
        if self.device.type == "cuda":
            return torch.autocast("cuda", dtype=torch.bfloat16)
        return contextlib.nullcontext()

    def advance(self) -> Iterator[None]:
        """Train to the end; a turn for each checkpoint."""
        if self.step == 0:
            self._validate()
        while self.step < self.config.steps:
            self._train(min(self._next(self.config.save_every), self._next(self.config.eval_every)))
            if self.step % self.config.eval_every == 0 or self.step == self.config.steps:
                self._validate()
            self._save()
            yield

    def _next(self, every: int) -> int:
        """Steps up to the next multiple of `every`, or to the end."""
        return min(every - self.step % every, self.config.steps - self.step)

    def _train(self, steps: int) -> None:
        c = self.config
        start = time.perf_counter()
        with self._precision():
            self.history = minillm.train(
                self.fast,
                self.train_ids,
                steps,
                batch_size=c.batch_size,
                max_lr=c.max_lr,
                min_lr=c.min_lr,
                warmup=c.warmup,
                total=c.steps,
                weight_decay=c.weight_decay,
                betas=c.betas,
                clip=c.clip,
                generator=torch.Generator().manual_seed(c.seed),
                resume=self.history,
            )
        self.seconds += time.perf_counter() - start

    def _validate(self) -> None:
        with self._precision():
            loss = minillm.evaluate(self.model, self.val_ids[: self.config.eval_characters])[0]
            drawn = minillm.sample(
                self.model,
                self.tokenizer.encode(self.config.prompt),
                self.config.sample_characters,
                temperature=0.8,
                generator=torch.Generator().manual_seed(self.step),
            )
        text = self.tokenizer.decode(drawn)
        entry = {"step": self.step, "loss": loss, "seconds": self.seconds, "text": text}
        self.log.entries.append(entry)
        if self.history is not None:
            self.history.val_step = [e["step"] for e in self.log.entries]
            self.history.val_loss = [e["loss"] for e in self.log.entries]

    def _save(self) -> None:
        # The log first: what it says beyond the checkpoint is cut off when the run is continued.
        self.log.seconds[str(self.step)] = self.seconds
        write_json(self.folder / "log.json", asdict(self.log))
        minillm.save_checkpoint(self.folder / "checkpoint.pt", self.model, self.history)

    def finish(self) -> dict[str, Any]:
        """Evaluate on the whole held-out text in full precision; write plot and summary."""
        loss, perplexity, bits = minillm.evaluate(self.model, self.val_ids)
        parameters = sum(p.numel() for p in self.model.parameters())
        summary = {
            "loss": loss,
            "perplexity": perplexity,
            "bits_per_char": bits,
            "ms_per_step": 1e3 * self.seconds / max(self.step, 1),
            "seconds": self.seconds,
            "steps": self.step,
            "characters_seen": self.step * self.config.batch_size * self.config.block_size,
            "parameters": parameters,
            "held_out_characters": len(self.val_ids),
            "device": self.describe_device(),
            "config": asdict(self.config),
        }
        figure = minillm.plot_history(self.history)
        figure.savefig(self.folder / "loss.png.part", dpi=150, format="png")
        os.replace(self.folder / "loss.png.part", self.folder / "loss.png")
        write_json(self.folder / "summary.json", summary)
        return summary

    def describe_device(self) -> str:
        if self.device.type == "cuda":
            return f"{torch.cuda.get_device_name(self.device)}, bfloat16"
        return f"CPU, {torch.get_num_threads()} threads"


def shown(text: str) -> str:
    return escape(text.strip().replace("\n", " / "))


def run(config: Config, folder: Path, device: torch.device, console: Console) -> dict[str, Any]:
    """Train, or go on training, in `folder`, and tell about it."""
    training = Run(config, folder, device)
    parameters = minillm.parameter_count(training.model.config)
    console.print(
        f"{parameters:,} parameters, {len(training.train_ids):,} characters to learn from, "
        f"{training.describe_device()}"
    )
    if training.step:
        console.print(f"going on after step {training.step} of {folder / 'checkpoint.pt'}")
    progress = Progress(
        TextColumn("training"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("loss {task.fields[loss]}  {task.fields[ms]} ms/step"),
        TimeRemainingColumn(),
        console=console,
    )
    with progress:
        task = progress.add_task("", total=config.steps, completed=training.step, loss="–", ms="–")
        told = training.step if training.log.entries else -1
        for _ in training.advance():
            losses = training.history.loss[-config.save_every :]
            progress.update(
                task,
                completed=training.step,
                loss=f"{sum(losses) / len(losses):.3f}",
                ms=f"{1e3 * training.seconds / training.step:.1f}",
            )
            for entry in (e for e in training.log.entries if e["step"] > told):
                progress.console.print(
                    f"[bold]{entry['step']:>6}[/] {entry['loss']:.3f}  {shown(entry['text'])[:90]}",
                    highlight=False,
                )
                told = entry["step"]
    summary = training.finish()
    table = Table("step", "nats", "what it writes", show_lines=True)
    for entry in training.log.entries:
        table.add_row(str(entry["step"]), f"{entry['loss']:.3f}", shown(entry["text"]))
    console.print(table)
    console.print(
        f"held-out text: {summary['loss']:.4f} nats, perplexity {summary['perplexity']:.3f}, "
        f"{summary['bits_per_char']:.4f} bits per character; "
        f"{summary['ms_per_step']:.1f} ms per step\n{folder}/summary.json, loss.png"
    )
    return summary


def main(arguments: list[str] | None = None) -> int:
    global minillm
    parser = argparse.ArgumentParser(
        prog="python train.py", description="Train the GPT of `minillm`."
    )
    parser.add_argument("--config", default="cpu", help="tiny, cpu, 12m, or a JSON file")
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"])
    parser.add_argument("--out", type=Path, help="folder of the run (results/minillm/CONFIG)")
    parser.add_argument("--fresh", action="store_true", help="forget the run that is in the folder")
    parser.add_argument("--steps", type=int, help="instead of the configuration's")
    parser.add_argument("--batch-size", type=int, help="instead of the configuration's")
    parser.add_argument("--eval-characters", type=int, help="instead of the configuration's")
    options = parser.parse_args(arguments)
    console = Console()
    try:
        minillm = answer()
        config = Config.load(options.config)
        own = ("steps", "batch_size", "eval_characters")
        changes = {name: getattr(options, name) for name in own if getattr(options, name)}
        folder = options.out or Path("results", "minillm", Path(options.config).stem)
        if options.fresh:
            for name in ("checkpoint.pt", "log.json", "summary.json", "loss.png"):
                (folder / name).unlink(missing_ok=True)
        run(replace(config, **changes), folder, pick_device(options.device), console)
    except (TrainingError, data.DataMissing, NotImplementedError) as error:
        console.print(str(error), style="red", highlight=False)
        return 1
    except KeyboardInterrupt:
        console.print("Stopped. The same command goes on from the last checkpoint.")
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
