"""Changing what no decision lays down; two people at once see each other's changes field by field."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.permissions import requires
from accounts.roles import Function
from clusters.forms.clusters import ClusterDetailsForm
from clusters.models import Cluster
from clusters.services.records import update_cluster_details
from clusters.views.workplace.access import cluster_for
from core.history import because


@requires(Function.EDIT_REGISTRY)
def edit_cluster(request: HttpRequest, code: str) -> HttpResponse:
    """Show the details as a form, and save them with a reason unless somebody else was faster."""
    cluster = cluster_for(request.user, code, Function.EDIT_REGISTRY)
    form = ClusterDetailsForm(cluster=cluster)
    conflicts = []
    if request.method == "POST":
        with transaction.atomic():
            # The lock decides which of two people at once is the second.
            locked = (
                Cluster.objects.select_for_update(of=("self",)).select_related("province").get(pk=cluster.pk)
            )
            form = ClusterDetailsForm(request.POST, cluster=locked)
            if form.is_valid() and form.was_overtaken():
                conflicts = form.conflicts()
                form.accept_newer()
                form.add_error(
                    None,
                    _("Somebody changed this cluster meanwhile. Compare the fields below, then save again."),
                )
            elif form.is_valid() and _save(locked, form):
                messages.success(request, _("Saved. The history shows what changed and why."))
                return redirect("registry:cluster", code=cluster.code)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "cluster": cluster, "conflicts": conflicts}
    return render(request, "clusters/registry/cluster_details.html", context, status=status)


def _save(cluster: Cluster, form: ClusterDetailsForm) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        with because(reason):
            cluster.other_communes.set(form.cleaned_data["other_communes"])
        update_cluster_details(cluster=cluster, reason=reason, **form.details)
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return False
    return True
