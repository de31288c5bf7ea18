"""The page as an archivist uses it: upload, review, correct, conflict, search, products, overview, export, keys."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "cong-van.pdf": "cong-van-scan/source.pdf",
    "quyet-dinh.pdf": "quyet-dinh-pdf/source.pdf",
    "to-trinh.docx": "quyet-dinh-docx/source.docx",
}
PRODUCTS = [
    {"name": "Gạo nếp Đồng Mẫu", "producer": "HTX Đồng Mẫu", "stars": 4, "status": "recognized", "locality": "xã Mẫu",
     "year": "2023"},
    {"name": "Chè xanh Núi Thử", "producer": "Hộ kinh doanh Thử", "stars": 3, "status": "recognized",
     "locality": "xã Thử", "year": "2024"},
    {"name": "Mật ong rừng Thử", "stars": 5, "status": "potential", "locality": "xã Thử", "year": "2024"},
]  # fmt: skip


@pytest.fixture(scope="module")
def service(serve: Callable[[], Any], browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A fresh service; the files come in through the page itself."""
    started = serve()
    folder = tmp_path_factory.mktemp("files")
    for name, source in SAMPLES.items():
        (folder / name).write_bytes((ROOT / "samples" / source).read_bytes())
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 nothing")
    started.files = sorted(folder.iterdir())
    return started


def test_upload_and_list(service: Any, page: Any) -> None:
    page.open(f"{service.url}/")
    assert "Chưa có tài liệu nào" in page.one("#rows").text
    page.one("#files").send_keys("\n".join(str(path) for path in service.files))
    page.wait(lambda: len(page.all(".document.is-done")) == 3, "three documents read", 60)
    failed = page.one(".document.is-failed")
    assert "không đọc được" in failed.text
    assert "hỏng" in failed.find_element("css selector", ".reason").text
    page.wait(lambda: page.one("#total").text == "4", "the total")
    page.wait(lambda: len(page.all("#sent li.done")) == 3, "progress of each file")
    assert not page.overflows()
    assert page.faults() == []
    page.picture("list")


def test_value_and_place_find_each_other(service: Any, page: Any) -> None:
    page.open(f"{service.url}/documents/{service.document('quyet-dinh.pdf')['id']}")
    page.wait(lambda: page.script("return document.querySelector('.sheet img').naturalWidth") > 500, "the picture")
    field = page.one(".field[data-pointer='/identifier'] input")
    field.click()
    marked = page.wait(lambda: page.all("rect.now"), "a marked place")
    assert marked[0].get_attribute("data-pointer") == "/identifier"
    box = page.one("rect[data-pointer='/subject']")
    page.script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", box)
    page.wait(lambda: page.focused() == "/subject", "the field of the place")
    width = page.one(".sheet").size["width"]
    page.one("[data-zoom=in]").click()
    page.wait(lambda: page.one(".sheet").size["width"] > width * 1.2, "a larger page")
    page.one("[data-zoom=fit]").click()
    page.picture("review")
    assert page.faults() == []


def test_correct_and_confirm_by_keyboard_alone(service: Any, page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    identity = service.document("cong-van.pdf")["id"]
    page.open(f"{service.url}/documents/{identity}#/number")
    page.wait(lambda: page.focused() == "/number", "the field that the address names")
    page.keys(Keys.CONTROL, "a")
    page.keys("77", Keys.ENTER)
    page.wait(lambda: service.call(f"/v1/documents/{identity}/record")["record"]["number"] == "77", "the correction")
    assert page.wait(page.focused, "the next field") != "/number"
    assert "seen" in page.one(".field[data-pointer='/number']").get_attribute("class")
    here = page.focused()
    page.keys(Keys.ENTER)
    page.wait(lambda: page.focused() != here, "on after confirming")
    patches = [change["patch"][0] for change in service.call(f"/v1/documents/{identity}/record")["corrections"]]
    assert [patch["op"] for patch in patches] == ["replace", "test"]
    page.keys(Keys.ALT, Keys.ARROW_UP)
    page.keys("x")
    page.keys(Keys.ESCAPE)
    page.keys(Keys.CONTROL, Keys.ENTER)
    page.wait(lambda: service.call(f"/v1/documents/{identity}")["review"] == "confirmed", "the document confirmed")
    page.wait(lambda: identity not in page.driver.current_url, "the next document")


def test_conflict_shows_both_values(service: Any, page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    identity = service.document("quyet-dinh.pdf")["id"]
    page.open(f"{service.url}/documents/{identity}#/issued_at")
    page.wait(lambda: page.focused() == "/issued_at", "the field")
    patch = [{"op": "replace", "path": "/issued_at", "value": "Nơi Khác"}]
    service.call(f"/v1/documents/{identity}/record", "PATCH", patch, **{"If-Match": "*"})
    page.keys(Keys.CONTROL, "a")
    page.keys("Nơi Tôi", Keys.ENTER)
    conflict = page.one(".conflict")
    assert "Nơi Khác" in conflict.text
    assert service.call(f"/v1/documents/{identity}/record")["record"]["issued_at"] == "Nơi Khác"
    page.picture("conflict")
    conflict.find_element("css selector", "button").click()
    page.wait(lambda: service.call(f"/v1/documents/{identity}/record")["record"]["issued_at"] == "Nơi Tôi", "mine")


def test_entries_are_added_and_removed(service: Any, page: Any) -> None:
    identity = service.document("to-trinh.docx")["id"]
    before = len(service.call(f"/v1/documents/{identity}/record")["record"]["recipients"])
    page.open(f"{service.url}/documents/{identity}")
    button = page.one(".add[data-list='/recipients']")
    page.script("arguments[0].click()", button)
    page.wait(lambda: page.focused() == f"/recipients/{before}", "the new entry")
    assert len(page.all("mark[data-pointer]")) > 3
    page.script("arguments[0].click()", page.one(f".remove[data-pointer='/recipients/{before}']"))
    path = f"/v1/documents/{identity}/record"
    page.wait(lambda: len(service.call(path)["record"]["recipients"]) == before, "the entry gone")
    page.picture("review-text")


def test_products_lead_to_their_place_and_numbers_to_their_documents(service: Any, page: Any) -> None:
    identity = service.document("quyet-dinh.pdf")["id"]
    patch = [{"op": "add", "path": "/products", "value": PRODUCTS}]
    service.call(f"/v1/documents/{identity}/record", "PATCH", patch, **{"If-Match": "*"})
    page.open(f"{service.url}/products?product=gao%20nep%20dong")
    assert [row.text for row in page.all("tbody th a")] == ["Gạo nếp Đồng Mẫu"]
    page.picture("products")
    page.one("tbody th a").click()
    page.wait(lambda: page.focused() == "/products/0/name", "the product's field")
    page.open(f"{service.url}/overview")
    assert page.faults() == []
    page.picture("overview")
    total = page.one(".chart .bar-total")
    count = int(total.text)
    total.click()
    page.wait(lambda: "/products?" in page.driver.current_url, "the products of a number")
    assert len(page.all("tbody tr:not(.more)")) == count
    assert page.faults() == []


def test_search_without_marks_and_filters(service: Any, page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open(f"{service.url}/")
    page.one("input[name=q]").send_keys("gao nep dong mau", Keys.ENTER)
    page.wait(lambda: "q=gao" in page.driver.current_url, "the search")
    assert [row.get_attribute("href").rsplit("/", 1)[-1] for row in page.all(".document-main")] == [
        service.document("quyet-dinh.pdf")["id"]
    ]
    page.open(f"{service.url}/?status=failed")
    assert len(page.all(".document")) == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_export_buttons(service: Any, page: Any, kind: str) -> None:
    page.open(f"{service.url}/")
    link = page.one(f".exports a[href*='format={kind}']").get_attribute("href")
    code = "const done = arguments[1]; fetch(arguments[0]).then(async r => done([r.status, (await r.blob()).size]))"
    status, size = page.driver.execute_async_script(code, link)
    assert status == 200
    assert size > 500


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", "/products", "/overview", "/documents/{id}", "/login", "/documents/nothing"])
def test_every_page_fits_and_reads(service: Any, page: Any, path: str, width: int) -> None:
    page.size(width, 844)
    identity = service.document("cong-van.pdf")["id"]
    page.open(service.url + path.format(id=identity))
    assert not page.overflows()
    assert page.faults() == []
    if width == 390 and "nothing" not in path:
        page.picture(f"mobile-{path.strip('/').split('/')[0] or 'list'}")


def test_english_switch(service: Any, page: Any) -> None:
    page.open(f"{service.url}/overview")
    page.one("a[hreflang=en]").click()
    page.wait(lambda: page.one("h1").text == "Overview", "English")
    assert page.one("html").get_attribute("lang") == "en"
    page.one("a[hreflang=vi]").click()
    page.wait(lambda: page.one("h1").text == "Tổng quan", "Vietnamese")


def test_first_tab_skips_to_the_content(service: Any, page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open(f"{service.url}/products")
    page.one("body").send_keys(Keys.TAB)
    assert page.script("return document.activeElement.className") == "skip"
    page.keys(Keys.ENTER)
    assert page.script("return document.activeElement.id") == "main"


def test_keys_close_the_page(serve: Callable[[], Any], page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    service = serve()
    url = f"sqlite:///{service.data}/store.sqlite"
    command = [sys.executable, "-m", "extractor", "keys", "--db", url, "create", "--name", "x", "--role", "reader"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    secret = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    ).stdout.strip()
    page.open(f"{service.url}/overview")
    page.wait(lambda: "/login" in page.driver.current_url, "the way in")
    page.one("input[name=key]").send_keys("sai", Keys.ENTER)
    page.wait(lambda: page.all("[role=alert]"), "the refusal")
    page.one("input[name=key]").send_keys(secret, Keys.ENTER)
    page.wait(lambda: page.driver.current_url.endswith("/overview"), "the page that was asked for")
    page.open(f"{service.url}/")
    assert page.all("#drop") == []
    page.one(".top-end button").click()
    page.wait(lambda: "/login" in page.driver.current_url, "signed out")
