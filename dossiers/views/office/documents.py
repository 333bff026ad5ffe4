"""Papers of dossiers for officers."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import SignedInRequest
from accounts.services.access import log_access
from core.views.files import serve_private
from dossiers.models import Document


@login_required
@require_GET
def download_document(request: SignedInRequest, pk: int) -> FileResponse:
    """Send a paper to an officer who may read it; a paper of an applicant is a personal read and is written down."""
    user = request.user
    if not user.is_officer:
        raise Http404
    documents = Document.objects.readable_by_officer(user).select_related("file", "application")
    document = get_object_or_404(documents, pk=pk)
    if document.application_id:
        log_access(
            user=user,
            obj=document,
            fields=[document.kind],
            path=request.path,
            reason=_("paper of an application"),
        )
    return serve_private(request, document.file, as_attachment="inline" not in request.GET)
