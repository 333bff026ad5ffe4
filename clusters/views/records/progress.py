"""Land clearance, milestones, obstacles."""

from dataclasses import replace

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from clusters.forms.records.progress import ClearanceForm, MilestoneForm, ObstacleForm, ResolveForm
from clusters.models import LandClearance, Milestone, Obstacle
from clusters.views.records import pages
from clusters.views.records.parents import CLUSTER
from clusters.views.records.screens import RecordScreen, Words
from core.templatetags.portal import day

CLEARANCE = RecordScreen(
    name="clearance",
    path="clearance",
    anchor="progress",
    has_page=False,
    model=LandClearance,
    form=ClearanceForm,
    parent=CLUSTER,
    title=lambda record: _("Land clearance on %(day)s") % {"day": day(record.as_of)},
    words=Words(_("Land clearance"), _("Land clearance"), _("New state of land clearance")),
    joins=("cluster",),
)

MILESTONE = RecordScreen(
    name="milestone",
    path="milestones",
    anchor="progress",
    has_page=False,
    model=Milestone,
    form=MilestoneForm,
    parent=CLUSTER,
    words=Words(_("Milestone"), _("Milestones"), _("New milestone")),
    joins=("cluster",),
)

OBSTACLE = RecordScreen(
    name="obstacle",
    path="obstacles",
    list_name="obstacle_list",
    anchor="progress",
    model=Obstacle,
    form=ObstacleForm,
    parent=CLUSTER,
    words=Words(_("Obstacle"), _("Obstacles"), _("New obstacle")),
    joins=("cluster",),
    page_template="clusters/records/obstacle.html",
)

RESOLVE = replace(OBSTACLE, form=ResolveForm)


def urls() -> list[URLPattern]:
    """Return the addresses of this group."""
    resolve = path(
        "clusters/<str:code>/obstacles/<int:pk>/resolve/",
        pages.EditView.as_view(screen=RESOLVE),
        name="obstacle_resolve",
    )
    return [*CLEARANCE.urls(), *MILESTONE.urls(), *OBSTACLE.urls(), resolve]
