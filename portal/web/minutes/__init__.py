"""Pages of minutes: the desk, the document for everybody and its files, writing in sections, signing, approving."""

from portal.web.minutes import desk, files, reading, signing, writing
from portal.web.minutes.blueprint import bp

__all__ = ["bp", "desk", "files", "reading", "signing", "writing"]
