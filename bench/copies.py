"""`match` beside vPDQ: which re-uploads each finds in an archive, how long fingerprints take, and a plain search."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.harness import Bar, Comparison, Environment, Finished, Metric, Runner, Unavailable, Work, register

VPDQ = Environment("vpdq", ("vpdq==0.2.5", "numpy==2.4.6"))  # needs cmake and FFmpeg's headers to build
HERE = Path(__file__).resolve().parent
KEPT = HERE / ".work" / "copies"  # what is rendered, and fingerprints of the archive: made once, not for each seed
ASK = HERE / "copies_match_work.py"
HARD = ("offcentre_crop", "rotated")

# vPDQ as its authors describe it: a hash a second, quality 50, distance 31, share of the query's hashes that match.
_VPDQ_ALL = """
import json, pathlib, sys, numpy, vpdq
def hashes(path):
    kept = [bytes.fromhex(f.hex) for f in vpdq.computeHash(path) if f.quality >= 50]
    return numpy.frombuffer(b"".join(kept), numpy.uint8).reshape(-1, 32)
asked, kept = json.load(open(sys.argv[1]))
held = pathlib.Path(sys.argv[2])
if not held.exists():
    part = held.with_suffix(".part.npz")
    numpy.savez(part, **{path: hashes(path) for path in kept})
    part.rename(held)
held = numpy.load(held)
library = {path: held[path] for path in kept}
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
    """One archive for all seeds of a kind (tuning or reporting), queries of each seed's own; rendered once and kept."""
    from bench.copies_work import kept_in, work

    references, per_kind, negatives = (12, 1, 1) if quick else (500, 1, 2)
    return work(seed, kept_in(KEPT), references, per_kind, negatives, archive_seed=seed // 1000 * 1000)


def ours(work: Work) -> dict[str, float]:
    """All queries, counted on the verdict."""
    made = work.input
    asked = work.scratch / "asked.json"
    asked.write_text(json.dumps([[str(p) for p in made.queries], [str(p) for p in made.references]]))
    done = work.process([work.python, ASK, asked, made.references[0].parent / "prints"])
    said = json.loads(done.stdout)
    copies = [m for m in said["matches"] if m["verdict"] == "copy"]
    pictures = [m for m in copies if m["kind"] == "picture"]
    sounds = {(m["query"], m["reference"]) for m in copies if m["kind"] == "sound"}
    there = {(t.query, t.reference) for t in made.truth if t.sound and t.reference}
    ends = sorted(
        error for t in made.truth for m in pictures if (m["query"], m["reference"]) == (t.query, t.reference)
        for error in _end_errors(m, t)
    )  # fmt: skip
    return {
        **_counted(made.truth, [(m["query"], m["reference"]) for m in pictures]),
        "sound there": len(there), "sound found": len(there & sounds), "sound false": len(sounds - there),
        "end error s": ends[len(ends) // 2] if ends else float("nan"), "s a query": said["s"],
    }  # fmt: skip


def peer_vpdq(work: Work) -> dict[str, float]:
    """vPDQ with the one threshold that, known afterwards, finds most without a false match."""
    made = work.input
    asked = work.scratch / "asked.json"
    asked.write_text(json.dumps([[str(p) for p in made.queries], [str(p) for p in made.references]]))
    held = made.references[0].parent / f"vpdq-{len(made.references)}.npz"
    rows = json.loads(work.process([work.python, "-c", _VPDQ_ALL, asked, held]).stdout)
    true = {(t.query, t.reference) for t in made.truth if t.picture and t.reference}
    highest_false = max((share for q, r, share in rows if (q, r) not in true), default=0.0)
    nothing = dict.fromkeys(("sound there", "sound found", "sound false", "end error s", "s a query"), float("nan"))
    return {**_counted(made.truth, [(q, r) for q, r, share in rows if share > highest_false]), **nothing}


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


def _sum(name: str) -> Any:
    return lambda rounds: float(sum(r[name] for r in rounds))


def prepare_timing(seed: int, folder: Path, quick: bool) -> list[Path]:
    from bench.copies_work import kept_in, work

    return work(seed, kept_in(KEPT), 4 if quick else 60, 0, 0).references


def prepare_phone(seed: int, folder: Path, quick: bool) -> list[Path]:
    from bench.copies_phone_work import phone_recordings

    return phone_recordings(seed, KEPT, 2 if quick else 8)


def our_fingerprints(work: Work) -> dict[str, float]:
    script = work.scratch / "hash.py"
    script.write_text(_OUR_HASH)
    return _seconds(work.process([work.python, script, *work.input]))


def their_fingerprints(work: Work) -> dict[str, float]:
    return _seconds(work.process([work.python, "-c", _VPDQ_HASH, *work.input]))


def _seconds(done: Finished) -> dict[str, float]:
    return {"s": done.seconds, "processor s": done.cpu_seconds}


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
        ours=Runner("kuager", ours),
        peers=(Runner("vpdq", peer_vpdq, environment=VPDQ),),
        metrics=(
            Metric("recall", pool=_share("found", "there")),
            Metric("false matches", better="lower", pool=_sum("false")),
            Metric("recall, off-centre crop and 7° rotation", pool=_share("hard found", "hard there")),
            Metric("end error s", better="lower"),
            Metric("sound recall", pool=_share("sound found", "sound there")),
            Metric("false matches of sound", better="lower", pool=_sum("sound false")),
            Metric("s a query", better="lower"),
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
        what="fingerprints of 60 recordings of some 11 s, on all cores; Kuager's of their sound too",
        prepare=prepare_timing,
        ours=Runner("kuager", our_fingerprints),
        peers=(Runner("vpdq", their_fingerprints, environment=VPDQ),),
        metrics=(Metric("s", better="lower"), Metric("processor s", better="lower")),
        bars=(Bar("s", at_least=1 / 1.5, against="vpdq"),),
        notes="Both as they are ordinarily run: Kuager a process a core, vPDQ its own threads. Small pictures are the "
        "hard case, in which decoding is cheap.",
    )
)

register(
    Comparison(
        name="copies.fingerprint.phone",
        what="fingerprints of 8 recordings of 10 s of 1280 by 720 at 30 a second, on all cores, with sound for Kuager",
        prepare=prepare_phone,
        ours=Runner("kuager", our_fingerprints),
        peers=(Runner("vpdq", their_fingerprints, environment=VPDQ),),
        metrics=(Metric("s", better="lower"), Metric("processor s", better="lower")),
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
