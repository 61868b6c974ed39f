"""What the demo's editors read out of the drill."""

from pathlib import Path

from kuager.faces.demo_words import outage_in


def test_an_outage_is_the_longest_stretch_of_few_answers(tmp_path: Path) -> None:
    shares = [0.92] * 6 + [0.3] + [0.91] * 3 + [0.05] * 4 + [0.93] * 10
    rows = [f"2031-02-24T{n // 6:02}:{n % 6}0:00Z,{share},DRILL" for n, share in enumerate(shares)]
    (tmp_path / "outage.csv").write_text("\n".join(["time_utc,reachable_share,note", *rows]) + "\n")
    assert outage_in(tmp_path / "outage.csv") == ("2031-02-24T01:40Z", "2031-02-24T02:10Z")
