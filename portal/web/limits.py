"""How often one address or person may knock."""

from __future__ import annotations

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_IN = "10 per minute; 60 per hour"
SIGN_IN_ADDRESS = "5 per 10 minutes; 30 per day"  # for one e-mail address, wherever the requests come from
SUBMIT = "60 per minute"
SEARCH = "60 per minute"
FILES = "20 per minute"  # everything there is, written anew as one file
API = "300 per minute"

limiter = Limiter(get_remote_address, strategy="moving-window")


def posted_address() -> str:
    """The e-mail address that somebody wants to sign in with."""
    return f"email:{request.form.get('email', '').strip().lower()[:254]}"
