"""A letter of the demonstration that comes back: one mayor's address does not work any more."""

from __future__ import annotations

from datetime import datetime

from portal.demo.city import SYSTEM
from portal.jobs import queries
from portal.jobs.bounce import Taken, take_in

NOBODY = "sindaca@comune.olivara.example"
REPORT = """\
From: MAILER-DAEMON@posta.velmara.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="velmara"

--velmara
Content-Type: message/delivery-status

Reporting-MTA: dns; posta.velmara.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: user unknown

--velmara
Content-Type: text/rfc822-headers

Message-ID: <{message_id}@velmara.example>

--velmara--
"""


def come_back(*, now: datetime) -> Taken | None:
    """What the mail server of the town sends back, taken in as an operator would."""
    letters = queries.messages(NOBODY, limit=1)
    letter = queries.message(letters[0].id) if letters else None
    if letter is None:
        return None
    report = REPORT.format(recipient=NOBODY, message_id=letter.message_id)
    return take_in(SYSTEM, report.encode(), now=now)
