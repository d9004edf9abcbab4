"""A worker is one process: what would start another says so, what only needs threads works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shared.isolation import isolates

from autograder.jail.client import Jail
from autograder.jail.confine import Limits
from autograder.jail.conversation import Time
from autograder.jail.errors import Raised
from autograder.jail.orders import LoadOrder

pytestmark = isolates

SAID = "no other process can be started while a file is judged; threads can"


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail(["numpy"]) as jail:
        yield jail


def answer(jail: Jail, source: str) -> object:
    with jail.worker(Limits()) as worker:
        assert worker.load(LoadOrder(source.encode(), "hw"), 20).problem == ""
        with worker.case(Time(20, 20)) as talk:
            return talk.request({"k": "call", "name": "answer"}, (), {})


@pytest.mark.parametrize(
    "body",
    [
        "multiprocessing.Pool(2)",
        "multiprocessing.get_context('spawn').Process(target=abs, args=(-3,)).start()",
        "multiprocessing.Manager()",
        "list(ProcessPoolExecutor(2).map(abs, [-3]))",
        "subprocess.run(['true'])",
    ],
)
def test_a_process_is_refused_in_words(jail: Jail, body: str) -> None:
    imports = "import multiprocessing, subprocess\n"
    imports += "from concurrent.futures import ProcessPoolExecutor\n"
    with pytest.raises(Raised) as raised:
        answer(jail, f"{imports}def answer():\n    {body}\n")
    assert (raised.value.type_name, raised.value.message) == ("PermissionError", SAID)


WORKS = {
    "threads by multiprocessing": """
from multiprocessing.pool import ThreadPool
def answer():
    with ThreadPool(2) as pool:
        return pool.map(abs, [-3, -4])
""",
    "a pool left open by the file": """
from multiprocessing.pool import ThreadPool
pool = ThreadPool(2)
def answer():
    return pool.map(abs, [-3, -4])
""",
    "a lock and a queue": """
import multiprocessing
lock, queue = multiprocessing.Lock(), multiprocessing.Queue()
def answer():
    with lock:
        queue.put([3, 4])
    return queue.get()
""",
    "an event loop": """
import asyncio
async def absolute(x):
    await asyncio.sleep(0.01)
    return await asyncio.to_thread(abs, x)
async def both():
    return await asyncio.gather(absolute(-3), absolute(-4))
first = asyncio.run(both())
def answer():
    return first and asyncio.run(both())
""",
    "an event loop left open by the file": """
import asyncio
loop = asyncio.new_event_loop()
async def absolute(x):
    await asyncio.sleep(0.01)
    return abs(x)
assert loop.run_until_complete(absolute(-3)) == 3
def answer():
    return [loop.run_until_complete(absolute(x)) for x in (-3, -4)]
""",
    "an alarm that the file has set": """
import signal, time
def late(number, frame):
    raise TimeoutError
signal.signal(signal.SIGALRM, late)
signal.setitimer(signal.ITIMER_REAL, 0.6)
def answer():
    time.sleep(0.8)
    return [3, 4]
""",
}


@pytest.mark.parametrize("what", WORKS)
def test_what_one_process_can_do_works(jail: Jail, what: str) -> None:
    assert answer(jail, WORKS[what]) == [3, 4]
