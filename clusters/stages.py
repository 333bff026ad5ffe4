"""How a stage looks: the tone of its badge, the same on every page and map."""

from clusters.choices import Stage

_TONES = {
    Stage.PLANNED: "neutral",
    Stage.ESTABLISHED: "info",
    Stage.DETAILED_PLAN: "info",
    Stage.CONSTRUCTION: "warning",
    Stage.OPERATING: "ok",
    Stage.WITHDRAWN: "danger",
    Stage.ABOLISHED: "danger",
}


def tone_of(stage: Stage | str) -> str:
    """Return the tone (of components/badge.html) that goes with the stage's word."""
    return _TONES[Stage(stage)]
