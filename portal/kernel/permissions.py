"""The one permission table: plain predicates over the actor and the thing. Deny by default."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from portal.kernel.actor import Actor, Grant
from portal.kernel.errors import Forbidden
from portal.kernel.offices import COMMENTING_KINDS, OFFICES_OF, SIGNATORIES, BodyKind, Office

FORUMS = frozenset({"forum", "youth_forum"})  # as votes and conferences name whose they are
Predicate = Callable[[Actor, Any], bool]


class Permission(StrEnum):
    """Each act and each reserved view of the portal."""

    PUBLIC_READ = "public.read"
    SIGNED_IN = "signed_in"
    TERRITORY_MANAGE = "territory.manage"
    MANDATE_GRANT = "mandate.grant"
    PEOPLE_READ = "people.read"
    PEOPLE_CORRECT = "people.correct"
    PLAN_IMPORT = "plan.import"
    PLAN_PUBLISH = "plan.publish"
    PLAN_READ_DRAFT = "plan.read_draft"
    CONSULTATION_MANAGE = "consultation.manage"
    COMMENT_DRAFT = "comment.draft"
    COMMENT_SUBMIT = "comment.submit"
    COMMENT_READ_OWN = "comment.read_own"
    COMMENT_READ_HIDDEN = "comment.read_hidden"
    LETTER_REGISTER = "letter.register"
    COMMENT_DECIDE = "comment.decide"
    ORIGINAL_OPEN = "original.open"
    ANSWER_READ = "answer.read"
    ANSWER_NOTE = "answer.note"
    ANSWER_ASSIGN = "answer.assign"
    ANSWER_PROPOSE = "answer.propose"
    ANSWER_APPROVE = "answer.approve"
    ANSWER_PUBLISH = "answer.publish"
    EXPORT_RESERVED = "export.reserved"
    RULESET_MANAGE = "ruleset.manage"
    POLL_PREPARE = "poll.prepare"
    POLL_CONDUCT = "poll.conduct"
    POLL_OPERATE = "poll.operate"
    POLL_CONFIRM = "poll.confirm"
    POLL_WATCH = "poll.watch"
    POLL_ANNUL = "poll.annul"
    BALLOT_CAST = "ballot.cast"
    CONFERENCE_MANAGE = "conference.manage"
    CONFERENCE_WATCH = "conference.watch"
    SITTING_CONDUCT = "sitting.conduct"
    SITTING_WATCH = "sitting.watch"
    MINUTES_WRITE = "minutes.write"
    MINUTES_SIGN = "minutes.sign"
    CONVOCATION_ASK = "convocation.ask"
    ACCREDITATION_NAME = "accreditation.name"
    ACCREDITATION_GRANT = "accreditation.grant"
    OPINION_REGISTER = "opinion.register"
    OPINION_MANAGE = "opinion.manage"
    FORUM_MANAGE = "forum.manage"
    FORUM_WATCH = "forum.watch"
    FORUM_TAKE_PART = "forum.take_part"
    FORUM_ANSWER = "forum.answer"
    JOURNAL_READ = "journal.read"
    DISPATCH_READ = "dispatch.read"
    DISPATCH_RESEND = "dispatch.resend"


def everybody(_actor: Actor, _target: Any) -> bool:
    """Anybody who can open the page."""
    return True


def signed_in(actor: Actor, _target: Any) -> bool:
    """A person who has signed in, with or without a mandate."""
    return actor.person_id is not None


def staff(*offices: Office) -> Predicate:
    """One of these offices, held at the metropolitan city itself."""
    allowed = frozenset(offices)
    return lambda actor, _t: bool(
        actor.acting and actor.acting.body_kind is BodyKind.METROPOLITAN_CITY and actor.acting.office in allowed
    )


def _own(actor: Actor, target: Any) -> bool:
    body_id = target if isinstance(target, int) else getattr(target, "body_id", None)
    return target is None or (actor.acting is not None and actor.acting.body_id == body_id)


def local(*offices: Office) -> Predicate:
    """One of these offices at a body that takes part; with a target, only if the target is that body's."""
    allowed = frozenset(offices)
    return lambda actor, target: bool(
        actor.acting
        and actor.acting.body_kind in COMMENTING_KINDS
        and actor.acting.office in allowed
        and _own(actor, target)
    )


def of_forum(*offices: Office) -> Predicate:
    """One of these offices, for votes and sittings of a Forum alone; the target says whose it is."""
    held = staff(*offices)
    return lambda actor, target: held(actor, target) and (target is None or _whose(target) in FORUMS)


def _whose(target: Any) -> str:
    return str(getattr(target, "electorate", None) or getattr(target, "organ", target))


def either(*predicates: Predicate) -> Predicate:
    """Any one of these is enough."""
    return lambda actor, target: any(p(actor, target) for p in predicates)


_DRAFTERS = SIGNATORIES | {Office.OFFICER, Office.DELEGATED_COUNCILLOR}
_SECRETARIAT = (Office.SECRETARIAT, Office.SECRETARY_GENERAL)
_DRAFTING = (Office.DRAFTING_OFFICER, Office.DRAFTING_LEAD)
_COUNCIL = (Office.MAYOR, Office.COUNCILLOR, Office.DELEGATED_COUNCILLOR)
_FORUM = (*_SECRETARIAT, Office.FORUM_SECRETARY)
_PRESIDING = (*_COUNCIL, Office.DEPUTY_MAYOR)

TABLE: dict[Permission, Predicate] = {
    Permission.PUBLIC_READ: everybody,
    Permission.SIGNED_IN: signed_in,
    Permission.TERRITORY_MANAGE: staff(*_SECRETARIAT, Office.COUNCIL_CLERK),
    Permission.MANDATE_GRANT: either(staff(*_SECRETARIAT), local(*SIGNATORIES)),
    Permission.PEOPLE_READ: staff(*_SECRETARIAT, Office.AUDITOR, Office.ADMINISTRATOR),
    Permission.PEOPLE_CORRECT: staff(*_SECRETARIAT),
    Permission.PLAN_IMPORT: staff(Office.DRAFTING_LEAD, Office.DRAFTING_OFFICER),
    Permission.PLAN_PUBLISH: staff(Office.DRAFTING_LEAD),
    Permission.PLAN_READ_DRAFT: staff(*_DRAFTING, *_SECRETARIAT, Office.COUNCIL_CLERK, Office.AUDITOR),
    Permission.CONSULTATION_MANAGE: staff(*_SECRETARIAT),
    Permission.COMMENT_DRAFT: local(*_DRAFTERS),
    Permission.COMMENT_SUBMIT: local(*SIGNATORIES),
    Permission.COMMENT_READ_OWN: local(*_DRAFTERS),
    Permission.LETTER_REGISTER: staff(*_SECRETARIAT),
    Permission.COMMENT_READ_HIDDEN: staff(*_SECRETARIAT, Office.MODERATOR, Office.AUDITOR),
    Permission.COMMENT_DECIDE: staff(*_SECRETARIAT, Office.MODERATOR),
    Permission.ORIGINAL_OPEN: staff(*_SECRETARIAT, Office.AUDITOR),
    Permission.ANSWER_READ: staff(*_DRAFTING, *_SECRETARIAT, Office.AUDITOR, Office.COUNCIL_CLERK),
    Permission.ANSWER_NOTE: staff(*_DRAFTING, *_SECRETARIAT),
    Permission.ANSWER_ASSIGN: staff(Office.DRAFTING_LEAD),
    Permission.ANSWER_PROPOSE: staff(*_DRAFTING),
    Permission.ANSWER_APPROVE: staff(Office.DRAFTING_LEAD),
    Permission.ANSWER_PUBLISH: staff(Office.DRAFTING_LEAD),
    Permission.EXPORT_RESERVED: staff(*_SECRETARIAT, *_DRAFTING, Office.COUNCIL_CLERK, Office.AUDITOR),
    Permission.RULESET_MANAGE: staff(Office.SECRETARY_GENERAL),
    Permission.POLL_PREPARE: either(staff(*_SECRETARIAT, Office.COUNCIL_CLERK), of_forum(Office.FORUM_SECRETARY)),
    Permission.POLL_CONDUCT: either(staff(*_SECRETARIAT, Office.COUNCIL_CLERK), of_forum(Office.FORUM_SECRETARY)),
    Permission.POLL_OPERATE: either(staff(*_SECRETARIAT, Office.COUNCIL_CLERK), of_forum(Office.FORUM_SECRETARY)),
    Permission.POLL_CONFIRM: either(staff(*_SECRETARIAT, Office.COUNCIL_CLERK), of_forum(Office.FORUM_SECRETARY)),
    Permission.POLL_WATCH: either(
        staff(*_SECRETARIAT, Office.COUNCIL_CLERK, Office.AUDITOR), of_forum(Office.FORUM_SECRETARY)
    ),
    Permission.POLL_ANNUL: either(staff(*_SECRETARIAT), of_forum(Office.FORUM_SECRETARY)),
    Permission.BALLOT_CAST: either(local(*SIGNATORIES), staff(*_COUNCIL)),
    Permission.CONFERENCE_MANAGE: staff(*_SECRETARIAT, Office.COUNCIL_CLERK),
    Permission.CONFERENCE_WATCH: staff(*_SECRETARIAT, Office.COUNCIL_CLERK, Office.AUDITOR),
    Permission.SITTING_CONDUCT: staff(*_SECRETARIAT, Office.COUNCIL_CLERK, Office.MODERATOR),
    Permission.SITTING_WATCH: staff(*_SECRETARIAT, Office.COUNCIL_CLERK, Office.MODERATOR, Office.AUDITOR),
    Permission.MINUTES_WRITE: staff(*_SECRETARIAT, Office.COUNCIL_CLERK),
    Permission.MINUTES_SIGN: staff(*_PRESIDING, Office.SECRETARY_GENERAL),
    Permission.CONVOCATION_ASK: local(Office.MAYOR, Office.ACTING_MAYOR, Office.COMMISSIONER),
    Permission.ACCREDITATION_NAME: either(local(*SIGNATORIES), staff(*_COUNCIL)),
    Permission.ACCREDITATION_GRANT: staff(*_SECRETARIAT, Office.COUNCIL_CLERK),
    Permission.OPINION_REGISTER: staff(Office.COUNCIL_CLERK, Office.SECRETARY_GENERAL),
    Permission.OPINION_MANAGE: staff(*_SECRETARIAT, Office.COUNCIL_CLERK),
    Permission.FORUM_MANAGE: staff(*_FORUM),
    Permission.FORUM_WATCH: staff(*_FORUM, Office.COUNCIL_CLERK, Office.AUDITOR),
    Permission.FORUM_TAKE_PART: local(Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE),
    Permission.FORUM_ANSWER: staff(Office.COUNCIL_CLERK, Office.SECRETARY_GENERAL),
    Permission.JOURNAL_READ: staff(*_SECRETARIAT, Office.AUDITOR, Office.ADMINISTRATOR, Office.COUNCIL_CLERK),
    Permission.DISPATCH_READ: staff(*_SECRETARIAT, Office.AUDITOR, Office.ADMINISTRATOR),
    Permission.DISPATCH_RESEND: staff(*_SECRETARIAT),
}


def can(actor: Actor, permission: Permission, target: Any = None) -> bool:
    """True if the table grants it; the system (clock, console) may do everything."""
    return actor.is_system or TABLE[permission](actor, target)


def require(actor: Actor, permission: Permission, target: Any = None) -> None:
    """Refuse unless the table grants it."""
    if not can(actor, permission, target):
        raise Forbidden()


def offices_granted(permission: Permission) -> frozenset[tuple[BodyKind, Office]]:
    """Every office that holds a permission over its own things, for the operator's page and the house tests."""
    return frozenset(
        (kind, office)
        for kind, offices in OFFICES_OF.items()
        for office in offices
        if can(_sample(kind, office), permission, None)
    )


def _sample(kind: BodyKind, office: Office) -> Actor:
    return Actor(person_id=0, acting=Grant(0, 0, kind, "", office))
