from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import can, requires
from accounts.roles import Function
from law.forms import EndForm, ParameterForm
from law.models import Parameter, ProvincialParameter
from law.models.parameters import DEFAULTS, UNITS, with_unit
from law.services import end_parameter, set_parameter


@login_required
def parameters(request: HttpRequest) -> HttpResponse:
    """List what provinces rule for themselves."""
    rows = ProvincialParameter.objects.visible_to(request.user).select_related("province")
    editable = set(ProvincialParameter.objects.editable_by(request.user).values_list("pk", flat=True))
    context = {
        "rows": [(row, row.pk in editable) for row in rows],
        "today": timezone.localdate(),
        "defaults": [
            (Parameter(key).label, with_unit(number, UNITS[key])) for key, number in DEFAULTS.items()
        ],
        "may_edit": can(request.user, Function.KEEP_LOCAL_RULES),
    }
    return render(request, "law/parameters.html", context)


@requires(Function.KEEP_LOCAL_RULES)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a parameter."""
    return _edit(request, ProvincialParameter(), _("Enter a parameter"))


@requires(Function.KEEP_LOCAL_RULES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a parameter."""
    parameter = get_object_or_404(ProvincialParameter.objects.editable_by(request.user), pk=pk)
    return _edit(request, parameter, str(parameter))


@requires(Function.KEEP_LOCAL_RULES)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a parameter end on a day."""
    parameter = get_object_or_404(ProvincialParameter.objects.editable_by(request.user), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_parameter(parameter=parameter, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The parameter was saved."))
            return redirect("law:parameters")
    title = _("End: %(parameter)s") % {"parameter": parameter}
    return render(
        request, "law/edit.html", {"form": form, "title": title, "cancel": reverse("law:parameters")}
    )


def _edit(request: HttpRequest, parameter: ProvincialParameter, title: str) -> HttpResponse:
    form = ParameterForm(request.POST or None, instance=parameter, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            set_parameter(parameter=form.instance, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The parameter was saved."))
            return redirect("law:parameters")
    return render(
        request, "law/edit.html", {"form": form, "title": title, "cancel": reverse("law:parameters")}
    )
