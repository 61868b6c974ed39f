import re
from hashlib import sha256

import pytest

from kuager.errors import KuagerError, UsageError
from kuager.release import bag


def test_a_bag_is_what_rfc_8493_says(tmp_path):
    (tmp_path / "big").write_bytes(b"x" * 3_000_000)
    files = [("b/ё.txt", b"two"), ("a", tmp_path / "big"), ("odd %\r\nname", b"")]
    digest = bag.write(tmp_path / "out", files, {"Source-Organization": "Desk"}, [("verify.py", b"pass\n")])
    out = tmp_path / "out"
    assert (out / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert (out / "bag-info.txt").read_text() == "Source-Organization: Desk\nPayload-Oxum: 3000003.3\n"
    listed = (out / "manifest-sha256.txt").read_text("utf-8").splitlines()
    assert [line.split("  ")[1] for line in listed] == ["data/a", "data/b/ё.txt", "data/odd %25%0D%0Aname"]
    assert digest == sha256((out / "manifest-sha256.txt").read_bytes()).hexdigest()
    for line in listed + (out / "tagmanifest-sha256.txt").read_text().splitlines():
        digest, name = line.split("  ")
        name = name.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        assert sha256((out / name).read_bytes()).hexdigest() == digest
    tagged = re.findall(r"  (.*)", (out / "tagmanifest-sha256.txt").read_text())
    assert tagged == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "verify.py"]


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../b", "a//b", "./a", "a/", "a\0", "a\\b", ".", "\udcff"])
def test_names_that_leave_the_bag_are_refused(tmp_path, name):
    with pytest.raises(UsageError):
        bag.write(tmp_path / "out", [(name, b"")], {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["fetch.txt", "data/x", "bagit.txt", "manifest-sha256.txt"])
def test_tag_files_that_would_change_its_meaning_are_refused(tmp_path, name):
    with pytest.raises(UsageError):
        bag.write(tmp_path / "out", [], {}, [(name, b"")])
    assert list(tmp_path.iterdir()) == []


def test_a_bag_is_there_whole_or_not_at_all(tmp_path):
    with pytest.raises(KuagerError, match="cannot be read"):
        bag.write(tmp_path / "out", [("a", b"x"), ("b", tmp_path / "missing")], {})
    with pytest.raises(UsageError, match="twice"):
        bag.write(tmp_path / "out", [("a", b"x"), ("a", b"y")], {})
    with pytest.raises(UsageError, match="bag-info"):
        bag.write(tmp_path / "out", [], {"A": "x\ny"})
    with pytest.raises(KuagerError, match="cannot be written"):
        bag.write(tmp_path / "missing/out", [], {})
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="already"):
        bag.write(tmp_path / "out", [], {})
