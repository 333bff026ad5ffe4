"""How the portal's own model documents of the drafts are made; ``MODELS`` maps the file name to its maker."""

from collections.abc import Callable

from clusters.drafts.building import appraisal, commune, council, decision, investor

MODELS: dict[str, Callable[[], bytes]] = {
    "commune_notice": commune.notice,
    "commune_submission": commune.submission,
    "opinion_request": appraisal.opinion_request,
    "council_decision": council.council_decision,
    "score_sheet": council.score_sheet,
    "minutes": council.minutes,
    "appraisal_report": appraisal.report,
    "decision": decision.decision,
    "result_notice": decision.result_notice,
    "investor_request": investor.request,
}
