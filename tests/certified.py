"""Receipts of certified mail as providers write them."""

from __future__ import annotations

from email.message import EmailMessage

FACTS = """<?xml version="1.0" encoding="UTF-8"?>{extra}
<postacert tipo="{kind}" errore="nessuno"><intestazione><mittente>citta@pec.example</mittente>
<destinatari tipo="certificato">{address}</destinatari><oggetto>Convocazione</oggetto></intestazione>
<dati><gestore-emittente>Gestore</gestore-emittente><data zona="+0100"><giorno>{day}</giorno><ora>10:30:15</ora>
</data><identificativo>x</identificativo><msgid>&lt;1@pec.example&gt;</msgid><consegna>{address}</consegna></dati>
</postacert>"""


def receipt(
    kind: str = "avvenuta-consegna", address: str = "protocollo@pec.comune.example", *, day: str = "01/03/2027",
    extra: str = "", coding: str = "utf-8",
) -> bytes:  # fmt: skip
    """The whole message."""
    message = EmailMessage()
    message["Subject"] = "CONSEGNA: Convocazione"
    message["X-Ricevuta"] = kind
    message.set_content("Ricevuta")
    facts = FACTS.replace("UTF-8", coding).format(kind=kind, address=address, day=day, extra=extra).encode(coding)
    cte = "8bit" if coding == "utf-8" else "base64"
    message.add_attachment(facts, maintype="application", subtype="xml", filename="daticert.xml", cte=cte)
    message.set_boundary("confine")
    return message.as_bytes()
