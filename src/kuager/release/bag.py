"""Writing a BagIt 1.0 bag (RFC 8493): payload under ``data/``, SHA-256 manifests, nothing fetched from elsewhere.

What goes in is decided elsewhere (``release``); this module only writes it, aside and then renamed, so that a bag is
there whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from kuager.errors import KuagerError, UnreadableError, UsageError

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"

Content = bytes | Path
"""A file's bytes, or the file to copy."""

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_OWN = frozenset({"bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST})
_PIECE = 1 << 20


def write(
    target: Path,
    payload: Iterable[tuple[str, Content]],
    info: Mapping[str, str],
    tags: Iterable[tuple[str, Content]] = (),
) -> str:
    """Writes a bag to ``target``, which must not exist, and returns the SHA-256 (hex) of its payload manifest.

    ``payload``: names within ``data/`` with their contents. ``info``: what ``bag-info.txt`` says beside Payload-Oxum.
    ``tags``: further files beside ``data/``. Raises UsageError if ``target`` exists or a name is not one that a bag
    can hold, UnreadableError if a file to copy cannot be read, and KuagerError if the bag cannot be written.
    """
    target = Path(target)
    if os.path.lexists(target):
        raise UsageError(f"{target} is there already.", "Name a folder that does not exist yet.")
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        os.chmod(aside, 0o755)
        digest = _fill(aside, payload, info, tags)
        if os.path.lexists(target):
            raise UsageError(f"{target} was made by someone else meanwhile.", "Name another folder.")
        os.rename(aside, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return digest


def manifest(digests: Mapping[str, str]) -> bytes:
    """The bytes of a manifest over relative paths with ``/`` (RFC 8493 §2.1.3), sorted by the bytes of the path."""
    paths = sorted(digests, key=lambda path: path.encode("utf-8"))
    return "".join(f"{digests[path]}  {_escaped(path)}\n" for path in paths).encode("utf-8")


def _fill(
    folder: Path, payload: Iterable[tuple[str, Content]], info: Mapping[str, str], tags: Iterable[tuple[str, Content]]
) -> str:
    digests, total = {}, 0
    (folder / "data").mkdir()
    for name, content in payload:
        path = f"data/{_checked(name)}"
        if path in digests:
            raise UsageError(f"'{name}' would be in the bag twice.")
        digests[path], size = _write_file(folder / path, content)
        total += size
    said = {**info, "Payload-Oxum": f"{total}.{len(digests)}"}
    listed = manifest(digests)
    own = [("bagit.txt", _DECLARATION), ("bag-info.txt", _tag_lines(said)), (MANIFEST, listed)]
    tagged = {}
    for name, content in [*own, *_further(tags)]:
        tagged[name], _ = _write_file(folder / name, content)
    _write_file(folder / TAG_MANIFEST, manifest(tagged))
    return sha256(listed).hexdigest()


def _further(tags: Iterable[tuple[str, Content]]) -> Iterable[tuple[str, Content]]:
    for name, content in tags:
        if name in _OWN or name == "fetch.txt" or name.split("/")[0] == "data":
            raise UsageError(f"'{name}' cannot be a further file of a bag.")
        yield _checked(name), content


def _checked(name: str) -> str:
    parts = PurePosixPath(name).parts
    is_text = name.encode("utf-8", "ignore").decode("utf-8") == name
    if (
        not name
        or not is_text
        or "/".join(parts) != name
        or name.startswith("/")
        or ".." in parts
        or set(name) & {"\0", "\\"}
    ):
        raise UsageError(f"{name!r} is not a name that a bag can hold.")
    return name


def _write_file(path: Path, content: Content) -> tuple[str, int]:
    """Writes one new file durably; returns its SHA-256 (hex) and size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with open(path, "xb") as file:
        if isinstance(content, bytes):
            digest.update(content)
            size = file.write(content)
        else:
            with _opened(content) as source:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _opened(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}.") from None


def _tag_lines(info: Mapping[str, str]) -> bytes:
    for label, value in info.items():
        if not label or ":" in label or any(character < " " for character in label + value):
            raise UsageError(f"{label!r} cannot stand in bag-info.txt with this value.")
    return "".join(f"{label}: {value}\n" for label, value in info.items()).encode("utf-8")


def _escaped(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(target: Path, error: OSError) -> KuagerError:
    return KuagerError(f"{target} cannot be written: {error.strerror}.", "Choose a folder on a disk with room.")
