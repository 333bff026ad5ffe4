"""Answer a supplement request item by item: words, a changed field, a new paper; kept until all is handed in."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.forms import SectionForm
from dossiers.forms.applicant import AnswerForm
from dossiers.forms.papers import PaperForm
from dossiers.models import Application, Document, SupplementItem, SupplementRequest, Upload
from dossiers.procedures.parts import DocumentKind
from dossiers.services.documents import add_application_paper
from dossiers.services.filing import save_answers
from dossiers.services.supplements import answer_item, hand_in_answers
from dossiers.services.uploads import drop_upload, finish_upload
from dossiers.views.applicant.access import number_asked, own_filed, sentences, table_of


@requires(Function.FILE_DOSSIER)
@never_cache
@require_safe
def supplement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a request with every item, what was answered, and the forms to answer."""
    application, asked = _request(request, pk, number)
    return _page(request, application, asked)


@requires(Function.FILE_DOSSIER)
@require_POST
def supplement_item(request: HttpRequest, pk: int, number: int, position: int) -> HttpResponse:
    """Keep the answer to one item; it can be changed until everything is handed in."""
    application, asked = _request(request, pk, number)
    item = get_object_or_404(asked.items, position=position)
    on_page = _on_page(application, item, request)
    if on_page.is_valid():
        try:
            with transaction.atomic():
                on_page.keep(request.user)
        except ValidationError as refused:
            on_page.errors = sentences(refused)
            on_page.drop_sent(request.user)
        else:
            messages.success(request, _("The answer to item %(n)s is kept.") % {"n": position})
            return redirect(f"{reverse('dossiers:supplement', args=[pk, number])}#item-{position}")
    return _page(request, application, asked, on_page)


@requires(Function.FILE_DOSSIER)
@require_POST
def hand_in(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Hand in all answers together."""
    application, asked = _request(request, pk, number)
    try:
        hand_in_answers(request=asked, user=request.user)
    except ValidationError as refused:
        return _page(request, application, asked, refused=sentences(refused))
    messages.success(
        request,
        _("The supplement is handed in. The department looks at it; the clock goes on when it is closed."),
    )
    return redirect("dossiers:application", pk=pk)


class ItemOnPage:
    """One item with what it is about and the forms to answer it."""

    def __init__(self, application: Application, item: SupplementItem, posted: HttpRequest | None) -> None:
        table, regime = table_of(application)
        self.application, self.item = application, item
        kind, _colon, name = item.target.partition(":")
        self.posted = posted
        data, files = (posted.POST, posted.FILES) if posted else (None, None)
        self.errors: list[str] = []
        #: A file that came in piece by piece before the answer.
        self.sent: Upload | None = None
        self.answer = AnswerForm(item.position, data, initial={"answer": item.answer})
        self.kind: DocumentKind | None = None
        self.paper: PaperForm | None = None
        self.field: SectionForm | None = None
        self.current: list[Document] = []
        if kind == "document":
            kinds = table.document_kinds(regime)
            self.kind = next((one for one in kinds if one.code == name), None)
        self.label = str(self.kind.label) if self.kind else str(table.field_labels().get(name, name))
        if self.kind is not None:
            self.paper = self._paper_form(self.kind, data, files)
            rows = Document.objects.current().filter(application=application, kind=name)
            self.current = list(rows.select_related("file").order_by("pk"))
        elif kind == "field":
            self.field = _field_form(application, name, data)

    @property
    def position(self) -> str:
        """The number of the item, as it stands in the names of elements."""
        return str(self.item.position)

    def _paper_form(self, kind: DocumentKind, data: Any, files: Any) -> PaperForm:
        """Make the form of the paper; bound where a file comes with the answer or came before it."""
        has_file = bool(files and files.get("file"))
        if self.posted and not has_file and (key := data.get("upload")):
            self.sent = _arrived(self.application, kind.code, key, self.posted)
            if self.sent is None:
                self.errors.append(_("The file has not arrived as a whole. Choose it again."))
        is_bound = has_file or self.sent is not None
        form = PaperForm(
            kind,
            data if is_bound else None,
            files if is_bound else None,
            is_demanded=is_bound,
            auto_id=f"id_item{self.position}_%s",
        )
        if self.sent is not None:
            form.fields["file"].required = False
        return form

    def is_valid(self) -> bool:
        """Check every form that was sent, and collect what is wrong."""
        forms = [one for one in (self.answer, self.paper, self.field) if one is not None and one.is_bound]
        for form in forms:
            self.errors += [str(one) for found in form.errors.values() for one in found]
        return not self.errors

    def keep(self, user: Any) -> None:
        """Keep field, paper and words; a changed field or a new paper answers without words too."""
        words = self.answer.cleaned_data["answer"].strip()
        document = None
        if self.paper is not None and self.paper.is_bound and self.kind is not None:
            replaced = None
            if self.posted and (key := number_asked(self.posted, "replaces")):
                replaced = next((one for one in self.current if one.pk == key), None)
            document = self._keep_paper(self.paper, self.kind, replaced, user)
            words = words or _("New paper: %(name)s") % {"name": document.file.name}
        if self.field is not None:
            before = {line.name: line.words for line in _stored_lines(self.application, self.field)}
            save_answers(
                application=self.application,
                answers={
                    name: value for name, value in self.field.answers().items() if name in self.field.fields
                },
                user=user,
                seen=number_asked(self.posted, "seen") if self.posted else None,
            )
            for line in _stored_lines(self.application, self.field):
                if before[line.name] != line.words and not words:
                    words = _("Changed from “%(before)s” to “%(after)s”.") % {
                        "before": before[line.name] or "–",
                        "after": line.words,
                    }
        answer_item(item=self.item, user=user, answer=words, document=document)

    def drop_sent(self, user: Any) -> None:
        """Give up the file that was refused: its pieces are gone, while the transaction brought its row back."""
        if self.sent is not None:
            drop_upload(key=self.sent.key, user=user)
            self.sent = None

    def _keep_paper(
        self, form: PaperForm, kind: DocumentKind, replaced: Document | None, user: Any
    ) -> Document:
        if self.sent is not None:
            return finish_upload(key=self.sent.key, user=user, replaces=replaced)
        return add_application_paper(
            application=self.application,
            kind=kind.code,
            variety=form.cleaned_data.get("variety", ""),
            upload=form.cleaned_data["file"],
            replaces=replaced,
            user=user,
        )


def _arrived(application: Application, kind: str, key: str, posted: HttpRequest) -> Upload | None:
    """Return a person's own upload that is whole and meant for the paper, or None."""
    rows = Upload.objects.filter(
        user=posted.user, application=application, kind=kind, variety=posted.POST.get("variety", "")
    )
    try:
        return rows.filter(key=uuid.UUID(key), received=F("size")).first()
    except ValueError:
        return None


def _request(request: HttpRequest, pk: int, number: int) -> tuple[Application, SupplementRequest]:
    application = own_filed(request, pk)
    rows = SupplementRequest.objects.visible_to(request.user).select_related("dossier")
    return application, get_object_or_404(rows, application=application, number=number)


def _on_page(application: Application, item: SupplementItem, posted: HttpRequest | None = None) -> ItemOnPage:
    return ItemOnPage(application, item, posted)


def _page(
    request: HttpRequest,
    application: Application,
    asked: SupplementRequest,
    answered: ItemOnPage | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    items = asked.items.select_related("answer_document__file", "answered_by").order_by("position")
    is_open = asked.answered_at is None and asked.closed_at is None
    context = {
        "application": application,
        "dossier": application.dossier,
        "asked": asked,
        "is_open": is_open,
        "items": [
            answered if answered and answered.item.pk == item.pk else ItemOnPage(application, item, None)
            for item in items
        ],
        "refused": refused or [],
    }
    status = 422 if answered or refused else 200
    return render(request, "dossiers/applicant/supplement.html", context, status=status)


def _field_form(application: Application, name: str, data: Any) -> SectionForm | None:
    """Return the form of the one field an item is about, or None for a field the law of the case does not have."""
    table, regime = table_of(application)
    for section in table.wizard_sections(regime):
        if section.takes_papers:
            continue
        form = table.section_form(section.code, application, data)
        if name in form.fields:
            form.keep_only([name])
            return form
    return None


def _stored_lines(application: Application, form: SectionForm) -> list[Any]:
    return [
        line for name in form.fields for line in getattr(_field_form(application, name, None), "lines", [])
    ]
