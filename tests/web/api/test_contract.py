"""The API keeps what its description promises, whatever it is asked: examples made from the description itself."""

from __future__ import annotations

from contextvars import Context
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema

from portal.db import db
from tests.remarks import Round

pytestmark = pytest.mark.once
EXAMPLES = 12  # of each operation and mode


@pytest.fixture
def described(app: Flask, database: None) -> BaseSchema:
    """The description as a stranger reads it, on a portal with something in it."""
    rounds = Round()
    rounds.published(rounds.admitted())
    rounds.remark()
    db.session.rollback()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


def test_the_description_is_itself_well_formed(described: BaseSchema) -> None:
    raw: dict[str, Any] = described.raw_schema
    assert raw["openapi"] == "3.1.0"
    for shape in raw["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    names = [operation["get"]["operationId"] for operation in raw["paths"].values()]
    assert len(names) == len(set(names)) > 12


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_as_promised(described: BaseSchema, mode: GenerationMode) -> None:
    tried = 0
    for result in described.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def answered(case: schemathesis.Case) -> None:
            Context().run(case.call_and_validate)

        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.path_parameters):
            continue
        answered()
        tried += 1
    assert tried > 8
