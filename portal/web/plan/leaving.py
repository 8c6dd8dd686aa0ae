"""A version of the plan to take away, in the three forms in which it can come back."""

from __future__ import annotations

from flask import Response, request
from werkzeug.http import generate_etag

from portal.kernel.errors import NotFound
from portal.kernel.permissions import Permission
from portal.plan import export_plan
from portal.plan.documents import FileKind
from portal.web import editions
from portal.web.door import access, current_actor
from portal.web.plan.reading import addressed

TYPES = {
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.MARKDOWN: "text/markdown; charset=utf-8",
    FileKind.JSON: "application/json; charset=utf-8",
}


@addressed("download", "/scarica/<kind>")
@access(Permission.PUBLIC_READ)
def download(kind: str, slug: str | None = None, number: int | None = None) -> Response:
    """The text as a file; whoever has it already is told that it is the same."""
    if kind not in set(FileKind):
        raise NotFound()
    edition = editions.edition(slug, number)
    mark = generate_etag(f"{edition.version_id} {edition.mark} {kind}".encode())
    if request.if_none_match.contains_weak(mark):
        return Response(status=304, headers={"ETag": f'W/"{mark}"'})
    found = export_plan.export(current_actor(), edition.version_id, FileKind(kind))
    response = Response(found.content, content_type=TYPES[FileKind(kind)], headers={"ETag": f'W/"{mark}"'})
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response
