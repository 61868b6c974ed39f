from bench import clock, kept


def make(seed, folder, quick):
    (folder / "scene").write_text(f"{seed}", "utf-8")
    return folder / "scene"


def test_work_is_made_once_for_each_seed(tmp_path):
    made = kept.kept(make, 1000, False, tmp_path)
    made.write_text("as it was left", "utf-8")
    assert kept.kept(make, 1000, False, tmp_path) == made
    assert made.read_text("utf-8") == "as it was left"
    assert kept.kept(make, 1001, False, tmp_path).read_text("utf-8") == "1001"
    assert kept.kept(make, 1000, True, tmp_path) != made


def test_work_that_was_cut_short_is_made_anew(tmp_path):
    made = kept.kept(make, 1000, False, tmp_path)
    (made.parents[1] / kept.MADE).unlink()
    made.write_text("half", "utf-8")
    assert kept.kept(make, 1000, False, tmp_path).read_text("utf-8") == "1000"


def test_what_a_scene_depends_on_decides_whether_it_is_made_anew(monkeypatch):
    before = kept.digest(clock.prepare)
    assert before == kept.digest(clock.prepare) != kept.digest(clock.prepare_long)
    read = kept.Path.read_text
    for module, changes in (("acoustics.py", True), ("reuploads.py", False)):
        monkeypatch.setattr(
            kept.Path, "read_text", lambda path, *how, it=module: read(path, *how) + ("#" if path.name == it else "")
        )
        assert (kept.digest(clock.prepare) != before) is changes, module
        monkeypatch.undo()
