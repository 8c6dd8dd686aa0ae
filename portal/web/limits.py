"""How often one address or person may knock."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_IN = "10 per minute; 60 per hour"
SUBMIT = "60 per minute"

limiter = Limiter(get_remote_address, strategy="moving-window")
