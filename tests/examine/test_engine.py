import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from engine_stages import FileLedger, Impatient, Joins, Lean, Looks, Reads, Trivial, Whole, subjects_in
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.examine import Key, Limits, Pool, Result, Serial, Subject, comparisons, examinations, run


def accounted(outcome, tasks):
    return outcome.total == len(tasks)


def all_tasks(folder, count=12):
    subjects = subjects_in(folder, [f"text {number}" for number in range(count)])
    return [*examinations(subjects, [Reads()]), *comparisons(subjects, [Joins(), Whole()])]


def test_every_executor_gives_identical_results(tmp_path):
    tasks = all_tasks(tmp_path)
    kept = {}
    executors = {
        "serial": Serial(),
        "pool": Pool(2),
        "threads": ThreadPoolExecutor(3),
        "processes": ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    }
    for name, executor in executors.items():
        ledger = FileLedger(tmp_path / f"{name}.ledger")
        with executor:
            outcome = run(tasks, ledger, executor)
        assert outcome.done == len(tasks) == 12 + 66 + 1
        kept[name] = ledger.kept
    assert kept["serial"] == kept["pool"] == kept["threads"] == kept["processes"]


def test_nothing_finished_is_computed_twice_and_a_new_version_is(tmp_path):
    subjects = subjects_in(tmp_path, ["a", "b", "c"])
    log, ledger = tmp_path / "log", FileLedger(tmp_path / "ledger")
    chosen = {"reads": {"log": str(log)}}
    newer = Reads()
    newer.version = "2"
    for examiner, expected in ((Reads(), (3, 0)), (Reads(), (0, 3)), (newer, (3, 0))):
        outcome = run(examinations(subjects, [examiner], chosen), ledger, Serial())
        assert (outcome.done, outcome.skipped) == expected
    changed = run(examinations(subjects, [Reads()], {"reads": {"log": str(log), "more": 1}}), ledger, Serial())
    assert changed.done == 3
    assert len(log.read_text().split()) == 9


def test_the_same_task_given_twice_is_done_once(tmp_path):
    tasks = all_tasks(tmp_path, 3)
    outcome = run([*tasks, *tasks], FileLedger(tmp_path / "ledger"), Serial())
    assert (outcome.done, outcome.skipped) == (len(tasks), len(tasks))


@pytest.mark.parametrize("at", [0, 6, 11], ids=["first", "middle", "last"])
@pytest.mark.parametrize("kind", ["kill", "crash", "exit"])
def test_one_poisonous_item_is_set_aside_and_no_other_is_touched(tmp_path, at, kind):
    texts = [f"text {number}" for number in range(12)]
    texts[at] = f"poison {kind}"
    tasks = list(examinations(subjects_in(tmp_path, texts), [Reads()]))
    with Pool(2) as pool:
        outcome = run(tasks, FileLedger(tmp_path / "ledger"), pool)
    assert outcome.done == 11
    assert [one.key.inputs for one in outcome.quarantined] == [(f"digest-{at:04d}",)]
    assert not outcome.failed
    assert accounted(outcome, tasks)


def test_an_item_that_hangs_is_ended_at_its_limit(tmp_path):
    texts = ["poison hang", "a", "b", "c"]
    tasks = list(examinations(subjects_in(tmp_path, texts), [Impatient()]))
    began = time.monotonic()
    with Pool(2) as pool:
        outcome = run(tasks, FileLedger(tmp_path / "ledger"), pool)
    assert time.monotonic() - began < 20
    assert outcome.done == 3
    assert "longer than 3 s" in outcome.quarantined[0].reason
    assert accounted(outcome, tasks)


def test_an_item_that_eats_memory_is_stopped_at_its_limit(tmp_path):
    tasks = list(examinations(subjects_in(tmp_path, ["a", "poison eat", "b"]), [Lean()]))
    with Pool(1) as pool:
        outcome = run(tasks, FileLedger(tmp_path / "ledger"), pool)
    assert outcome.done == 2
    assert "1024 MiB" in outcome.quarantined[0].reason
    assert accounted(outcome, tasks)


@pytest.mark.parametrize("executor", [Serial, lambda: Pool(1), lambda: ThreadPoolExecutor(2)])
def test_a_damaged_item_and_a_broken_examiner_are_told_of(tmp_path, executor):
    tasks = list(examinations(subjects_in(tmp_path, ["a", "damaged", "bug SECRET", "b"]), [Reads()]))
    with executor() as made:
        outcome = run(tasks, FileLedger(tmp_path / "ledger"), made)
    assert outcome.done == 2
    reasons = {one.key.inputs[0]: one.reason for one in outcome.failed}
    assert reasons["digest-0001"] == "the item is damaged"
    assert "ZeroDivisionError" in reasons["digest-0002"]
    assert "SECRET" not in reasons["digest-0002"]
    assert accounted(outcome, tasks)


def test_twenty_random_worker_kills_lose_nothing(tmp_path):
    subjects = subjects_in(tmp_path, [f"text {number}" for number in range(200)])
    tasks = list(examinations(subjects, [Reads()], {"reads": {"sleep_s": 0.02}}))
    kills, chance, over = 0, random.Random(), threading.Event()
    ledger = FileLedger(tmp_path / "ledger")
    with Pool(2) as pool:

        def killer():
            nonlocal kills
            while kills < 20 and not over.is_set():
                time.sleep(chance.uniform(0.01, 0.08))
                for pid in chance.sample(pool.pids(), k=min(1, len(pool.pids()))):
                    try:
                        os.kill(pid, signal.SIGKILL)
                        kills += 1
                    except ProcessLookupError:
                        pass

        thread = threading.Thread(target=killer)
        thread.start()
        outcome = run(tasks, ledger, pool)
        over.set()
        thread.join()
        assert kills == 20
        assert outcome.done == 200
        assert not outcome.quarantined
        assert not outcome.failed
        assert pool.started <= 2 + kills
    assert len(ledger.kept) == 200


DRIVER = """
import sys
sys.path.insert(0, {stages!r})
from engine_stages import FileLedger, Reads, subjects_in
from kuager.examine import Pool, examinations, run
subjects = subjects_in({folder!r}, [f"text {{n}}" for n in range(60)])
with Pool(2) as pool:
    print("on", flush=True)
    tasks = examinations(subjects, [Reads()], {{"reads": {{"log": {log!r}, "sleep_s": 0.01}}}})
    outcome = run(tasks, FileLedger({ledger!r}), pool)
print(outcome.done, outcome.skipped, flush=True)
"""


def test_a_killed_driver_resumes_without_repeating_what_was_acknowledged(tmp_path):
    ledger, log = tmp_path / "ledger", tmp_path / "log"
    code = DRIVER.format(stages=str(Path(__file__).parent), folder=str(tmp_path), log=str(log), ledger=str(ledger))
    chance, kills = random.Random(), 0
    while True:
        acknowledged = set(FileLedger(ledger).kept)
        named = _names_of(acknowledged, log)
        log.unlink(missing_ok=True)
        driver = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
        driver.stdout.readline()
        if kills < 4:
            time.sleep(chance.uniform(0.05, 0.2))
            driver.kill()
            kills += 1
        told = driver.communicate(timeout=60)[0]
        time.sleep(0.1)  # workers end with their driver
        begun = log.read_text().split() if log.exists() else []
        assert not named & set(begun), "something acknowledged was done again"
        if told:
            done, skipped = map(int, told.split())
            assert done + skipped == 60
            assert skipped == len(acknowledged)
            break
    assert kills == 4
    assert len(FileLedger(ledger).kept) == 60


def _names_of(digests, log):
    every = {
        Key("reads", "1", f'{{"log":"{log}","sleep_s":0.01}}', (f"digest-{n:04d}",)).digest(): f"item{n:04d}"
        for n in range(60)
    }
    return {every[digest] for digest in digests}


def test_workers_end_with_their_driver(tmp_path):
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import time\nfrom kuager.examine import Pool\n"
        "pool = Pool(2)\nfor _ in range(2): pool.submit(time.sleep, 60)\n"
        "while len(pool.pids()) < 2: time.sleep(0.02)\n"
        "time.sleep(0.3); print(*pool.pids(), flush=True); time.sleep(60)\n"
    )
    driver = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pids = [int(pid) for pid in driver.stdout.readline().split()]
    assert len(pids) == 2
    driver.kill()
    driver.wait()
    until = time.monotonic() + 5
    while any(_lives(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_lives(pid) for pid in pids)


def _lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_worker_holds_no_keys_and_reaches_no_network(tmp_path, monkeypatch):
    monkeypatch.setenv("KUAGER_HOME", "/secret/keys")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.2)
    chosen = {"looks": {"port": listener.getsockname()[1]}}
    ledger = FileLedger(tmp_path / "ledger")
    with Pool(1) as pool:
        pool.submit(len, "").result()
        isolated = next(iter(pool._processes.values())).network == "isolated"
        run(examinations(subjects_in(tmp_path, ["x"]), [Looks()], chosen), ledger, pool)
    (told,) = (plain["facts"] for plain in ledger.kept.values())
    assert not set(told["environment"]) & {"KUAGER_HOME", "AWS_SECRET_ACCESS_KEY"}
    assert told["environment"]["HOME"] == "/nonexistent"
    assert told["reached"] is False
    if isolated:
        assert told["natively"] is False
        with pytest.raises(TimeoutError):
            listener.accept()
    listener.close()


def test_ten_thousand_trivial_items_cost_little_each(tmp_path):
    class Memory:
        def __init__(self):
            self.kept = set()

        def has(self, key):
            return key in self.kept

        def put(self, results):
            self.kept.update(key for key, _ in results)

    tasks = list(examinations([Subject(str(n), f"/x/{n}", "a/b") for n in range(10_000)], [Trivial()]))
    with Pool(2) as pool:
        pool.submit(len, "").result()
        began = time.perf_counter()
        outcome = run(tasks, Memory(), pool)
        each_s = (time.perf_counter() - began) / 10_000
    assert outcome.done == 10_000
    assert each_s < 0.005


def test_progress_counts_up_and_tells_time_left(tmp_path):
    told = []
    with Pool(1) as pool:
        run(
            examinations(subjects_in(tmp_path, "abcdef"), [Reads()], {"reads": {"sleep_s": 0.02}}),
            FileLedger(tmp_path / "ledger"),
            pool,
            progress=told.append,
        )
    assert [one.finished for one in told] == sorted(one.finished for one in told)
    assert (told[-1].finished, told[-1].total, told[-1].left_s) == (6, 6, 0)
    assert any(one.left_s and one.left_s > 0 for one in told)


def test_a_ledger_that_fails_stops_the_run_and_keeps_what_it_acknowledged(tmp_path):
    class Full(FileLedger):
        def put(self, results):
            if len(self.kept) >= 3:
                raise OSError(28, "No space left on device")
            super().put(results)

    tasks = list(examinations(subjects_in(tmp_path, "abcdefgh"), [Reads()]))
    with pytest.raises(OSError, match="No space"):
        run(tasks, Full(tmp_path / "ledger"), Serial(), window=1)
    again = run(tasks, FileLedger(tmp_path / "ledger"), Serial())
    assert (again.done, again.skipped) == (5, 3)


def test_an_interrupted_run_ends_at_once_and_its_workers_with_it(tmp_path):
    tasks = list(examinations(subjects_in(tmp_path, ["a", *["poison hang"] * 5]), [Reads()]))
    pids = []

    def interrupt(progress):
        if progress.finished:
            pids.extend(pool.pids())
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Pool(2) as pool:
        run(tasks, FileLedger(tmp_path / "ledger"), pool, progress=interrupt)
    assert time.monotonic() - began < 15
    assert pids
    assert not any(_lives(pid) for pid in pids)


def test_an_executor_that_breaks_loses_no_account(tmp_path):
    texts = ["a", "poison kill", *"bcdefgh"]
    tasks = list(examinations(subjects_in(tmp_path, texts), [Reads()]))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as plain:
        outcome = run(tasks, FileLedger(tmp_path / "ledger"), plain)
    assert outcome.failed
    assert accounted(outcome, tasks)


def test_a_worker_that_answers_nonsense_is_not_believed():
    class Answers(Serial):
        def submit(self, fn, /, *args, **kwargs):
            return super().submit(lambda: next(answers))

    import msgspec

    def answered(**fields):
        return msgspec.msgpack.encode({"result": {"facts": {}, "findings": [], "made": [], **fields}})

    answers = iter(
        [
            b"\xc1",
            msgspec.msgpack.encode([]),
            msgspec.msgpack.encode({"result": {"facts": 1, "findings": [], "made": []}}),
            msgspec.msgpack.encode({"result": {"facts": {}, "findings": [{"what": 1}], "made": []}}),
            "text",
            answered(made=[["../../log", "", b"", False]]),
            answered(facts={"x": b"bytes"}),
            answered(facts={"x": float("nan")}),
            answered(facts={"x": [{"y": 2**60}]}),
            msgspec.msgpack.encode({"other": 1}),
        ]
    )
    tasks = list(examinations([Subject(str(n), "/x", "a/b") for n in range(10)], [Trivial()]))
    outcome = run(tasks, FileLedger(os.devnull), Answers())
    assert outcome.done == 0
    assert accounted(outcome, tasks)
    assert len(outcome.quarantined) == 10


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4), st.randoms())
def test_a_key_does_not_depend_on_the_order_of_settings(chosen, chance):
    names = list(chosen)
    chance.shuffle(names)
    subject = Subject("d", "/x", "a/b")
    (one,) = examinations([subject], [Trivial()], {"trivial": chosen})
    (other,) = examinations([subject], [Trivial()], {"trivial": {name: chosen[name] for name in names}})
    assert one.key == other.key
    assert one.key.digest() == other.key.digest()


@given(st.lists(st.integers(0, 30), max_size=8))
def test_pairs_and_sets_do_not_depend_on_order(numbers):
    subjects = [Subject(f"{n:03d}", f"/{n}", "text/plain") for n in numbers]
    forth = list(comparisons(subjects, [Joins(), Whole()]))
    back = list(comparisons(subjects[::-1], [Joins(), Whole()]))
    assert forth == back or [task.key for task in forth] == [task.key for task in back]
    distinct = len(set(numbers))
    assert len(forth) == distinct * (distinct - 1) // 2 + (distinct > 1)
    assert all(list(task.key.inputs) == sorted(task.key.inputs) for task in forth)


def test_results_survive_the_way_out_unchanged(tmp_path):
    (subject,) = subjects_in(tmp_path, ["abc"])
    result = Reads().examine(subject.path, {})
    assert result.findings
    assert result.made
    assert Result.from_plain(result.as_plain()) == result


def test_limits_of_the_pool_are_the_ceiling():
    with Pool(1, Limits(wall_s=10, memory_bytes=1 << 30)) as pool:
        import resource

        assert pool.submit(resource.getrlimit, resource.RLIMIT_AS).result() == [1 << 30, 1 << 30]
        assert pool.submit(resource.getrlimit, resource.RLIMIT_CORE).result() == [0, 0]
