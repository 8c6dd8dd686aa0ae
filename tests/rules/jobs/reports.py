"""What mail servers send back."""

from __future__ import annotations

BOUNDARY = "1A2B3C.167/posta.example"


def report(
    message_id: str,
    recipient: str = "delegata@prova.example",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    copy: str = "message/rfc822",
    references: str = "",
) -> bytes:
    """A delivery report as a common mail server writes it."""
    original = (
        f"From: parere@citta.example\nTo: {recipient}\nSubject: Ricevuta\nMessage-ID: <{message_id}@citta.example>\n"
    )
    kept = (
        f"--{BOUNDARY}\nContent-Description: Undelivered Message\nContent-Type: {copy}\n\n{original}\nTesto\n"
        if copy
        else ""
    )
    answers = f"References: <{references}@citta.example>\n" if references else ""
    return f"""Return-Path: <>
Date: Mon, 1 Mar 2027 10:12:00 +0100 (CET)
From: MAILER-DAEMON@posta.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: parere@citta.example
Auto-Submitted: auto-replied
{answers}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{BOUNDARY}"

--{BOUNDARY}
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host posta.example.

--{BOUNDARY}
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; posta.example
X-Postfix-Queue-ID: 1A2B3C
Arrival-Date: Mon,  1 Mar 2027 10:11:58 +0100 (CET)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.prova.example
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address
    rejected: User unknown in virtual mailbox table

{kept}--{BOUNDARY}--
""".encode()
