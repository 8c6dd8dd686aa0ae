"""What somebody typed is not lost because the session ended or the disk is full: it is shown and can be sent again."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request

from portal.web.door import current_actor_or_visitor

WRITING = frozenset({"comments.begin", "comments.edit"})  # drafts of one's own: nothing is made public by sending again
SHOWN = ("observation", "proposed_text", "reasons")
LEFT_OUT = frozenset({"csrf_token", *SHOWN})


def page(status: int) -> Response | None:
    """The texts of a form of ours that could not be received, ready to be sent again; None for anything else."""
    if request.method != "POST" or request.endpoint not in WRITING or not _from_here():
        return None
    texts = {name: request.form.get(name, "") for name in SHOWN}
    if not any(text.strip() for text in texts.values()):
        return None
    shown = render_template(
        "errors/kept.html",
        texts=texts,
        others=[pair for pair in request.form.items(multi=True) if pair[0] not in LEFT_OUT],
        again=request.full_path.rstrip("?"),
        signed_out=current_actor_or_visitor().is_anonymous,
        full=status == 507,
    )
    return make_response(shown, status)


def _from_here() -> bool:
    """True if the form stood on a page of ours: nobody else's words are put into somebody's mouth."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    came = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return bool(came.netloc) and came.netloc == request.host
