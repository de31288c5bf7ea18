"""What a user sees: progress, rehearsal, closing report."""

import io
import time

import pytest

from api.ui import words as page_words
from extractor.backfill import words
from extractor.backfill.options import Summary
from extractor.backfill.progress import Meter
from extractor.backfill.report import Failure, Section, as_page, as_rehearsal, as_text


def test_words_are_those_of_the_review_page() -> None:
    assert {code: pair[0] for code, pair in page_words.ISSUE_WORDS.items()} == words.ISSUES
    assert words.issue("issued-on-not-found").startswith(page_words.issue_words("issued-on-not-found", "vi"))


def test_a_log_gets_plain_lines() -> None:
    out = io.StringIO()
    with Meter(out, log_seconds=0) as meter:
        meter.update(4, succeeded=True)
        meter.update(4, succeeded=False)
    lines = out.getvalue().splitlines()
    assert "1/4 tệp" in lines[0]
    assert "2/4 tệp" in lines[-1]
    assert "1 lỗi" in lines[-1]
    assert "\x1b" not in out.getvalue()


def test_time_left_follows_the_rate_of_late(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    meter = Meter(io.StringIO(), log_seconds=1e9)
    for _ in range(600):  # ten a second for a minute, then one in ten seconds
        clock[0] += 0.1
        meter.update(10_000, succeeded=True)
    assert "600 tệp/phút" in meter.note()
    for _ in range(30):
        clock[0] += 10
        meter.update(10_000, succeeded=True)
    assert "6 tệp/phút" in meter.note()
    assert "còn khoảng 26,0 giờ" in meter.note()


def test_a_rehearsal_says_that_nothing_was_written() -> None:
    summary = Summary(size=3_000_000, problems=[("/kho/a", "Liên kết gãy. Sửa hoặc xóa rồi chạy lại.")])
    summary.taken.update({"new": 2, "unreadable": 1})
    told = as_rehearsal(summary)
    assert "chưa ghi gì" in told
    assert "2 tệp chưa có trong kho" in told
    assert "3,0 MB" in told
    assert "LỖI /kho/a: Liên kết gãy" in told


def test_many_failures_are_cut_on_the_screen_only() -> None:
    failed = [Failure(f"/kho/{number}.pdf", "corrupt", "Tệp hỏng.") for number in range(60)]
    parts = (Section("Trạng thái", (("xong", 12_345),)),)
    told = as_text(Summary(), parts, failed, most=50)
    assert told.count("LỖI") == 50
    assert "10 tệp lỗi nữa" in told
    assert "12.345  xong" in told
    assert as_text(Summary(), parts, failed).count("LỖI") == 60
    assert as_page(Summary(), parts, failed).count("<tr><td>") == 60
