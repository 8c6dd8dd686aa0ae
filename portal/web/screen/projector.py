"""The screen of a hall: one window without anything around it, and the part of it that changes."""

from __future__ import annotations

from flask import Response, render_template, url_for

from portal.conferences.screen import queries
from portal.conferences.screen.stage import stage
from portal.journal import hearing
from portal.kernel import clock
from portal.kernel.actor import Actor
from portal.kernel.permissions import Permission
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.screen.blueprint import bp
from portal.web.screen.scene import Scene, scene


@bp.get("/sedute/<int:number>/schermo")
@bp.get("/sedute/<int:number>/schermo/<int:hall>")
@access(Permission.PUBLIC_READ)
def projector(number: int, hall: int = queries.FIRST) -> str:
    """The screen of a sitting that the reader may see."""
    address = url_for(".picture", number=number, hall=hall)
    return _window(current_actor(), number, hall, address, follows=f"sitting:{number}")


@bp.get("/sedute/<int:number>/schermo/<int:hall>/quadro")
@access(Permission.PUBLIC_READ)
@public_page
def picture(number: int, hall: int) -> str | Response:
    """What is on it now; kept while nothing happens, for all who look at the same hall."""
    shown = _shown(current_actor(), number, hall)
    return _fresh(shown) if shown.asks else render_template("screen/_scene.html", scene=shown)


@bp.get("/schermi/<token>")
@access(Permission.PUBLIC_READ)
def by_address(token: str) -> Response:
    """The same under an address of its own, for the computer of a hall; it opens this screen and nothing else."""
    number, hall = queries.opened_by(token, now())
    drawn = _window(Actor.system(), number, hall, url_for(".picture_by_address", token=token), follows="")
    return _untold(Response(drawn, mimetype="text/html"))


@bp.get("/schermi/<token>/quadro")
@access(Permission.PUBLIC_READ)
def picture_by_address(token: str) -> Response:
    """What is on it now; nothing any more once the address was taken back."""
    return _untold(_fresh(_shown(Actor.system(), *queries.opened_by(token, now()))))


def _window(reader: Actor, number: int, hall: int, address: str, *, follows: str) -> str:
    seen = hearing.head(f"sitting:{number}")
    shown = _shown(reader, number, hall)
    return render_template("screen/projector.html", scene=shown, address=address, follows=follows, seen=seen)


def _shown(reader: Actor, number: int, hall: int) -> Scene:
    return scene(stage(reader, number, now()), queries.screen(number, hall), now())


def _fresh(shown: Scene) -> Response:
    answer = Response(render_template("screen/_scene.html", scene=shown), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Now"] = str(int(clock.now().timestamp() * 1000))  # for the clock of a page without a socket
    return answer


def _untold(answer: Response) -> Response:
    """A secret address stands in no copy that a browser keeps, and in no list of where visitors came from."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
