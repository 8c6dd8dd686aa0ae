"""The OpenAPI description, made of the operations themselves, and the way into them."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from flask_babel import gettext

from portal.api import bodies, consultations, plans, problems, remarks, shapes
from portal.api.door import OPERATIONS, Described, Operation, Values, bp, is_demonstration, link, operation
from portal.api.parameters import Parameter
from portal.config import Settings
from portal.kernel.words import N_
from portal.records.tables import LICENCE

PARTS = (plans, consultations, bodies, remarks, problems)  # each registers its operations when it is read
GROUP = N_("Description")
VERSION = "1.0.0"
LISTS = ("plans", "consultations", "bodies", "comments")


def install(app: Flask) -> None:
    """Open the API with all its operations, after everything that shows refusals as pages."""
    app.register_blueprint(bp)
    problems.install(app)


@operation("/", N_("Where everything is."), Described(shapes.named("Root"), GROUP))
def root() -> Values:
    """The lists, the description, the licence."""
    settings: Settings = current_app.extensions["settings"]
    return {
        "city": settings.city_name,
        "licence": LICENCE,
        "demonstration": is_demonstration(),
        "documentation": link("data.api"),
        "openapi": link("api.openapi"),
        "lists": {name: link(f"api.{name}") for name in LISTS},
    }


@operation("/openapi.json", N_("This description."), Described({"type": "object"}, GROUP))
def openapi() -> Values:
    """OpenAPI 3.1."""
    return described()


def described() -> Values:
    """What the API takes and gives, in the reader's language."""
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        paths[one.path] = {"get": _operation(one)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": gettext("Open data of the consultation"),
            "version": VERSION,
            "description": gettext(
                "Plans, remarks, answers and bodies as anybody may read them. Lists go on by the key in “next”."
            ),
            "license": {"name": LICENCE, "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": link("api.root").rstrip("/")}],
        "tags": [{"name": gettext(group)} for group in dict.fromkeys(one.group for one in OPERATIONS)],
        "paths": paths,
        "components": {"schemas": _said(shapes.shapes()), "responses": _refusals()},
    }


def _operation(one: Operation) -> Values:
    responses: Values = {
        "200": {
            "description": gettext("What was asked for."),
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": _said(one.gives)}},
        },
        "304": {"description": gettext("Nothing has changed since the ETag in If-None-Match.")},
        "400": {"$ref": "#/components/responses/Refused"},
        "422": {"$ref": "#/components/responses/Refused"},
        "429": {"$ref": "#/components/responses/Refused"},
    }
    if one.in_path:
        responses["404"] = {"$ref": "#/components/responses/Refused"}
    return {
        "operationId": one.name,
        "summary": gettext(one.summary),
        "tags": [gettext(one.group)],
        "parameters": [
            *(_parameter(parameter, "path") for parameter in one.in_path),
            *(_parameter(parameter, "query") for parameter in one.takes),
        ],
        "responses": responses,
    }


def _parameter(parameter: Parameter, where: str) -> Values:
    found: Values = {
        "name": parameter.name,
        "in": where,
        "required": where == "path",
        "description": gettext(parameter.meaning),
        "schema": parameter.schema(),
    }
    return found if parameter.example is None else found | {"example": parameter.example}


def _refusals() -> Values:
    problem = {"application/problem+json": {"schema": shapes.named("Problem")}}
    return {"Refused": {"description": gettext("Why not, as problem details (RFC 9457)."), "content": problem}}


def _said(shape: Any) -> Any:
    """The same with its descriptions in the reader's language."""
    if isinstance(shape, dict):
        return {
            name: gettext(value) if name == "description" and isinstance(value, str) else _said(value)
            for name, value in shape.items()
        }
    return [_said(one) for one in shape] if isinstance(shape, list) else shape
