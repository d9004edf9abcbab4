"""The students' `train.py` with the reference solution: `python -m solutions.minillm.train`.

The file itself lies where students get it from, assignments/minillm/files/train.py.
"""

import importlib.util
import sys
from pathlib import Path

from solutions.minillm import minillm

FILE = Path(__file__).parents[2] / "assignments" / "minillm" / "files" / "train.py"

sys.modules["minillm"] = minillm  # in place of the notebook beside it
_spec = importlib.util.spec_from_file_location("minillm_train", FILE)
_train = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _train  # dataclasses look their module up
_spec.loader.exec_module(_train)
_train.minillm = minillm

CONFIGS, Config, Run, main = _train.CONFIGS, _train.Config, _train.Run, _train.main

if __name__ == "__main__":
    raise SystemExit(main())
