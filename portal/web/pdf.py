"""Pages as tagged PDF (PDF/UA): laid out in a process of its own, which reads our style and nothing else.

The layout takes memory and time, and needs libraries of the system; apart from the portal it can neither slow it down
nor keep it from starting. The same page gives the same document, so those asked for last are kept.
"""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from collections import OrderedDict
from threading import Lock

from portal.kernel.errors import Conflict
from portal.kernel.words import N_

log = logging.getLogger("portal.web")
SECONDS = 60
KEPT = 32
_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


def document(html: str) -> bytes:
    """The PDF of a printed page."""
    key = hashlib.sha256(html.encode()).hexdigest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(html)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _made(html: str) -> bytes:
    command = [sys.executable, "-m", "portal.web.typesetter"]
    try:
        done = subprocess.run(command, input=html.encode(), capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except subprocess.SubprocessError as error:
        log.exception("no PDF: %s", getattr(error, "stderr", b"")[-2000:])
        raise Conflict(
            N_("The document could not be made now. Print the page, or try again later."), code="no_pdf"
        ) from error
    return done.stdout
