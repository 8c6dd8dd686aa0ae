"""Statute art. 32 c.3 and 33 c.2: the vocabularies of goals and economic lines, and the states of a version."""

from __future__ import annotations

from enum import StrEnum

from portal.kernel.machine import Machine


class Goal(StrEnum):
    """Art. 32 c.2-3: what actions are for."""

    IDENTITY_AND_GROWTH = "identity_and_growth"
    LIVING_CONDITIONS = "living_conditions"
    HEALTH = "health"
    RELATIONS_AND_WELLBEING = "relations_and_wellbeing"
    HERITAGE = "natural_landscape_artistic_heritage"
    RECOVERY = "environmental_and_urban_recovery"
    EXCELLENCES = "territorial_excellences"
    NETWORKS = "communication_networks"
    PUBLIC_SERVICES = "public_services"
    SOCIAL_COHESION = "social_cohesion"
    ATTRACTIVENESS = "attractiveness_accessibility"


class EconomicLine(StrEnum):
    """Art. 33 c.2: the lines of economic and social development."""

    COMPETITIVENESS = "competitiveness"
    RESEARCH = "research_and_university"
    TOURISM = "tourism_and_heritage"
    AGRICULTURE = "metropolitan_agriculture"
    TERRITORY_AND_SEA = "territory_and_sea_economy"
    PUBLIC_SERVICES = "public_services_quality"


class VersionState(StrEnum):
    """How far a version of the text has come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class ParagraphKind(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    OBJECTIVE = "objective"
    EXPECTED_RESULT = "expected_result"


class Priority(StrEnum):
    """How urgent an action is held to be."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SectionKind(StrEnum):
    """The levels of the tree."""

    DIRECTION = "direction"
    AXIS = "axis"
    SUB_AXIS = "sub_axis"


VERSION_MACHINE = Machine[VersionState](
    {
        VersionState.DRAFT: frozenset({VersionState.PUBLISHED}),
        VersionState.PUBLISHED: frozenset({VersionState.SUPERSEDED}),
    }
)
