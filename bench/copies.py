"""`match` beside vPDQ: which re-uploads each finds in an archive, how long fingerprints take, and a plain search."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.harness import Bar, Comparison, Environment, Metric, Runner, Unavailable, Work, register

VPDQ = Environment("vpdq", ("vpdq==0.2.5", "numpy==2.4.6"))  # needs cmake and FFmpeg's headers to build
HARD = ("offcentre_crop", "rotated")

# vPDQ as its authors describe it: a hash a second, quality 50, distance 31, share of the query's hashes that match.
_VPDQ_ALL = """
import json, sys, numpy, vpdq
def hashes(path):
    kept = [bytes.fromhex(f.hex) for f in vpdq.computeHash(path) if f.quality >= 50]
    return numpy.frombuffer(b"".join(kept), numpy.uint8).reshape(-1, 32)
asked, kept = json.load(open(sys.argv[1]))
library = {path: hashes(path) for path in kept}
out = []
for path in asked:
    mine = hashes(path)
    for other, theirs in library.items():
        if len(mine) and len(theirs):
            near = numpy.bitwise_count(mine[:, None] ^ theirs[None]).sum(axis=2).min(axis=1) <= 31
            if near.any():
                out.append([path, other, float(near.mean())])
print(json.dumps(out))
"""
_VPDQ_HASH = "import sys, vpdq\nfor path in sys.argv[1:]: vpdq.computeHash(path)"
_OUR_HASH = """
import os, sys
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from kuager.instruments.copies.gather import fingerprints
if __name__ == "__main__":
    assert not [o for _, o in fingerprints(sys.argv[1:]) if isinstance(o, Exception)]
"""


def prepare(seed: int, folder: Path, quick: bool) -> Any:
    """One archive for all seeds of a kind (tuning or reporting), queries of each seed's own."""
    from bench.copies_work import work

    shared = folder.parent / "copies-shared"
    references, per_kind, negatives = (12, 1, 1) if quick else (500, 2, 4)
    return work(seed, shared, references, per_kind, negatives, archive_seed=seed // 1000 * 1000)


def ours(work: Work) -> dict[str, float]:
    """The verb itself, on all queries at once; counted on its verdict."""
    made = work.input
    words = ["match", *map(str, made.queries), "--in", *map(str, made.references), "--json"]
    command = [work.python, "-c", "import sys; from kuager.faces.cli import main; sys.exit(main())", *words]
    done = work.process(command, may_exit=(0, 1))
    said = json.loads(done.stdout)["matches"]
    pictures = [(m["query"], m["reference"]) for m in said if m["kind"] == "picture" and m["verdict"] == "copy"]
    sounds = [(m["query"], m["reference"]) for m in said if m["kind"] == "sound" and m["verdict"] == "copy"]
    counted = _counted(made.truth, pictures)
    there = {(t.query, t.reference) for t in made.truth if t.sound and t.reference}
    counted |= {"sound there": len(there), "sound found": len(there & set(sounds))}
    counted["sound false"] = len(set(sounds) - there)
    ends = [e for t in made.truth for m in said if m["kind"] == "picture" and m["verdict"] == "copy"
            and (m["query"], m["reference"]) == (t.query, t.reference) for e in _end_errors(m, t)]  # fmt: skip
    counted["end error s"] = sorted(ends)[len(ends) // 2] if ends else float("nan")
    return counted | {"s": done.seconds}


def peer_vpdq(work: Work) -> dict[str, float]:
    """vPDQ with the one threshold that, known afterwards, finds most without a false match."""
    made = work.input
    asked = work.scratch / "asked.json"
    asked.write_text(json.dumps([[str(p) for p in made.queries], [str(p) for p in made.references]]))
    done = work.process([work.python, "-c", _VPDQ_ALL, asked])
    rows = json.loads(done.stdout)
    true = {(t.query, t.reference) for t in made.truth if t.picture and t.reference}
    highest_false = max((share for q, r, share in rows if (q, r) not in true), default=0.0)
    counted = _counted(made.truth, [(q, r) for q, r, share in rows if share > highest_false])
    return counted | {"s": done.seconds}


def _counted(truth: Sequence[Any], said: Sequence[tuple[str, str]]) -> dict[str, float]:
    true = {(t.query, t.reference): t.kind for t in truth if t.picture and t.reference}
    found = set(said) & set(true)
    hard = {pair for pair, kind in true.items() if kind in HARD}
    return {
        "there": len(true), "found": len(found), "false": len(set(said) - set(true)),
        "hard there": len(hard), "hard found": len(hard & found),
    }  # fmt: skip


def _end_errors(match: dict[str, float], truth: Any) -> list[float]:
    names = ("query_start_s", "query_end_s", "reference_start_s", "reference_end_s")
    return [abs(match[name] - getattr(truth, name)) for name in names]


def _share(found: str, there: str) -> Any:
    return lambda rounds: sum(r[found] for r in rounds) / max(1, sum(r[there] for r in rounds))


def prepare_timing(seed: int, folder: Path, quick: bool) -> list[Path]:
    from bench.copies_work import work

    return work(seed, folder, 4 if quick else 60, 0, 0).references


def our_fingerprints(work: Work) -> dict[str, float]:
    script = work.scratch / "hash.py"
    script.write_text(_OUR_HASH)
    return {"s": work.process([work.python, script, *work.input]).seconds}


def their_fingerprints(work: Work) -> dict[str, float]:
    return {"s": work.process([work.python, "-c", _VPDQ_HASH, *work.input]).seconds}


def prepare_hashes(seed: int, folder: Path, quick: bool) -> Any:
    import numpy as np

    rng = np.random.default_rng(seed)
    kept = rng.integers(0, 256, (100_000 if quick else 1_000_000, 32), dtype=np.uint8)
    asked = kept[rng.integers(0, len(kept), 200)].copy()
    asked[:, 0] ^= 1
    return kept, asked


def our_search(work: Work) -> dict[str, float]:
    import faiss
    import numpy as np

    from kuager.instruments.copies.hashes import Hashes

    kept, asked = work.input
    index = Hashes()
    index.add(kept, np.column_stack([np.arange(len(kept))] * 3).astype(np.int32))
    faiss.omp_set_num_threads(1)
    began = time.perf_counter()
    distances, _ = index.search(asked, 8)
    return {
        "ms a query": (time.perf_counter() - began) * 1e3 / len(asked),
        "recall": float((distances[:, 0] == 1).mean()),
    }


def plain_faiss(work: Work) -> dict[str, float]:
    try:
        import faiss
    except ImportError as error:
        raise Unavailable("faiss-cpu is not installed") from error
    kept, asked = work.input
    index = faiss.IndexBinaryFlat(256)
    index.add(kept)
    faiss.omp_set_num_threads(1)
    began = time.perf_counter()
    distances, _ = index.search(asked, 8)
    return {
        "ms a query": (time.perf_counter() - began) * 1e3 / len(asked),
        "recall": float((distances[:, 0] == 1).mean()),
    }


register(
    Comparison(
        name="copies.archive",
        what="re-uploads found among 500 recordings, counted on the verdict; vPDQ with the best threshold in hindsight",
        prepare=prepare,
        ours=Runner("kuager match", ours),
        peers=(Runner("vpdq", peer_vpdq, environment=VPDQ),),
        metrics=(
            Metric("recall", pool=_share("found", "there")),
            Metric("false matches", better="lower", pool=lambda rounds: float(sum(r["false"] for r in rounds))),
            Metric("recall, off-centre crop and 7° rotation", pool=_share("hard found", "hard there")),
            Metric("end error s", better="lower"),
            Metric("s", better="lower"),
        ),
        bars=(
            Bar("recall", at_least=0.90), Bar("false matches", at_most=0),
            Bar("recall, off-centre crop and 7° rotation", at_least=0.70), Bar("end error s", at_most=0.5),
        ),
        seeds=tuple(range(9000, 9010)),
        tuning_seeds=tuple(range(1000, 1003)),
        rounds=1,
        warm_up=0,
    )
)  # fmt: skip

register(
    Comparison(
        name="copies.fingerprint",
        what="fingerprints of 60 recordings of some 11 s",
        prepare=prepare_timing,
        ours=Runner("kuager", our_fingerprints),
        peers=(Runner("vpdq", their_fingerprints, environment=VPDQ),),
        metrics=(Metric("s", better="lower"),),
        bars=(Bar("s", at_least=1 / 1.5, against="vpdq"),),
    )
)

register(
    Comparison(
        name="copies.search",
        what="eight nearest of a million hashes, one thread",
        prepare=prepare_hashes,
        ours=Runner("kuager", our_search),
        peers=(Runner("faiss flat", plain_faiss),),
        metrics=(Metric("ms a query", better="lower"), Metric("recall")),
        bars=(Bar("ms a query", at_least=1 / 1.2, against="faiss flat"), Bar("recall", at_least=1.0)),
    )
)
