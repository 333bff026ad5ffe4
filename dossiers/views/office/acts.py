"""The view behind every form that acts on a dossier: its own page, or a part of the dossier's page."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from dossiers.choices import Part
from dossiers.forms.office.base import DossierForm
from dossiers.models import Dossier
from dossiers.views.office.access import demand_part, dossier_for

PAGE, PANEL, TARGET = "dossiers/office/act.html", "dossiers/office/act_panel.html", "act"


class ActView(RequiresFunction, View):
    """Show a form about one dossier and do what it says.

    A room of the office sets ``form_class`` and ``parts`` (who may; empty where the service alone decides). htmx is
    answered with the element ``#act`` alone, which the full page holds as well. A refusal keeps what was typed (422).
    """

    function = Function.VIEW_DOSSIERS
    form_class: type[DossierForm]
    parts: tuple[Part, ...] = ()
    template_name = PAGE
    request: HttpRequest
    kwargs: dict[str, Any]

    def find(self) -> Dossier:
        """Return the dossier within reach."""
        return dossier_for(self.request.user, self.kwargs["code"])

    @cached_property
    def dossier(self) -> Dossier:
        """The dossier, found and allowed."""
        found = self.find()
        if self.parts:
            demand_part(self.request.user, found, *self.parts)
        return found

    def form_kwargs(self) -> dict[str, Any]:
        """Return what the form needs beside what was typed."""
        return {"dossier": self.dossier, "user": self.request.user}

    def make_form(self, *data: Any) -> DossierForm:
        """Make the form, bound or not."""
        return self.form_class(*data, **self.form_kwargs())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it and lead back, or show the form again with everything that stands in the way."""
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, 422)
        try:
            form.apply()
        except ValidationError as error:
            form.take_errors(error)
            return self.show(form, 422)
        messages.success(request, str(form.done))
        return HttpResponseRedirect(self.after(form))

    def after(self, form: DossierForm) -> str:
        """Return where to go when it is done."""
        return f"{self.back}#{form.anchor}" if form.anchor else self.back

    @property
    def back(self) -> str:
        """The page the form belongs to."""
        return self.dossier.get_absolute_url()

    @property
    def home(self) -> tuple[str, str]:
        """The name and address of the list the person comes from."""
        return _("My work"), reverse("dossiers:my_work")

    def show(self, form: DossierForm, status: int = 200, **extra: Any) -> HttpResponse:
        """Render the form."""
        is_part = self.request.headers.get("HX-Target") == TARGET
        context = {
            "dossier": self.dossier,
            "form": form,
            "back": self.back,
            "reasons": (),
            "preview_url": "",
            "breadcrumbs": [
                self.home,
                (self.dossier.code, self.back),
                (str(form.title), ""),
            ],
            **extra,
        }
        response = render(self.request, PANEL if is_part else self.template_name, context, status=status)
        patch_vary_headers(response, ("HX-Request", "HX-Target"))
        return response


class ActNowView(ActView):
    """Do something that asks for nothing but a click; what stands in the way is said on the page it came from."""

    http_method_names = ["post"]

    def act(self) -> str:
        """Do it and return the sentence that says so; raises ValidationError."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does.")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Act, and lead back."""
        _found = self.dossier
        try:
            messages.success(request, self.act())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(self.back)

    @property
    def seen(self) -> int | None:
        """The version of the dossier that the page showed."""
        typed = self.request.POST.get("seen", "")
        return int(typed) if typed.isascii() and typed.isdigit() else None
