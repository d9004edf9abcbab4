"""The real training command: it learns, survives being killed, and knows its configurations."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "120"}
COMMAND = [sys.executable, "-m", "solutions.minillm.train", "--device", "cpu"]


def train(folder: Path, *options: str, config: str = "tiny") -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "--config", config, "--out", str(folder), *options]
    return subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=300
    )


def summary(folder: Path) -> dict:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A run of `tiny` without an interruption, and what it printed."""
    folder = tmp_path_factory.mktemp("whole")
    done = train(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_a_run_learns_and_tells(whole: tuple[Path, str]) -> None:
    folder, printed = whole
    found = summary(folder)
    log = json.loads((folder / "log.json").read_text(encoding="utf-8"))
    assert [e["step"] for e in log["entries"]] == [0, 20, 40, 60]
    assert found["loss"] < log["entries"][0]["loss"] - 1
    assert found["steps"] == 60
    assert found["parameters"] == 29_056
    assert found["ms_per_step"] > 0
    assert found["bits_per_char"] == pytest.approx(found["loss"] / 0.6931471805599453)
    assert (folder / "loss.png").read_bytes().startswith(b"\x89PNG")
    assert all(e["text"].startswith("The ") and len(e["text"]) == 44 for e in log["entries"])
    assert "bits per character" in printed
    assert not list(folder.glob("*.part")) + list(folder.glob("*.tmp"))


def test_killed_and_continued(whole: tuple[Path, str], tmp_path: Path) -> None:
    """Killed twice, at moments that nobody chose; the end is that of the run without a pause."""
    command = [*COMMAND, "--config", "tiny", "--out", str(tmp_path)]
    checkpoint = tmp_path / "checkpoint.pt"
    for more in range(2):
        before = checkpoint.stat().st_mtime_ns if more else 0
        process = subprocess.Popen(
            command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            if checkpoint.is_file() and checkpoint.stat().st_mtime_ns > before:
                break
            time.sleep(0.002)
        time.sleep(0.03 * more)
        process.send_signal(signal.SIGKILL)
        process.wait()
        torch.load(checkpoint, weights_only=True)  # whole
    done = train(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "going on after step" in done.stdout
    one, two = summary(whole[0]), summary(tmp_path)
    assert two["loss"] == one["loss"]
    assert two["steps"] == one["steps"]
    logs = [json.loads((f / "log.json").read_text())["entries"] for f in (whole[0], tmp_path)]
    seen = [[(e["step"], e["loss"], e["text"]) for e in entries] for entries in logs]
    assert seen[0] == seen[1]


def test_log_ahead_of_checkpoint(whole: tuple[Path, str], tmp_path: Path) -> None:
    """Killed between writing the log and the checkpoint: what is too new is forgotten."""
    train(tmp_path, "--steps", "20")
    log = json.loads((tmp_path / "log.json").read_text())
    log["entries"].append({"step": 40, "loss": 0.0, "seconds": 1.0, "text": "from the future"})
    log["config"]["steps"] = 60
    (tmp_path / "log.json").write_text(json.dumps(log))
    assert train(tmp_path).returncode == 0
    entries = json.loads((tmp_path / "log.json").read_text())["entries"]
    assert [e["step"] for e in entries] == [0, 20, 40, 60]
    assert "from the future" not in [e["text"] for e in entries]


def test_another_configuration_is_refused(whole: tuple[Path, str], tmp_path: Path) -> None:
    refused = train(whole[0], "--batch-size", "3")
    assert refused.returncode == 1
    assert "another batch_size" in " ".join(refused.stdout.split())
    unknown = train(tmp_path, config="huge")
    assert unknown.returncode == 1
    assert "12m, cpu, tiny" in " ".join(unknown.stdout.split())


def test_configurations() -> None:
    sys.path.insert(0, str(ROOT))
    try:
        from solutions.minillm import minillm
        from solutions.minillm.train import CONFIGS, Config
    finally:
        sys.path.remove(str(ROOT))
    sizes = {
        path.stem: minillm.parameter_count(Config.load(path.stem).gpt(63))
        for path in CONFIGS.glob("*.json")
    }
    assert sizes.keys() == {"tiny", "cpu", "12m"}
    assert sizes["cpu"] == 803_840
    assert 11.5e6 < sizes["12m"] < 13e6


def test_twelve_million_on_the_cpu(tmp_path: Path) -> None:
    """Two steps of the capstone, at a small batch and on the stand-in text."""
    path = ROOT / "assignments/minillm/files/configs/12m.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config |= {"plays": 0, "sample_characters": 5, "prompt": "The "}
    (tmp_path / "12m.json").write_text(json.dumps(config), encoding="utf-8")
    sys.path.insert(0, str(ROOT))
    try:
        from dataclasses import replace

        from solutions.minillm import train as command
    finally:
        sys.path.remove(str(ROOT))
    small = replace(
        command.Config.load(str(tmp_path / "12m.json")), steps=2, batch_size=1, eval_characters=300
    )
    training = command.Run(small, tmp_path / "run", torch.device("cpu"))
    training.val_ids = training.val_ids[:600]
    for _ in training.advance():
        pass
    found = training.finish()
    assert found["steps"] == 2
    assert found["parameters"] > 11.5e6
    assert training.history.loss[1] < training.history.loss[0] + 1
    assert (tmp_path / "run" / "checkpoint.pt").stat().st_size > 100e6  # with both moments
