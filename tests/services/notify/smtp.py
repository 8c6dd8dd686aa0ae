"""A mail server small enough to read: it takes messages, refuses whom it is told to, and can be cut off."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


class PostOffice(socketserver.ThreadingTCPServer):
    """What arrived, and how the next conversations go."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.cut_after: int | None = None  # messages, then the line goes dead

    @property
    def url(self) -> str:
        """As MAIL_URL names it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        office = cast(PostOffice, self.server)
        self.say("220 ready")
        recipient = ""
        for raw in self.rfile:
            word, _, rest = raw.decode().strip().partition(" ")
            match word.upper():
                case "EHLO" | "HELO":
                    self.say("250 hello")
                case "RCPT":
                    recipient = rest.partition("<")[2].rstrip("> ").split(">")[0]
                    self.say("550 no such person" if recipient in office.refused else "250 fine")
                case "DATA":
                    if office.cut_after is not None and len(office.received) >= office.cut_after:
                        return
                    self.say("354 go on")
                    office.received.append(self.message())
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 fine")

    def message(self) -> EmailMessage:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return message_from_bytes(b"".join(lines), policy=policy.default)


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A server of one's own while the test runs."""
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
