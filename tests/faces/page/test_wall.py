"""Six recordings on one clock."""

from __future__ import annotations

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


def spreads(page: Any, seconds: float) -> list[tuple[int, float]]:
    found = []
    for _ in range(int(seconds / 0.05)):
        found.append(tuple(page.evaluate(SPREAD)))
        page.wait_for_timeout(50)
    return found


def test_they_play_together(wall: Any) -> None:
    wall.locator("#position").evaluate("it => { it.value = 4.5; it.dispatchEvent(new Event('input')); }")
    wall.locator("#play").click()
    wall.wait_for_timeout(1200)
    together = sorted(spread for count, spread in spreads(wall, 4) if count == 6)
    assert len(together) >= 40
    assert together[int(0.95 * len(together))] <= 0.040


def test_paused_they_stand_on_the_same_picture_and_step_together(wall: Any, until: Any) -> None:
    wall.locator("#position").evaluate("it => { it.value = 6.02; it.dispatchEvent(new Event('input')); }")
    wall.locator("#play").click()
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
    wall.locator("#position").evaluate("it => { it.value = 4.2; it.dispatchEvent(new Event('input')); }")
    wall.locator("#play").click()
    wall.wait_for_timeout(1000)
    wall.evaluate("document.querySelector('#r-rec2aaaaaa video').currentTime -= 0.6")
    wall.wait_for_timeout(2000)
    late = [spread for count, spread in spreads(wall, 0.6) if count == 6]
    assert late
    assert sorted(late)[len(late) // 2] <= 0.050
