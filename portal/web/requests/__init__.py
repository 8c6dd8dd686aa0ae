"""Pages of requests to the Forum: the home of an opinion, its documents, the desk, what the Council answers."""

from portal.web.requests import acts, answers, desk, files, papers, reading
from portal.web.requests.blueprint import bp

__all__ = ["acts", "answers", "bp", "desk", "files", "papers", "reading"]
