"""What listening says, as findings: graded, with limits and harmless explanations. Never a weapon or a calibre."""

from __future__ import annotations

from kuager.finding import Finding, Span
from kuager.instruments.impulses.distance import distance_band
from kuager.instruments.impulses.listen import Listening
from kuager.instruments.impulses.locate import ShooterPosterior

HARMLESS = (
    "fireworks and bangers give the same wave as a muzzle blast, only longer",
    "a bursting tyre, a slammed lid, a barking dog close to the microphone, a handled or clipped microphone",
    "one shot's echoes from several walls",
)
CRACK = (
    "A crack means that a supersonic bullet's cone reached the microphone; at Mach 2 that includes shots fired up to "
    "some 60° upward, so a crack does not show a low shot, and no crack shows nothing."
)
LIMITS = (
    "Sites and weapons never measured may score quite differently: classifiers of gunshots have fallen from .96 to "
    ".29–.69 at a new site. Sharp sounds hidden under louder ones are missed. It tells neither weapon nor calibre."
)


def findings(heard: Listening) -> tuple[Finding, ...]:
    """The findings of one recording."""
    if heard.count is None:
        return (
            Finding(
                what="impulses_unusable",
                value={"reason": heard.unusable},
                grade="inconclusive",
                meaning=f"The sound cannot be searched for impulses: {heard.unusable}. This shows nothing.",
                limits="No score and no count are given.",
            ),
        )
    return (_scores(heard), _count(heard), *_bursts(heard), *_cracks(heard))


def _scores(heard: Listening) -> Finding:
    best = max(heard.impulses, key=lambda one: one.score_gunshot, default=None)
    return Finding(
        what="gunshot_like_impulses",
        value={
            "impulses": len(heard.impulses),
            "from_half": sum(one.score_gunshot >= 0.5 for one in heard.impulses),
            "highest_score": round(best.score_gunshot, 3) if best else 0.0,
            "scorer": heard.scorer,
        },
        grade="screening",
        meaning=(
            "Impulses ordered by how much each is like a muzzle blast (all bands at once, loud, no pitch, dying fast). "
            "The score orders; it is no probability that shots were fired. A person listens."
        ),
        where=Span(best.time_s, best.time_s) if best else None,
        harmless=HARMLESS,
        measured_on=heard.measured_on,
        limits=LIMITS,
    )


def _count(heard: Listening) -> Finding:
    assert heard.count is not None
    low, high = heard.count
    return Finding(
        what="shots_counted",
        value={"low": low, "high": high},
        grade="screening",
        meaning=f"Between {low} and {high} impulses are like shots' own blasts, echoes and cracks not counted.",
        harmless=HARMLESS,
        measured_on="synthetic scenes of the drill, where the interval holds the number of shots in some 95 of 100",
        limits="Shots at once, of several guns or under louder sound, count as one or none.",
    )


def _bursts(heard: Listening) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            what="burst",
            value={"rounds_low": one.rounds_low, "rounds_high": one.rounds_high, "rate_rpm": round(one.rate_rpm)},
            grade="screening",
            meaning="Blasts that keep one period, as automatic fire does. The rate is that of the period heard.",
            where=Span(one.start_s, one.end_s),
            harmless=("hammer drills, machines, strings of fireworks and drums keep a period too",),
            measured_on="synthetic scenes of the drill",
            limits="No rate is given where no period is clear. A rate names no weapon: many share it.",
        )
        for one in heard.bursts
        if one.rate_rpm is not None
    )


def _cracks(heard: Listening) -> tuple[Finding, ...]:
    out = []
    for one in heard.cracks:
        near, far = distance_band(one.lead_s)
        out.append(
            Finding(
                what="crack_and_blast",
                value={"lead_s": round(one.lead_s, 4), "distance_low_m": round(near), "distance_high_m": round(far)},
                grade="screening",
                meaning=(
                    f"A sharp crack {one.lead_s * 1000:.0f} ms before a duller blast. If they belong to one bullet, "
                    f"the muzzle was some {near:.0f} to {far:.0f} m from the microphone. {CRACK}"
                ),
                where=Span(one.crack_s, one.blast_s),
                harmless=("two sounds of different kinds that happen to follow one another", "a firework's two stages"),
                measured_on="synthetic scenes of the drill",
                limits=(
                    "The band supposes a muzzle speed of 600 to 950 m/s and the slowing of rifle bullets; it holds "
                    "nine times in ten if these hold."
                ),
            )
        )
    return tuple(out)


def shooter_finding(found: ShooterPosterior, supposed: tuple[str, ...]) -> Finding:
    """The finding of a location. Its measured error is known from synthetic scenes alone."""
    return Finding(
        what="shooter_region",
        value={"share": found.share, "area_m2": round(found.area_m2), "closed": not found.at_edge},
        grade="inconclusive" if found.at_edge else "screening",
        meaning=(
            "Where the muzzle can have been, if what is supposed holds. The region is not closed."
            if found.at_edge
            else "Where the muzzle was in nine cases of ten, if what is supposed holds."
        ),
        harmless=("sounds of other kinds marked as shots", "an echo that arrives where the straight sound is screened"),
        measured_on="synthetic scenes of the drill: from their files, and with marks that scatter by 14 to 22 ms",
        limits=f"Supposed: {'; '.join(supposed)}.",
    )
