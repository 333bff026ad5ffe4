"""How the portal's own model documents of the drafts are made; ``MODELS`` maps the file name to its maker."""

from collections.abc import Callable

from clusters.drafts.building import appraisal, commune, council, decision, investor

MODELS: dict[str, Callable[[], bytes]] = {
    "notice": commune.notice,
    "submission": commune.submission,
    "opinion_letter": appraisal.opinion_request,
    "opening_minutes": commune.opening_record,
    "council_decision": council.council_decision,
    "council_invitation": council.invitation,
    "score_sheet": council.score_sheet,
    "minutes": council.minutes,
    "appraisal_report": appraisal.report,
    "decision": decision.decision,
    "result_notice": decision.result_notice,
    "request": investor.request,
}
