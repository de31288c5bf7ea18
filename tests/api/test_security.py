"""Keys and roles, and the hostile set: each is refused or contained."""

from __future__ import annotations

import asyncio
import io
import json
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.limits import BodyLimit, Rate
from api.settings import Settings, is_loopback
from extractor.store import Store

Make = Callable[..., TestClient]
Send = Callable[..., str]


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize(
    ("role", "reads", "writes"), [("reader", 200, 403), ("reviewer", 200, 202), ("admin", 200, 202)]
)
def test_roles(client: TestClient, store: Store, role: Any, reads: int, writes: int) -> None:
    _, secret = store.create_key("x", role)
    assert client.get("/v1/documents", headers=bearer(secret)).status_code == reads
    answer = client.post("/v1/documents", files={"files": ("a.json", b"{}")}, headers=bearer(secret))
    assert answer.status_code == writes


CLOSED = "/v1/documents /v1/products /v1/export /v1/schema /metrics /v1/stats /v1/openapi.json /v1/documents/x/original"


@pytest.mark.parametrize("path", CLOSED.split())
def test_everything_needs_a_key_once_there_is_one(client: TestClient, store: Store, path: str) -> None:
    store.create_key("x", "admin")
    answer = client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/key-required")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get(path, headers=bearer("ocx_wrong")).status_code == 401


def test_revoked_keys_are_worthless_when_replayed(client: TestClient, store: Store) -> None:
    key, secret = store.create_key("x", "admin")
    store.create_key("y", "admin")
    assert client.get("/v1/documents", headers={"X-API-Key": secret}).status_code == 200
    store.revoke_key(key.id)
    for headers in (bearer(secret), {"X-API-Key": secret}, {"Cookie": f"extractor_key={secret}"}):
        assert client.get("/v1/documents", headers=headers).status_code == 401


def test_revoking_the_last_key_does_not_open_the_door(client: TestClient, store: Store) -> None:
    key, _secret = store.create_key("x", "admin")
    store.revoke_key(key.id)
    assert client.get("/v1/documents", headers={"Host": "archive.example"}).status_code == 421


def test_signing_in_on_the_page(client: TestClient, store: Store) -> None:
    _, secret = store.create_key("x", "reviewer")
    asked = client.get("/products?stars=4", follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=%2Fproducts%3Fstars%3D4")
    assert client.post("/login", data={"key": "wrong"}).status_code == 403
    answer = client.post("/login", data={"key": secret, "next": "//evil.example/"}, follow_redirects=False)
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/").status_code == 200
    client.post("/logout")
    assert client.get("/", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_language_switch_stays_here(client: TestClient, target: str) -> None:
    answer = client.get("/language/en", params={"next": target}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_without_keys_only_this_machine_is_served(client: TestClient) -> None:
    assert client.get("/v1/documents", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/v1/documents", headers={"Host": "rebound.example"}).status_code == 421


def test_other_sites_cannot_act_through_the_browser(client: TestClient) -> None:
    headers = {"Origin": "https://evil.example"}
    answer = client.post("/v1/documents", files={"files": ("a.json", b"{}")}, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/cross-site")
    own = client.post("/v1/documents", files={"files": ("a.json", b"{}")}, headers={"Origin": "http://localhost"})
    assert own.status_code == 202


@pytest.mark.parametrize("path", ["/", "/v1/documents", "/static/app.css", "/nothing", "/v1/nothing"])
def test_headers_contain_the_browser(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "archive.example", "::"])
def test_serving_the_world_without_keys_is_refused(host: str, tmp_path: Any) -> None:
    from extractor.cli import main

    assert not is_loopback(host)
    assert main(["serve", "--host", host, "--data", str(tmp_path), "--workers", "0"]) == 2


def test_keys_command(tmp_path: Any) -> None:
    from extractor.cli.commands.keys import command

    url = f"sqlite:///{tmp_path}/s.sqlite"
    runner = CliRunner()
    made = runner.invoke(command, ["--db", url, "create", "--name", "máy quét", "--role", "reader"])
    secret = made.stdout.strip().splitlines()[-1]
    listed = runner.invoke(command, ["--db", url, "list", "--json"])
    key = json.loads(listed.stdout)[0]
    assert (key["name"], key["role"]) == ("máy quét", "reader")
    assert secret not in listed.stdout
    store = Store.open(url, fingerprint="f")
    assert store.find_key(secret) is not None
    runner.invoke(command, ["--db", url, "revoke", key["id"]])
    assert store.find_key(secret) is None
    store.close()


# The hostile set

FIELD = b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\nabc\r\n--b--\r\n'


def test_oversized_file(make_client: Make) -> None:
    client = make_client(max_file=1000)
    answer = client.post("/v1/documents", files={"files": ("a.txt", b"x" * 1001)})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_oversized_body_is_refused_by_its_length_alone(make_client: Make) -> None:
    client = make_client(max_body=10_000)
    answer = client.post("/v1/documents", content=b"", headers={"Content-Length": "999999999999"})
    assert answer.status_code == 413


def test_oversized_body_without_a_length(make_client: Make) -> None:
    client = make_client(max_body=10_000)
    pieces = (b"x" * 1000 for _ in range(1000))
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/v1/documents", content=pieces, headers=kind)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_oversized_patch(make_client: Make, store: Store) -> None:
    client = make_client(max_json=1000)
    patch = [{"op": "add", "path": "/number", "value": "x" * 2000}]
    assert client.patch("/v1/documents/x/record", json=patch, headers={"If-Match": "*"}).status_code == 413


def test_many_files(make_client: Make) -> None:
    client = make_client(max_files=3)
    answer = client.post("/v1/documents", files=[("files", (f"{n}", b"{}")) for n in range(5)])
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\boot.ini",
        "$(touch x).json",
        "-rf",
        "a\r\nX-Evil: 1.json",
        "\u202egpj",
    ],
)
def test_path_names_are_labels(client: TestClient, send: Send, name: str, tmp_path: Any) -> None:
    identity = send(name, number=name)
    shown = client.get(f"/v1/documents/{identity}").json()["filename"]
    assert "/" not in shown
    assert "\\" not in shown
    answer = client.get(f"/v1/documents/{identity}/original")
    assert "x-evil" not in answer.headers
    kept = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert not any("passwd" in one or "boot" in one or one == "x" for one in kept)


HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{7*7}}"


def test_html_in_names_and_text_is_escaped(client: TestClient, send: Send) -> None:
    product = {"name": HTML, "stars": 4, "status": "recognized", "locality": HTML, "producer": HTML}
    identity = send(f"{HTML}.json", subject=HTML, doc_type=HTML[:18], agency={"name": HTML}, products=[product])
    pages = (
        "/",
        f"/documents/{identity}",
        "/products",
        "/overview",
        f"/?q={HTML}&agency={HTML}",
        f"/products?product={HTML}",
    )
    for path in pages:
        text = client.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert "49" not in text or "{{7*7}}" in text, path
    assert "&lt;script&gt;alert" in client.get(f"/documents/{identity}").text


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"files=abc", "application/x-www-form-urlencoded", 415),
        (b"", "", 415),
        (b"garbage", "multipart/form-data", 400),
        (b"garbage", "multipart/form-data; boundary=b", 400),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 422),
        (FIELD, "multipart/form-data; boundary=b", 422),
    ],
)  # fmt: skip
def test_wrong_content_types(client: TestClient, content: bytes, kind: str, status: int) -> None:
    answer = client.post("/v1/documents", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03", b"\x7fELF\x02\x01\x01\x00", b"\x1f\x8b\x08\x00\x00"])
def test_unsupported_formats(client: TestClient, content: bytes) -> None:
    answer = client.post("/v1/documents", files={"files": ("a.pdf", content)})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-format")


def test_polyglots_are_kept_as_bytes_and_never_served_as_pages(client: TestClient) -> None:
    content = b"%PDF-1.4 <html><script>alert(1)</script>"
    answer = client.post("/v1/documents?wait=20", files={"files": ("a.html", content, "text/html")})
    original = client.get(f"{answer.headers['location']}/original")
    assert original.content == content
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment")


def test_bombs_cost_no_memory_on_the_way_in(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * 50_000_000)
    started = time.process_time()
    answer = client.post("/v1/documents?wait=20", files={"files": ("a.docx", packed.getvalue())})
    assert answer.status_code == 200
    assert time.process_time() - started < 2


def test_slow_upload_is_cut_off() -> None:
    async def slow() -> dict[str, Any]:
        await asyncio.sleep(10)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while True:
            await receive()

    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    guard = BodyLimit(app, Settings(cache=None, body_seconds=0.2))  # type: ignore[arg-type]
    scope = {"type": "http", "path": "/v1/documents", "method": "POST", "headers": [], "query_string": b""}
    asyncio.run(asyncio.wait_for(guard(scope, slow, send), 5))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["type"] == "/problems/too-slow"


def test_too_many_requests(make_client: Make) -> None:
    client = make_client(requests_a_minute=5)
    answers = [client.get("/v1/documents") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0


def test_full_queue_and_full_disk(make_client: Make, reader: Any) -> None:
    client = make_client(max_waiting=1)
    reader.hold.clear()
    client.post("/v1/documents", files={"files": ("a.json", b"{}")})
    answer = client.post("/v1/documents", files={"files": ("b.json", b"[]")})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/busy")
    assert int(answer.headers["retry-after"]) > 0
    full = make_client(min_free=1 << 60).post("/v1/documents", files={"files": ("c.json", b"[1]")})
    assert (full.status_code, full.json()["type"]) == (503, "/problems/storage-full")


def test_rate_gives_tokens_back() -> None:
    rate = Rate(60)
    assert all(rate.take("a", 0.0) == 0 for _ in range(60))
    assert rate.take("a", 0.0) == pytest.approx(1.0)
    assert rate.take("b", 0.0) == 0
    assert rate.take("a", 1.1) == 0


@pytest.mark.parametrize("identity", ["%00", "..%2F..%2Fetc", "'; DROP TABLE documents; --", "x" * 500, "%F0%9F%98%80"])
def test_strange_identities(client: TestClient, identity: str) -> None:
    for end in ("", "/result", "/original", "/pages/1.png", "/record"):
        assert client.get(f"/v1/documents/{identity}{end}").status_code in {404, 422}
    assert client.get("/v1/documents").status_code == 200
