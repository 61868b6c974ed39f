"""The checker that travels with every export: one file, the standard library alone."""

import ast
import json
import os
import random
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

import kuager.release.checker.verify as verify
from kuager.record import checkpoint
from kuager.record.case import Case
from kuager.record.checkpoint import Checkpoint
from kuager.record.home import Home
from kuager.record.key import FileSigner, VerifierKey
from kuager.record.merkle import leaf_hash, root
from kuager.record.payload import Draft

SOURCE = Path(verify.__file__)


def _kinds(folder, known=()):
    return {one["kind"] for one in verify.check(str(folder), [verify.Known(str(text)) for text in known]).problems}


def test_it_needs_the_standard_library_alone_and_python_3_8():
    tree = ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("what", ["case", "bag", "page"])
def test_what_was_made_is_good_and_says_what_it_is_anchored_by(made, what):
    folder = getattr(made, what)
    command = [sys.executable, "-I", folder / "verify.py"] if what != "case" else [sys.executable, "-I", SOURCE, folder]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stdout
    assert "OK: no problem found." in done.stdout
    assert "consistent with itself" in done.stdout
    key = VerifierKey(Case.open(made.case).origin, made.home.signer().public_key)
    (made.folder / "key").write_text(f"{key}\n")
    done = subprocess.run([*command, "--known", made.folder / "key", "--json"], capture_output=True, text=True)
    shown = json.loads(done.stdout)
    assert shown["ok"] is True
    assert shown["anchored"] == [{"by": "key", "size": shown["size"]}]


def _lines(path):
    return path.read_bytes().split(b"\n")[:-1]


@pytest.mark.parametrize("what", ["case", "bag", "page"])
def test_no_changed_byte_passes(square, what):
    """Sampled bytes of every file but what only the holder of a key can check, and what the case does not state."""
    folder = getattr(square, what)
    unstated = ("index.db", "lock", "keys", "derived", "staging", "case.toml")
    picks, tried = random.Random(3), 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or (what == "case" and path.relative_to(folder).parts[0].startswith(unstated)):
            continue
        data = path.read_bytes()
        path.chmod(0o644)
        sealed = _restricted_spans(data) if path.name == "payloads.jsonl" else []
        for at in sorted(picks.sample(range(len(data)), min(len(data), 12))):
            if any(start <= at < end for start, end in sealed):
                continue
            path.write_bytes(data[:at] + bytes([data[at] ^ 1 << picks.randrange(8)]) + data[at + 1 :])
            try:
                assert _kinds(folder), f"byte {at} of {path.name}"
            finally:
                path.write_bytes(data)
            tried += 1
    assert tried > 60
    assert not _kinds(folder)


def _restricted_spans(data):
    spans, at = [], 0
    for line in data.split(b"\n"):
        if line.startswith(b'{"age":'):
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


@pytest.mark.parametrize("what", ["case", "bag", "page"])
def test_removed_added_and_linked_files(square, what):
    folder = getattr(square, what)
    for name in ("log.jsonl", "payloads.jsonl", "checkpoints.log"):
        path = next(folder.rglob(name))
        data = path.read_bytes()
        path.unlink()
        assert _kinds(folder)
        if what != "case":
            (square.folder / "aside").write_bytes(data)
            path.symlink_to(square.folder / "aside")
            assert _kinds(folder), "a link out of the folder is not what was exported"
            path.unlink()
        path.write_bytes(data)
    extra = folder / ("objects/ab" if what == "case" else "data/objects/ab" if what == "bag" else "media") / ("a" * 64)
    extra.parent.mkdir(parents=True, exist_ok=True)
    extra.write_bytes(b"more")
    assert _kinds(folder) & {"object_extra", "page_changed", "object_changed"}
    extra.unlink()
    if what == "bag":
        (folder / "fetch.txt").write_text("http://example.com/ 1 data/x\n")
        assert _kinds(folder) == {"page_changed"}


def test_objects_of_a_case(square):
    path = next(path for path in square.case.joinpath("objects").rglob("*") if path.is_file())
    held = path.read_bytes()
    path.unlink()
    assert _kinds(square.case) == {"object_missing"}
    path.write_bytes(held + b"x")
    assert _kinds(square.case) == {"object_changed"}
    problems = verify.check(str(square.case)).problems
    assert path.name in problems[0]["where"]


def test_known_checkpoints_tell_histories_apart(square):
    old = Case.open(square.case)
    receipt = square.folder / "receipt"
    receipt.write_bytes(old.checkpoint)
    pair = f"{old.size}:{checkpoint.parse(old.checkpoint).checkpoint.root.hex()}"
    key = square.folder / "key"
    key.write_text(str(VerifierKey(old.origin, square.home.signer().public_key)))
    report = verify.check(str(square.case), [verify.Known(str(one)) for one in (receipt, pair, key)])
    assert not report.problems
    assert [one["by"] for one in report.anchored] == ["known", "known", "key"]
    assert _kinds(square.case, [f"{old.size}:{'0' * 64}"]) == {"forked"}
    assert _kinds(square.case, [f"{old.size + 1}:{'0' * 64}"]) == {"rolled_back"}
    stated = checkpoint.parse(old.checkpoint).checkpoint
    forged = square.folder / "forged"
    forged.write_bytes(stated.sign(FileSigner(bytes([9]) * 32, "")))
    assert _kinds(square.case, [forged]) == {"unknown_key"}
    other = Case.create(square.folder / "other", Home(square.folder / "other home").signer(), "Square")
    assert _kinds(other.folder) == set()
    assert _kinds(other.folder, [receipt]) == {"forked"}
    assert _kinds(other.folder, [key]) == {"forked"}
    stranger = square.folder / "stranger"
    stranger.write_text(str(VerifierKey(old.origin, bytes(32))))
    assert _kinds(square.case, [stranger]) == {"unknown_key"}


def test_a_receipt_of_the_covering_checkpoint_anchors_an_export(made):
    for folder in (made.bag, made.page):
        note = json.loads((folder / "proof.json").read_text("utf-8"))["checkpoint"]
        path = made.folder / f"{folder.name} receipt"
        path.write_text(note, "utf-8")
        size = checkpoint.parse(note.encode()).checkpoint.size
        report = verify.check(str(folder), [verify.Known(str(path))])
        assert report.anchored == [{"by": "known", "size": size}]
        assert size > report.size
        assert _kinds(folder, [f"{size}:{'0' * 64}"]) == {"forked"}


def test_cut_logs_are_rolled_back_for_who_holds_a_receipt(square):
    case = Case.open(square.case)
    receipt = square.folder / "receipt"
    receipt.write_bytes(case.checkpoint)
    notes = list(checkpoint.split((square.case / "checkpoints.log").read_bytes()))
    size = checkpoint.parse(notes[-2]).checkpoint.size
    (square.case / "checkpoints.log").write_bytes(b"".join(notes[:-1]))
    for name in ("log.jsonl", "payloads.jsonl"):
        path = square.case / name
        path.write_bytes(b"".join(line + b"\n" for line in _lines(path)[:size]))
    assert not _kinds(square.case)
    assert _kinds(square.case, [receipt]) == {"rolled_back"}


def _covered_by(case, signer, notes):
    """Puts a checkpoint by ``signer`` in the place of all those past ``notes``."""
    leaves = [leaf_hash(line) for line in _lines(case.folder / "log.jsonl")]
    note = Checkpoint(case.origin, len(leaves), root(leaves)).sign(signer)
    (case.folder / "checkpoints.log").write_bytes(b"".join(notes) + note)


def test_anothers_checkpoint_removed_and_covered_by_ones_own_is_the_wrong_actor(tmp_path):
    mine, yours = (FileSigner(bytes([n]) * 32, "") for n in (1, 2))
    home = Home(tmp_path / "home")
    mine.recipient = yours.recipient = home.signer().recipient
    case = Case.create(tmp_path / "case", mine)
    import base64

    body = {"public_key": base64.b64encode(yours.public_key).decode(), "recipient": yours.recipient, "role": "member"}
    case.commit([Draft("key_admitted", body)])
    notes = list(checkpoint.split((case.folder / "checkpoints.log").read_bytes()))
    Case.open(case.folder, yours).commit([Draft("case_titled", {"title": "Mine"})])
    assert not _kinds(case.folder)
    _covered_by(case, mine, notes)
    assert _kinds(case.folder) == {"wrong_actor"}
    _covered_by(case, FileSigner(bytes([3]) * 32, ""), notes)
    assert _kinds(case.folder) == {"unknown_key"}


def test_what_is_no_case_is_told_in_words(tmp_path):
    done = subprocess.run([sys.executable, SOURCE, tmp_path], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not a case, an export or a page" in done.stderr
    for text in ("missing", "1:2", str(SOURCE)):
        done = subprocess.run([sys.executable, SOURCE, tmp_path, "--known", text], capture_output=True, text=True)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


_garbage = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [b"{}\n", b"[]\n", b'{"c":1}\n', b"\xff\n", b"[" * 50_000 + b"\n", b"\n" * 9, b'{"age":""}\n', b"null\n"]
    ),
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["log.jsonl", "payloads.jsonl", "checkpoints.log", "manifest-sha256.txt", "proof.json", "bagit.txt"]
        ),
        _garbage,
    )
)
def test_garbage_is_told_and_never_a_traceback(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("garbage")
    (folder / "log.jsonl").touch()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert verify.check(str(folder)).problems
    shutil.rmtree(folder)


@pytest.mark.parametrize("part", ["payload", "line", "inclusion", "consistency", "checkpoint"])
def test_broken_proofs(square, part):
    path = square.page / "proof.json"
    whole = json.loads(path.read_text("utf-8"))
    other = json.loads((square.bag / "proof.json").read_text("utf-8"))
    for value in (other[part], None, "", [], ["zz"], 3):
        path.write_bytes(json.dumps(whole | {part: value}, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
        if value != whole[part]:
            assert _kinds(square.page), value


# RFC 8032 §7.1: secret key, message, signature
_VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "message", "signature"), _VECTORS)
def test_ed25519_vectors(secret, message, signature):
    public = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key().public_bytes_raw()
    assert verify.signature_holds(public, bytes.fromhex(signature), bytes.fromhex(message))


@settings(max_examples=40)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_ed25519_agrees_with_openssl(secret, message, bit):
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verify.signature_holds(public, signature, message)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not verify.signature_holds(public, bytes(changed), message)
    assert not verify.signature_holds(public, signature, message + b"x")
    assert not verify.signature_holds(bytes([*public[:31], public[31] ^ 0x80]), signature, message)
    verify._tables = {b"base": verify._tables[b"base"]}


def test_ed25519_refuses_what_rfc_8032_refuses():
    public = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    signature = Ed25519PrivateKey.from_private_bytes(bytes(32)).sign(b"m")
    larger = int.from_bytes(signature[32:], "little") + verify.L
    assert not verify.signature_holds(public, signature[:32] + larger.to_bytes(32, "little"), b"m")
    assert not verify.signature_holds(public, signature[:63], b"m")
    assert not verify.signature_holds(b"\xff" * 32, signature, b"m")
    assert not verify.signature_holds(b"", signature, b"m")


def test_stamps_are_those_that_the_log_names(square):
    case = Case.open(square.case, square.home.signer())
    stated = checkpoint.parse(case.checkpoint).checkpoint
    token = square.case / "stamps" / "1.tsr"
    token.write_bytes(b"a reply")
    digest = sha256(b"a reply").hexdigest()
    body = {"sha256": digest, "file": "stamps/1.tsr", "size": stated.size, "root": stated.root.hex(), "tsa": "x"}
    case.commit([Draft("stamped", body)])
    report = verify.check(str(square.case))
    assert not report.problems
    assert any("openssl ts -verify" in note["detail"] for note in report.notes)
    token.write_bytes(b"another")
    assert _kinds(square.case) == {"stamp_mismatch"}
    token.write_bytes(b"a reply")
    for wrong in ({"size": stated.size - 1}, {"root": "0" * 64}, {"file": "stamps/../../key"}, {"file": "case.toml"}):
        case.commit([Draft("stamped", body | wrong)])
        assert _kinds(square.case) == {"stamp_mismatch"}, wrong


def test_names_chosen_by_others_stay_on_their_line(square, capsys):
    (square.bag / "data" / "x\nOK: no problem found.\x1b[2J\u202e").touch()
    assert verify.main([str(square.bag)]) == 1
    shown = capsys.readouterr().out
    assert shown.splitlines().count("OK: no problem found.") == 0
    assert "\\nOK: no problem found.\\x1b[2J\\u202e" in shown


def test_pipes_are_not_read(square):
    path = square.bag / "data" / "log.jsonl"
    path.unlink()
    os.mkfifo(path)
    assert _kinds(square.bag) >= {"object_missing", "entry_missing"}
