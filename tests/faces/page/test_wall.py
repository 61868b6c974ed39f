"""Six recordings on one clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuager.faces.page import model as m

pytestmark = pytest.mark.browser

SPREAD = """() => {
  const data = JSON.parse(document.getElementById('wall-data').textContent);
  const at = [];
  for (const it of data.recordings) {
    const video = document.querySelector('#r-' + it.id + ' video');
    const inside = video.currentTime > 0.05 && video.currentTime < it.duration - 0.2;
    if (inside && !video.paused) at.push(video.currentTime + it.offset);
  }
  return [at.length, at.length ? Math.max(...at) - Math.min(...at) : 0];
}"""


@pytest.fixture
def wall(chromium: Any, full_page: tuple[Path, m.Page], until: Any) -> Any:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"file://{full_page[0]}/index.html")
    until(page, "Array.from(document.querySelectorAll('video')).every(it => it.readyState >= 2)")
    yield page
    context.close()


def start_at(page: Any, second: float) -> None:
    page.locator("#position").evaluate("(it, at) => { it.value = at; it.dispatchEvent(new Event('input')); }", second)
    page.locator("#play").click()


def spreads(page: Any, seconds: float) -> list[tuple[int, float]]:
    found = []
    for _ in range(int(seconds / 0.05)):
        found.append(tuple(page.evaluate(SPREAD)))
        page.wait_for_timeout(50)
    return found


def best_of_three(measure: Callable[[], float]) -> float:
    """The least of up to three measurements: another program on the machine must not decide what the page can do."""
    found = []
    for _ in range(3):
        found.append(measure())
        if found[-1] <= 0.040:
            break
    return min(found)


def test_they_play_together(wall: Any) -> None:
    def p95() -> float:
        start_at(wall, 4.5)
        wall.wait_for_timeout(1200)
        together = sorted(spread for count, spread in spreads(wall, 4) if count == 6)
        wall.locator("#play").click()
        assert len(together) >= 40
        return together[int(0.95 * len(together))]

    assert best_of_three(p95) <= 0.040


def test_paused_they_stand_on_the_same_picture_and_step_together(wall: Any, until: Any) -> None:
    start_at(wall, 6.02)
    wall.wait_for_timeout(700)
    wall.locator("#play").click()
    for button in (None, "#forward", "#forward", "#back"):
        if button:
            wall.locator(button).click()
        until(wall, "Array.from(document.querySelectorAll('video')).every(it => !it.seeking)")
        positions = wall.evaluate(SPREAD.replace("inside && !video.paused", "inside"))
        assert positions[0] == 6
        assert positions[1] <= 0.04


def test_one_that_stalls_comes_back(wall: Any) -> None:
    def after_two_seconds() -> float:
        start_at(wall, 4.2)
        wall.wait_for_timeout(1000)
        wall.evaluate("document.querySelector('#r-rec2aaaaaa video').currentTime -= 0.6")
        wall.wait_for_timeout(2000)
        late = sorted(spread for count, spread in spreads(wall, 0.6) if count == 6)
        wall.locator("#play").click()
        assert late
        return late[len(late) // 2]

    assert best_of_three(after_two_seconds) <= 0.050
