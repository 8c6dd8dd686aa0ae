"""Offices that a mandate confers, and the kinds of body that confer them."""

from __future__ import annotations

from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is."""

    METROPOLITAN_CITY = "metropolitan_city"
    MUNICIPALITY = "municipality"
    UNION = "union_of_municipalities"
    DISTRICT = "city_district"
    ZONE = "homogeneous_zone"
    NEIGHBOUR = "neighbouring_body"
    FORUM_ORGANISATION = "forum_organisation"
    PRIVATE_PARTNER = "private_partner"


class Office(StrEnum):
    """What a person is for a body while the mandate lasts."""

    MAYOR = "mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    ACTING_MAYOR = "acting_mayor"
    COMMISSIONER = "commissioner"
    SUB_COMMISSIONER = "sub_commissioner"
    UNION_PRESIDENT = "union_president"
    DISTRICT_PRESIDENT = "district_president"
    COUNCILLOR = "councillor"
    DELEGATED_COUNCILLOR = "delegated_councillor"
    OFFICER = "officer"
    FORUM_DELEGATE = "forum_delegate"
    FORUM_SUBSTITUTE = "forum_substitute"
    FORUM_SECRETARY = "forum_secretary"
    SECRETARIAT = "secretariat"
    MODERATOR = "moderator"
    DRAFTING_OFFICER = "drafting_officer"
    DRAFTING_LEAD = "drafting_lead"
    SECRETARY_GENERAL = "secretary_general"
    COUNCIL_CLERK = "council_clerk"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


_LOCAL = {Office.OFFICER}
OFFICES_OF: dict[BodyKind, frozenset[Office]] = {
    BodyKind.METROPOLITAN_CITY: frozenset(
        {
            Office.MAYOR,
            Office.DEPUTY_MAYOR,
            Office.COUNCILLOR,
            Office.DELEGATED_COUNCILLOR,
            Office.FORUM_SECRETARY,
            Office.SECRETARIAT,
            Office.MODERATOR,
            Office.DRAFTING_OFFICER,
            Office.DRAFTING_LEAD,
            Office.SECRETARY_GENERAL,
            Office.COUNCIL_CLERK,
            Office.AUDITOR,
            Office.ADMINISTRATOR,
        }
    ),
    BodyKind.MUNICIPALITY: frozenset(
        {Office.MAYOR, Office.DEPUTY_MAYOR, Office.ACTING_MAYOR, Office.COMMISSIONER, Office.SUB_COMMISSIONER} | _LOCAL
    ),
    BodyKind.UNION: frozenset({Office.UNION_PRESIDENT, Office.COMMISSIONER} | _LOCAL),
    BodyKind.DISTRICT: frozenset({Office.DISTRICT_PRESIDENT} | _LOCAL),
    BodyKind.ZONE: frozenset({Office.DELEGATED_COUNCILLOR} | _LOCAL),
    BodyKind.NEIGHBOUR: frozenset({Office.MAYOR, Office.UNION_PRESIDENT} | _LOCAL),
    BodyKind.FORUM_ORGANISATION: frozenset({Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE}),
    BodyKind.PRIVATE_PARTNER: frozenset(),
}

# Who binds the body with a signature (Statute art. 30 c.7 names the deputy mayor; commissioners stand for the mayor).
SIGNATORIES = frozenset(
    {
        Office.MAYOR,
        Office.DEPUTY_MAYOR,
        Office.ACTING_MAYOR,
        Office.COMMISSIONER,
        Office.SUB_COMMISSIONER,
        Office.UNION_PRESIDENT,
        Office.DISTRICT_PRESIDENT,
        Office.FORUM_DELEGATE,
        Office.FORUM_SUBSTITUTE,
    }
)
COMMENTING_KINDS = frozenset(
    {
        BodyKind.MUNICIPALITY,
        BodyKind.UNION,
        BodyKind.DISTRICT,
        BodyKind.ZONE,
        BodyKind.NEIGHBOUR,
        BodyKind.FORUM_ORGANISATION,
    }
)


class ForumCategory(StrEnum):
    """Statute art. 6: the six families of the Forum metropolitano."""

    PRODUCTIVE_CATEGORY = "productive_category"
    TRADE_UNION = "trade_union"
    PROFESSIONAL_ORDER = "professional_order"
    FUNCTIONAL_AUTONOMY = "functional_autonomy"
    ASSOCIATION = "association"
    THIRD_SECTOR = "third_sector"
