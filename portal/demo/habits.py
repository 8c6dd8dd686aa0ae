"""How people of the invented city want to hear of news: one at once, one not at all, all others once a day."""

from __future__ import annotations

from datetime import datetime

from portal.accounts.choose_mail import choose_mail
from portal.accounts.rules import Pace
from portal.demo.agenda import Act
from portal.demo.city import City

CHOICES = (
    ("borgovesale-ufficio", "999002", Pace.AT_ONCE),
    ("forum-mobilita-delegato", "forum-mobilita", Pace.NEVER),
)


def plan_habits(city: City) -> None:
    """Put their choices on the agenda, a month ago."""
    for person, body, pace in CHOICES:
        city.agenda.add(city.agenda.days_ago(30), _choose(city, person, body, pace))


def _choose(city: City, person: str, body: str, pace: Pace) -> Act:
    def act(at: datetime) -> None:
        choose_mail(city.actor(person, body, at), pace, now=at)

    return act
