"""``kuager inspect``: the document of the interface, on made files, hostile files and real ones."""

import json
import socket
import struct

import av
import numpy as np
import pytest

from kuager.errors import UnreadableError, UsageError
from kuager.examine.examiners.container import ContainerExaminer
from kuager.faces.cli.main import main
from kuager.faces.cli.verbs.inspect import inspection


def box(kind, content=b""):
    return struct.pack(">I4s", 8 + len(content), kind.encode("latin-1")) + content


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("inspect") / "a.mp4"
    rng = np.random.default_rng(1)
    with av.open(str(path), "w") as out:
        out.metadata["creation_time"] = "2011-12-16T06:30:00Z"
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(20):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(rng.integers(0, 255, (48, 64, 3), np.uint8))))
        out.mux(stream.encode(None))
    return path


def test_the_document_has_the_fields_of_the_interface(film, capsys):
    assert main(["inspect", str(film), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {"file", "container", "c2pa", "streams", "edits", "findings"} <= set(document)
    assert document["file"]["bytes"] == film.stat().st_size
    assert document["container"]["writer"]["software"] == "FFmpeg"
    assert document["container"]["metadata"]["created"] == "2011-12-16T06:30:00Z"
    (stream,) = document["streams"]
    assert (stream["kind"], stream["codec"], stream["frames"]) == ("picture", "h264", 20)
    assert document["c2pa"]["state"] == "none"
    assert document["edits"] == []
    for finding in document["findings"]:
        assert finding["grade"] in ("recorded", "validated", "screening", "inconclusive")
        assert not {"true", "false", "real", "fake", "safe"} & set(finding["meaning"].lower().split())


def test_words_for_a_person(film, capsys):
    assert main(["inspect", str(film)]) == 0
    told = capsys.readouterr().out
    assert "says nothing about tampering" in told
    assert "Harmless explanations" in told


@pytest.mark.parametrize(
    ("claimed", "difference_s", "zone"),
    [
        ("2011-12-16T06:30:20+00:00", -20.0, None),
        ("2011-12-16T11:30:00", -18000.0, "-05:00"),
        ("2011-12-18T06:30:00Z", -172800.0, None),
    ],
)
def test_a_claimed_time_is_held_against_the_file(film, claimed, difference_s, zone):
    result = ContainerExaminer().examine(str(film), {"claimed_time": claimed})
    (finding,) = [one for one in result.findings if one.what == "time_against_claim"]
    assert finding.value["difference_s"] == difference_s
    assert finding.value["zone_between"] == zone


def test_what_the_file_does_not_say_is_inconclusive(film):
    settings = {"claimed_place": [43.34, 52.86], "claimed_device": "Nokia N8"}
    findings = {one.what: one for one in ContainerExaminer().examine(str(film), settings).findings}
    assert findings["place_against_claim"].grade == findings["device_against_claim"].grade == "inconclusive"
    assert findings["declared_generation"].grade == "inconclusive"


def test_a_claim_that_is_none_is_a_usage_error(film):
    with pytest.raises(UsageError):
        inspection(film, {"claimed_time": "yesterday"})
    assert main(["inspect", str(film), "--claimed-place", "here"]) == 2


def test_declared_generation_in_xmp_is_told(tmp_path, film):
    packet = (
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        b"<r:Description xmlns:i='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' i:DigitalSourceType="
        b"'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'/></r:RDF></x:xmpmeta>"
    )
    path = tmp_path / "b.mp4"
    path.write_bytes(film.read_bytes() + box("uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + packet))
    findings = {one.what: one for one in ContainerExaminer().examine(str(path), {}).findings}
    assert findings["declared_generation"].grade == "recorded"


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 4096])
def test_what_is_no_media_is_unreadable(tmp_path, content, capsys):
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    assert main(["inspect", str(path), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == 3


def test_torn_and_hostile_structures_are_told_not_raised(tmp_path, film):
    whole = film.read_bytes()
    for name, content in {
        "torn.mp4": whole[: len(whole) // 2],
        "long.mp4": whole[:40] + struct.pack(">I4s", 0xFFFFFFF0, b"moov") + whole[48:],
        "deep.mp4": box("ftyp", b"isom\0\0\2\0isom") + box("moov") * 3000,
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        try:
            found = ContainerExaminer().examine(str(path), {})
        except UnreadableError:
            continue
        assert found.facts["container"]["format"] in ("mp4", "mov")


STATES = {
    "A.jpg": "none",
    "CA.jpg": "valid",
    "E-sig-CA.jpg": "invalid",
    "XCA.jpg": "invalid",
    "cloud.jpg": "remote",
    "video1.mp4": "valid",
    "karma.mp4": "none",
    "MOV00006.3gp": "none",
    "C-recorded-as-mov.mov": "none",
}


def test_credentials_of_every_sample_and_no_socket(inputs, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    found = {
        name: ContainerExaminer().examine(str(inputs / "containers" / name), {}).facts["c2pa"]["state"]
        for name in STATES
    }
    assert found == STATES
