import numpy as np
import pytest

from kuager.drill.camera import Camera
from kuager.drill.cast import cast, span_of
from kuager.drill.pictures import Painter, flashes
from kuager.drill.story import Story, tell, tell_elsewhere


@pytest.fixture(scope="module")
def story() -> Story:
    return tell(1600, 60.0)


@pytest.fixture(scope="module")
def painter(story: Story) -> Painter:
    return Painter(story, Camera((-8.0, -42.0, 9.0), (0.0, 10.0, 1.0), 58.0, 320, 180, tremble=0.0))


def test_every_picture_is_marked(painter: Painter, story: Story) -> None:
    for at in np.linspace(0, 60, 7):
        plate = painter.frame(float(at))[6:20, 8:40].reshape(-1, 3).astype(int)
        assert (plate[:, 0] > plate[:, 1] + 70).mean() > 0.3


def test_each_shot_flashes_at_its_place(painter: Painter, story: Story) -> None:
    shot = story.scene.shots[-1]
    before, during = painter.frame(shot.time_s - 0.001), painter.frame(shot.time_s + 0.01)
    column, row, _ = painter.camera.project(shot.position)[0]
    near = np.s_[int(row) - 4 : int(row) + 5, int(column) - 4 : int(column) + 5]
    assert during[near].astype(int).sum() > before[near].astype(int).sum() + 2000
    seen = flashes(painter, np.arange(0, 60, 1 / 25), np.arange(0, 60, 1 / 25))
    assert [one.shot for one in seen] == list(range(len(story.scene.shots)))
    for one in seen:
        assert 0 <= one.time_s - story.scene.shots[one.shot].time_s < 0.04


def test_people_flee_and_one_lies(story: Story) -> None:
    early, _ = story.people(1.0)
    late, poses = story.people(58.0)
    assert late[:, 1].mean() < early[:, 1].mean() - 20
    assert (poses == 4).sum() == 1
    assert np.allclose(late[poses == 4][0], story.fallen_at)
    assert story.line(58.0)[:, 1].mean() < story.line(1.0)[:, 1].mean() - 10


def test_two_cameras_agree_on_where_things_are(story: Story) -> None:
    """The same point from two places: the rays of both pictures meet in it."""
    point = np.array([*story.fallen_at, 0.0])
    rays = []
    for position in ((-30.0, -40.0, 8.0), (45.0, -10.0, 6.0)):
        camera = Camera(position, (0.0, 5.0, 0.0), 60.0, 640, 360)
        column, row, _ = camera.project(point)[0]
        across = np.array([(column - 320) / camera.focal, (row - 180) / camera.focal, 1.0])
        ray = across @ camera.axes()
        rays.append((np.array(position), ray / np.linalg.norm(ray)))
    for start, ray in rays:
        away = point - start
        assert np.linalg.norm(away - (away @ ray) * ray) < 1e-6


def test_another_place_has_no_shots(story: Story) -> None:
    other = tell_elsewhere(3, 20.0)
    assert not other.scene.shots
    assert len(other.line(5.0)) == 0
    shared = {s.seed for s in other.scene.sounds} & {s.seed for s in story.scene.sounds}
    assert not shared


def test_the_cast_has_what_a_drill_promises() -> None:
    six = cast(1602, 6, 60.0)
    assert {one.form.sound for one in six} == {"aac", "opus", "pcm", "mp3", None}
    assert {one.form.picture for one in six} == {"h264", "vp9"}
    assert [one.recorder.clipped for one in six].count(True) == 1
    assert [one.form.variable for one in six].count(True) == 1
    assert len({one.form.fps for one in six}) >= 5
    assert {max(one.recorder.snr_db for one in six), min(one.recorder.snr_db for one in six)} == {15.0, -5.0}
    for one in six:
        assert one.clock.start_s + 60 <= span_of(6, 60.0) + 3
    many = cast(1602, 60, 20.0)
    assert len({one.path for one in many}) == 60
    starts = [one.clock.start_s for one in many]
    assert max(starts) - min(starts) > 20.0
