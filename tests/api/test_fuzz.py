"""Whatever fits the description of the API, or nearly does, is never answered with a server error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error


@pytest.mark.parametrize("examples", [5, pytest.param(80, marks=pytest.mark.slow)])
def test_no_server_error(make_client: Callable[..., TestClient], examples: int) -> None:
    quiet = settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
        database=None,
    )
    client = make_client(requests_a_minute=10_000_000, uploads_a_minute=10_000_000, body_seconds=60.0)
    made = client.post("/v1/documents?wait=5", files={"files": ("a.json", b'{"number": "1"}')})
    known = made.headers["location"].rsplit("/", 1)[-1]
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", client.app, headers={"Host": "localhost"})
    tried = 0

    def call(case: Any) -> None:
        nonlocal tried
        tried += 1
        if "document_id" in case.path_parameters and tried % 2:
            case.path_parameters["document_id"] = known
        answer = case.call(headers={"Host": "localhost"})
        case.validate_response(answer, checks=[not_a_server_error])

    for found in schema.get_all_operations():
        operation = found.ok()
        quiet(given(case=operation.as_strategy())(lambda case: call(case)))()
    assert tried > 12 * examples
