"""Page pictures: drawn apart from the server, with boxes and crops; the words of the page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw

from api import pictures
from api.app import create_app
from api.settings import Settings
from api.ui import words
from extractor.store import Store
from extractor.work import Crew

TEMPLATES = Path(__file__).parents[2] / "api/templates"
BOX = [40.0, 50.0, 80.0, 60.0]


class PageReader:
    """Says of any file that it has one page of 200 by 100 points with a value in `BOX`."""

    def extract(self, path: Path, password: str | None, filename: str) -> dict[str, Any]:
        page = {"number": 1, "width": 200.0, "height": 100.0, "text_source": "ocr", "rotation": 0, "skew": 0.0,
                "mean_confidence": 0.9}  # fmt: skip
        proof = {"confidence": 0.5, "rule": "x", "reasons": [], "raw": "12", "span": None}
        proof["regions"] = [{"page": 1, "bbox": BOX}]
        hand = {"code": "handwritten", "severity": "info", "pointers": ["/number"], "message": "Viết tay."}
        return {
            "schema": "1.0",
            "source": {"filename": filename, "sha256": "0", "media_type": "application/pdf", "pages": [page]},
            "record": {"number": "12"},
            "evidence": {"/number": proof},
            "issues": [hand | {"regions": proof["regions"], "span": None}],
            "engine": {"version": "1", "rules": "r", "ocr": "o", "models": "m", "seconds": {}},
            "text": "12",
        }

    def close(self) -> None:
        pass


@pytest.fixture
def page_client(store: Store, settings: Settings) -> Iterator[TestClient]:
    app = create_app(store, settings, Crew(store, PageReader, 1))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def upload(client: TestClient, content: bytes) -> str:
    return client.post("/v1/documents?wait=20", files={"files": ("a.pdf", content)}).headers["location"]


@pytest.fixture
def location(page_client: TestClient) -> str:
    image = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(image).rectangle((80, 100, 160, 120), fill="black")
    target = io.BytesIO()
    image.save(target, "PDF", resolution=144)
    return upload(page_client, target.getvalue())


def picture(client: TestClient, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_page_boxes_crop_and_width(page_client: TestClient, location: str) -> None:
    plain = picture(page_client, f"{location}/pages/1.png")
    scale = plain.width / 200
    assert plain.height == pytest.approx(100 * scale, abs=2)
    assert plain.getpixel((round(60 * scale), round(55 * scale))) == (0, 0, 0)
    edge = (round(38.5 * scale), round(55 * scale))
    assert plain.getpixel(edge)[1] > 200
    for boxes in ("all", "", "true", "/number", "40,50,80,60"):
        marked = picture(page_client, f"{location}/pages/1.png?boxes={boxes}").getpixel(edge)
        assert marked[0] > marked[1] + 80, boxes
    crop = picture(page_client, f"{location}/pages/1.png?crop=40,50,80,60&width=400")
    assert crop.width == 400
    assert crop.height == pytest.approx(100, abs=3)
    assert crop.getpixel((200, 50)) == (0, 0, 0)


@pytest.mark.parametrize("number", ["2", "0", "99999999", "-1", "x"])
def test_pages_that_are_not_there(page_client: TestClient, location: str, number: str) -> None:
    assert page_client.get(f"{location}/pages/{number}.png").status_code in {404, 422}


@pytest.mark.parametrize("query", ["crop=1,2,3", "crop=nan,0,1,1", "crop=5,5,1,1", "boxes=1,2", "width=999999"])
def test_boxes_that_are_none(page_client: TestClient, location: str, query: str) -> None:
    assert page_client.get(f"{location}/pages/1.png?{query}").status_code == 422


def test_page_that_cannot_be_drawn_is_told(page_client: TestClient) -> None:
    answer = page_client.get(f"{upload(page_client, b'%PDF-1.4 broken')}/pages/1.png")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/document-failed")


def test_handwriting_is_shown_enlarged(page_client: TestClient, location: str) -> None:
    text = page_client.get(location.replace("/v1", "")).text
    assert 'data-crop="1|26.0,42.0,94.0,68.0"' in text
    assert "Viết tay." in text


def test_old_pictures_are_removed(page_client: TestClient, location: str, settings: Settings) -> None:
    assert page_client.get(f"{location}/pages/1.png").status_code == 200
    assert pictures.tidy(settings) == 0
    assert pictures.tidy(settings, days=-1) == 1
    assert page_client.get(f"{location}/pages/1.png").status_code == 200


def test_plain_text_has_no_pages(client: TestClient, send: Callable[..., str]) -> None:
    answer = client.get(f"/v1/documents/{send(number='12')}/pages/1.png")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/page-not-found")


def test_every_word_of_the_page_is_translated() -> None:
    used = set()
    for path in TEMPLATES.glob("*.html"):
        used |= set(regex.findall(r'\bt\("([^"]+)"\)', path.read_text(encoding="utf-8")))
    used |= set(words.STATUS_WORDS.values()) | set(words.REVIEW_WORDS.values()) | set(words.PRODUCT_WORDS.values())
    used |= {"không rõ năm", "không rõ địa bàn", "chưa rõ"}
    assert used - set(words.ENGLISH) == set()
    assert set(words.ENGLISH) - used == set()
