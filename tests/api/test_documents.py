"""API v1: files in, results out, corrections, lists."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from extractor.store import Store

Send = Callable[..., str]


def test_upload_is_accepted_before_it_is_read(client: TestClient, reader: Any) -> None:
    reader.hold.clear()
    answer = client.post("/v1/documents", files={"files": ("a.json", b'{"number": "12"}')})
    assert answer.status_code == 202
    body = answer.json()
    assert answer.headers["location"] == f"/v1/documents/{body['id']}"
    assert body["sha256"] == hashlib.sha256(b'{"number": "12"}').hexdigest()
    waiting = client.get(f"{answer.headers['location']}/result")
    assert (waiting.status_code, waiting.json()["type"]) == (404, "/problems/no-result")
    assert int(waiting.headers["retry-after"]) > 0
    reader.hold.set()
    again = client.post("/v1/documents?wait=20", files={"files": ("b.json", b'{"number": "12"}')})
    assert again.status_code == 200
    assert again.json()["record"]["number"] == "12"
    assert again.headers["location"] == answer.headers["location"]


def test_known_bytes_answer_200(client: TestClient, send: Send) -> None:
    identity = send(number="12")
    answer = client.post("/v1/documents", files={"files": ("z.json", json.dumps({"number": "12"}).encode())})
    assert (answer.status_code, answer.json()["id"], answer.json()["known"]) == (200, identity, True)


def test_wait_that_is_too_short_answers_202(client: TestClient, reader: Any) -> None:
    reader.hold.clear()
    answer = client.post("/v1/documents?wait=0.2", files={"files": ("a.json", b"{}")})
    assert (answer.status_code, answer.json()["status"] in {"queued", "running"}) == (202, True)


def test_several_files_at_once(client: TestClient) -> None:
    files = [("files", (f"{n}.json", b'{"number": "%d"}' % n)) for n in range(3)]
    answer = client.post("/v1/documents?wait=20", files=[*files, ("files", ("leer", b""))])
    assert answer.status_code == 200
    items = answer.json()["items"]
    assert [item["document"] and item["document"]["status"] for item in items] == ["done", "done", "done", None]
    assert items[3]["problem"]["type"] == "/problems/corrupt"


def test_failed_document_says_why(client: TestClient) -> None:
    answer = client.post("/v1/documents?wait=20", files={"files": ("a.txt", b"no json")})
    document = client.get(answer.headers["location"]).json()
    assert (document["status"], document["error"]["code"]) == ("failed", "corrupt")
    result = client.get(f"{answer.headers['location']}/result")
    assert (result.status_code, result.json()["code"]) == (422, "corrupt")
    assert client.get("/v1/documents?status=failed").json()["items"][0]["error"]["message"] == "Tệp hỏng. Gửi lại."


def test_original_comes_back_as_a_download(client: TestClient, send: Send) -> None:
    identity = send("nguyên bản;.json", number="12")
    answer = client.get(f"/v1/documents/{identity}/original")
    assert answer.content == b'{"number": "12"}'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith(
        "attachment; filename*=UTF-8''nguy%C3%AAn%20b%E1%BA%A3n%3B.json"
    )


def test_text_comes_back_plain(client: TestClient, send: Send) -> None:
    answer = client.get(f"/v1/documents/{send(number='<b>12</b>')}/text")
    assert answer.text == '{"number": "<b>12</b>"}'
    assert answer.headers["content-type"].startswith("text/plain")


def test_corrections(client: TestClient, send: Send) -> None:
    path = f"/v1/documents/{send(number='12', subject='V/v phân hạng')}"
    tag = client.get(path).headers["etag"]
    assert tag == client.get(f"{path}/result").headers["etag"] == client.get(f"{path}/record").headers["etag"]
    patch = [{"op": "replace", "path": "/number", "value": "13"}]
    answer = client.patch(f"{path}/record", json=patch, headers={"If-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["etag"] != tag
    assert answer.json()["record"]["number"] == "13"
    assert answer.json()["corrections"][0]["patch"] == patch
    assert client.get(f"{path}/result").json()["record"]["number"] == "12"
    late = client.patch(f"{path}/record", json=patch, headers={"If-Match": tag})
    assert (late.status_code, late.json()["type"]) == (412, "/problems/version-conflict")
    assert client.get("/v1/documents?review=corrected").json()["items"][0]["number"] == "13"
    assert next(item["action"] for item in client.get(f"{path}/history").json()["items"]) == "corrected"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'[{"op":"add","path":"/number","value":NaN}]', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'[{"op":"replace","path":"/no/where","value":1}]', "application/json-patch+json", 400),
        (b'[{"op":"test","path":"/number","value":"99"}]', "application/json-patch+json", 409),
        (b'[{"op":"replace","path":"/number","value":12}]', "application/json-patch+json", 422),
        (b'[{"op":"replace","path":"","value":[]}]', "application/json-patch+json", 400),
        (b"[]", "text/plain", 415),
    ],
)
def test_bad_corrections_are_told(client: TestClient, send: Send, content: bytes, kind: str, status: int) -> None:
    path = f"/v1/documents/{send(number='12')}/record"
    answer = client.patch(path, content=content, headers={"If-Match": "*", "Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(path).json()["corrections"] == []


def test_corrections_need_if_match(client: TestClient, send: Send) -> None:
    path = f"/v1/documents/{send(number='12')}"
    for target, body in ((client.patch, [{"op": "remove", "path": "/number"}]), (client.post, {"state": "confirmed"})):
        end = "record" if isinstance(body, list) else "review"
        assert target(f"{path}/{end}", json=body).status_code == 428
        assert target(f"{path}/{end}", json=body, headers={"If-Match": '"abc"'}).status_code == 412


def test_confirming(client: TestClient, send: Send) -> None:
    path = f"/v1/documents/{send(number='12')}"
    tag = client.get(path).headers["etag"]
    answer = client.post(f"{path}/review", json={"state": "confirmed"}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["review"]) == (200, "confirmed")
    assert len(client.get("/v1/documents?review=confirmed").json()["items"]) == 1


def test_reprocessing_keeps_corrections_and_tells_differences(client: TestClient, send: Send, store: Store) -> None:
    identity = send(number="12")
    path = f"/v1/documents/{identity}"
    patch = [{"op": "replace", "path": "/number", "value": "13"}]
    client.patch(f"{path}/record", json=patch, headers={"If-Match": "*"})
    store.fingerprint = "rules-2"
    assert client.post(f"{path}/reprocess").status_code == 202
    for _ in range(200):
        if client.get(path).json()["status"] == "done":
            break
    record = client.get(f"{path}/record").json()
    assert (record["record"]["number"], record["differences"]) == ("13", [])


def test_locked_file_is_read_with_its_password_which_is_not_kept(
    client: TestClient, store: Store, tmp_path: Any
) -> None:
    sent = client.post("/v1/documents?wait=20", files={"files": ("a.json", b'locked{"number": "12"}')})
    path = sent.headers["location"]
    assert client.get(path).json()["error"]["code"] == "encrypted"
    assert 'id="password"' in client.get(path.removeprefix("/v1")).text
    client.post(f"{path}/reprocess", json={"password": "sai"})
    with client.stream("GET", f"{path}/events") as answer:
        assert '"status": "failed"' in "".join(answer.iter_text())
    client.post(f"{path}/reprocess", json={"password": "mở"})
    with client.stream("GET", f"{path}/events") as answer:
        assert '"status": "done"' in "".join(answer.iter_text())
    assert client.get(f"{path}/result").json()["record"]["number"] == "12"
    assert not any("mở".encode() in one.read_bytes() for one in tmp_path.rglob("store.sqlite*"))


def test_events_follow_a_document(client: TestClient, send: Send) -> None:
    with client.stream("GET", f"/v1/documents/{send(number='12')}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        text = "".join(answer.iter_text())
    assert text.startswith("event: status\n")
    assert json.loads(text.split("data: ")[1].split("\n")[0])["status"] == "done"


def test_lists_filter_search_and_page(client: TestClient, send: Send) -> None:
    gao = {"name": "Gạo thơm", "stars": 4, "status": "recognized", "locality": "xã Thử"}
    one = send(doc_type="QĐ", issued_on="2021-04-14", subject="Công nhận tại tỉnh Thanh Hóa", products=[gao])
    two = send(doc_type="KH", issued_on="2022-01", agency={"name": "Ủy ban nhân dân xã Mẫu"})

    def found(query: str) -> list[str]:
        answer = client.get(f"/v1/documents?{query}")
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    assert found("") == [two, one]
    assert found("q=Thanh%20Hoa") == found("type=QĐ") == found("stars=4") == found("status=recognized") == [one]
    assert found("doc_type=QĐ") == [one]
    assert found("from=2021&to=2021-12") == found("product=gao&product_status=recognized") == [one]
    assert found("agency=xa mau") == found("from=2022") == [two]
    first = client.get("/v1/documents?limit=1").json()
    rest = client.get("/v1/documents", params={"limit": 1, "cursor": first["next"]}).json()
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([one], None)
    products = client.get("/v1/products?stars=4").json()["items"]
    assert [(item["name"], item["document_id"], item["position"]) for item in products] == [("Gạo thơm", one, 0)]


@pytest.mark.parametrize("query", ["limit=0", "limit=9999", "stars=6", "from=yesterday", "status=lost", "cursor=%00"])
def test_bad_queries_are_told(client: TestClient, query: str) -> None:
    answer = client.get(f"/v1/documents?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["title"]


def test_exports(client: TestClient, send: Send) -> None:
    identity = send(number="12", issued_on="2021-04-14", products=[{"name": "Gạo", "stars": 4}])
    send("b.json", number="20")
    patch = [{"op": "replace", "path": "/number", "value": "13"}]
    client.patch(f"/v1/documents/{identity}/record", json=patch, headers={"If-Match": "*"})
    lines = [json.loads(line) for line in client.get("/v1/export").text.splitlines()]
    assert lines[0] == client.get(f"/v1/documents/{identity}/result").json()
    assert [line["record"]["number"] for line in lines] == ["12", "20"]
    corrected = client.get("/v1/export?format=jsonl&corrected=true&product=gao").text.splitlines()
    assert [json.loads(line)["record"]["number"] for line in corrected] == ["13"]
    table = client.get("/v1/export?format=csv")
    assert table.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["13", "20"]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/v1/export?format=xlsx").content))
    assert [cell.value for cell in book.worksheets[0][2]].count("13") == 1


def test_database_that_is_away_is_told(client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    monkeypatch.setattr(store, "documents", away)
    answer = client.get("/v1/documents")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready")
    assert int(answer.headers["retry-after"]) > 0


def test_schema_fits_what_is_answered(client: TestClient, send: Send) -> None:
    schema = client.get("/v1/schema").json()
    jsonschema.validate(client.get(f"/v1/documents/{send(number='12')}/result").json(), schema)


def test_health_metrics_and_problem_types(client: TestClient, send: Send) -> None:
    send(number="12")
    assert client.get("/health/live").status_code == client.get("/health/ready").status_code == 200
    metrics = client.get("/metrics").text
    assert 'extractor_documents{status="done"} 1.0' in metrics
    assert 'route="/v1/documents"' in metrics
    problem = client.get("/v1/documents/nothing").json()
    assert (problem["status"], problem["instance"]) == (404, "/v1/documents/nothing")
    assert client.get(problem["type"]).json()["title"] == problem["title"]
    assert client.get("/v1/stats").json()["statuses"] == {"done": 1}


def test_openapi_examples_are_true(client: TestClient, send: Send) -> None:
    """Each example fits its schema, and each path of the description answers."""
    spec = client.get("/v1/openapi.json").json()
    resolver = {"components": spec["components"]}
    for name, schema in spec["components"]["schemas"].items():
        for example in schema.get("examples", ()):
            jsonschema.validate(example, schema | resolver), name
    posted = spec["paths"]["/v1/documents"]["post"]["responses"]["202"]["content"]["application/json"]
    jsonschema.validate(posted["example"], posted["schema"] | resolver)
    patched = spec["paths"]["/v1/documents/{document_id}/record"]["patch"]["requestBody"]["content"]
    body = patched["application/json-patch+json"]["example"]
    path = f"/v1/documents/{send(number='12')}/record"
    assert client.patch(path, json=body, headers={"If-Match": "*"}).status_code == 200
