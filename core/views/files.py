from django.http import FileResponse, HttpRequest
from django.utils.cache import patch_cache_control

from core.models import StoredFile

# Shown in the browser at most these: they cannot run anything in the sandbox below.
INLINE = {"application/pdf", "image/png", "image/jpeg"}


def serve_private(
    request: HttpRequest, stored_file: StoredFile, *, as_attachment: bool = True
) -> FileResponse:
    """Send a stored file to whom the caller has let through; the permission is checked by the calling room.

    Whatever the file holds, the browser neither guesses its kind nor runs anything in it, and no cache between
    keeps it.
    """
    attachment = as_attachment or stored_file.content_type not in INLINE
    response = FileResponse(
        stored_file.file.open("rb"),
        as_attachment=attachment,
        filename=stored_file.name,
        content_type=stored_file.content_type,
    )
    response["Content-Length"] = str(stored_file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_store=True)
    return response
