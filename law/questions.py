"""What the law, or the portal's knowledge of it, leaves open; shown on the page of the law."""

from django.utils.translation import gettext_lazy as _

from law.words import Text

OPEN_QUESTIONS: tuple[Text, ...] = (
    _(
        "The original text of Decree 303/2026 was not seen. Clause numbers, the list of the decision's contents, the "
        "essential works and the transitional rule come from one summary."
    ),
    _("Decree 303/2026: whether the ceiling of 30 % on State support stays is not stated in the summary."),
    _(
        "From 15/9/2026 to 1/3/2027 both Resolution 19/2026, which prevails over differing texts, and Decree 303/2026 "
        "are in force. The portal follows Decree 303/2026 for dossiers received since then."
    ),
    _(
        "Resolution 19/2026 leaves the papers on legal status out of its list, yet cites them in item 2.1. The portal "
        "does not ask for them and accepts them."
    ),
    _(
        "Decree 68/2017: the limits of the occupancy test (50 %, 50 ha, 60 %) are not confirmed. Decree 66/2020: the "
        "day it took effect and its time limits were not found."
    ),
    _("Average occupancy: the law does not say whether it is simple or weighted. The portal computes both."),
    _(
        "“Industrial land not leased” is not defined: whether land with an approved project, land not cleared, or a "
        "cluster without detailed plan counts."
    ),
    _(
        "“Mountainous district” after districts were abolished: each province decided until 14/9/2026; since then "
        "every cluster has the same floor."
    ),
    _(
        "The decisions by which provinces fixed the territory of the occupancy test between 1/7/2025 and 14/9/2026 "
        "have to be collected one by one."
    ),
    _(
        "Whether an infrastructure project of a cluster needs investment-policy approval: Law 143/2025/QH15 is "
        "reported to exempt it, yet one was issued in April 2026."
    ),
    _(
        "The number of the procedure on the National Public Service Portal, its fee, and the decisions republishing it "
        "after Resolution 19/2026 and Decree 303/2026 were not found."
    ),
    _("The articles of the Civil Code on counting days are cited without a confirmed source."),
)
