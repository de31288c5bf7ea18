"""A real service and Debian's Chromium. Skipped, with the reason, where the browser is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"


@dataclass
class Service:
    """A running `extractor serve`."""

    url: str
    data: Path

    def call(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, data, {"Content-Type": "application/json", **headers}, method=method
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def document(self, filename: str) -> dict[str, Any]:
        return next(item for item in self.call("/v1/documents?limit=500")["items"] if item["filename"] == filename)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Service]]:
    started: list[subprocess.Popen[str]] = []

    def start() -> Service:
        data = tmp_path_factory.mktemp("data")
        command = [sys.executable, "-m", "extractor", "serve", "--port", "0", "--data", str(data), "--workers", "1"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stderr is not None
        told = ""
        for line in process.stderr:
            told += line
            if found := re.search(r"http://\S+?:\d+", line):
                break
        else:
            raise AssertionError(f"the service did not start: {told}")
        service = Service(found[0], data)
        for _ in range(100):
            try:
                service.call("/health/ready")
                break
            except OSError:
                time.sleep(0.1)
        return service

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("Chromium is not installed (scripts/setup-browser.sh)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service as Driver

    options = webdriver.ChromeOptions()
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--lang=vi",
        "--disable-dev-shm-usage",
    ):
        options.add_argument(argument)
    options.binary_location = str(shutil.which("chromium"))
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Driver(shutil.which("chromedriver")))
    driver.set_page_load_timeout(30)
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    made = Page(browser)
    made.size(1280, 900)
    yield made
    serious = [line["message"] for line in browser.get_log("browser") if line["level"] == "SEVERE"]
    expected = ("412 (Precondition Failed)", "403 (Forbidden)", "404 (Not Found)")
    assert not [message for message in serious if not any(words in message for words in expected)]


class Page:
    """The browser with the few verbs that the tests need."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def size(self, width: int, height: int) -> None:
        values = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", values)

    def open(self, url: str) -> None:
        self.driver.get("about:blank")
        self.driver.get(url)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        return self.wait(lambda: next(iter(self.all(selector)), None), selector)

    def script(self, code: str, *values: Any) -> Any:
        return self.driver.execute_script(code, *values)

    def wait(self, found: Callable[[], Any], what: str = "", seconds: float = 20) -> Any:
        from selenium.common.exceptions import StaleElementReferenceException

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if value := found():
                    return value
            except StaleElementReferenceException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"waited in vain: {what} at {self.driver.current_url}\n{self.one('body').text[:800]}")

    def keys(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def focused(self) -> str | None:
        found = self.script("const f = document.activeElement.closest('.field'); return f && f.dataset.pointer")
        return None if found is None else str(found)

    def faults(self) -> list[str]:
        """What axe calls serious or critical."""
        if not AXE.is_file():
            pytest.skip("axe-core is not installed (scripts/setup-browser.sh)")
        self.script(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations))"
        )
        return [
            f"{one['id']}: {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
            for one in found
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]

    def overflows(self) -> bool:
        return bool(self.script("return document.documentElement.scrollWidth > innerWidth + 1"))

    def picture(self, name: str) -> None:
        """A screenshot for the documentation, when asked for: `EXTRACTOR_SCREENSHOTS=docs/pictures`."""
        folder = os.environ.get("EXTRACTOR_SCREENSHOTS")
        if folder:
            self.wait(
                lambda: self.script("return [...document.images].every(i => i.complete || i.loading === 'lazy')"),
                "pictures",
            )
            time.sleep(0.4)
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(str(Path(folder) / f"{name}.png"))
