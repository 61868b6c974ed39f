"""Content credentials (C2PA 2.x manifests), read through ``c2pa-python`` with the network off for good.

A valid signature shows that the signer vouched for these bytes and statements; it does not show that they are true.
The absence of a manifest shows nothing: rewriting a file drops it.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kuager.errors import UnreadableError, missing_part

State = Literal["trusted", "valid", "invalid", "none", "remote"]

# Offline in the settings of this very reader: the library's older global settings do not stop it from fetching.
_OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}

GENERATED = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
_STATES: dict[str, State] = {"Trusted": "trusted", "Valid": "valid", "Invalid": "invalid"}


@dataclass(frozen=True)
class Manifest:
    """What the manifest says and how it verified.

    ``trust_list`` names the list that the signer was looked up in, with its digest; None where none was given, and
    then no state is *trusted*. ``codes`` are C2PA's failure codes. ``ai_generated`` is True where the manifest declares
    it, else None: that nothing declares it shows nothing.
    """

    state: State
    signer: str | None = None
    trust_list: str | None = None
    codes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    ai_generated: Literal[True] | None = None
    remote_url: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "signer": self.signer,
            "trust_list": self.trust_list,
            "codes": list(self.codes),
            "actions": list(self.actions),
            "ai_generated": self.ai_generated,
            "remote_url": self.remote_url,
        }


def read_manifest(path: str | os.PathLike[str], trust_list: Path | None = None) -> Manifest:
    """Reads the C2PA manifest embedded in a file; opens no socket, follows no reference.

    ``trust_list``: PEM file of trust anchors. Raises MissingPartError without c2pa-python, UnreadableError for a
    trust list that cannot be read. A file that the library cannot parse has no manifest that it can read: *none*,
    with the library's reason among the codes.
    """
    try:
        import c2pa
    except ImportError:
        raise missing_part("c2pa-python", "c2pa") from None
    anchors, name = _trust(trust_list)
    settings: dict[str, Any] = {**_OFFLINE, **({"trust": {"trust_anchors": anchors}} if anchors else {})}
    try:
        with (
            c2pa.Context(c2pa.Settings.from_dict(settings)) as context,
            c2pa.Reader(os.fspath(path), context=context) as reader,
        ):
            return _manifest(json.loads(reader.json()), str(reader.get_validation_state()), name)
    except c2pa.C2paError as error:
        return _without(str(error), name)


def _without(reason: str, trust_list: str | None) -> Manifest:
    kind, _, rest = reason.partition(":")
    if kind == "Remote":
        url = rest.strip().rsplit(" ", 1)[-1]
        return Manifest("remote", trust_list=trust_list, remote_url=url if "://" in url else None)
    codes = () if kind == "ManifestNotFound" else (f"reader.{kind.strip() or 'error'}",)
    return Manifest("none", trust_list=trust_list, codes=codes)


def _manifest(document: dict[str, Any], state: str, trust_list: str | None) -> Manifest:
    manifests: dict[str, Any] = document.get("manifests") or {}
    active = manifests.get(document.get("active_manifest") or "", {})
    signature = active.get("signature_info") or {}
    names = [signature.get("common_name"), signature.get("issuer")]
    assertions = [each for manifest in manifests.values() for each in manifest.get("assertions") or ()]
    actions = [
        action
        for assertion in active.get("assertions") or ()
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in (assertion.get("data") or {}).get("actions") or ()
    ]
    return Manifest(
        state=_STATES.get(state, "invalid"),
        signer=", ".join(dict.fromkeys(str(each) for each in names if each)) or None,
        trust_list=trust_list,
        codes=tuple(sorted({str(each.get("code")) for each in document.get("validation_status") or ()})),
        actions=tuple(str(action.get("action")) for action in actions),
        ai_generated=True if _declares_generation(assertions) else None,
    )


def _declares_generation(value: Any) -> bool:
    """Whether a ``digitalSourceType`` anywhere in these assertions is one of those for generated media."""
    if isinstance(value, dict):
        kind = value.get("digitalSourceType") or value.get("digital_source_type")
        if isinstance(kind, str) and kind.rsplit("/", 1)[-1] in GENERATED:
            return True
        return any(_declares_generation(each) for each in value.values())
    return isinstance(value, list) and any(_declares_generation(each) for each in value)


def _trust(path: Path | None) -> tuple[str | None, str | None]:
    if path is None:
        return None, None
    try:
        data = path.read_bytes()
        return data.decode("ascii"), f"{path.name} (SHA-256 {hashlib.sha256(data).hexdigest()[:16]}…)"
    except (OSError, UnicodeDecodeError):
        raise UnreadableError(f"The trust list {path} cannot be read.", "Give a PEM file of certificates.") from None
