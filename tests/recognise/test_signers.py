"""Signature blocks on paper and on the web."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from extractor.document import BBox, Document, Picture, Word, Zone
from extractor.layout import from_text
from extractor.recognise import second_look, signers
from extractor.recognise.base import Found
from tests.recognise.signing import RULES, Row, page_document, words_of

HEAD = (
    "ỦY BAN NHÂN DÂN\nHUYỆN MẪU\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    "Số: 12/KH-UBND\n\nMẫu, ngày 14 tháng 4 năm 2021\n\nKẾ HOẠCH\n\nTriển khai Chương trình năm 2021\n\n"
    "Yêu cầu các đơn vị thực hiện./.\n\n"
)
Four = tuple[str | None, str | None, str | None, str | None]


def found_in(document: Document) -> list[Four]:
    findings = signers.find(document, RULES, Found()).findings
    return [tuple(f.value[k] for k in ("name", "position", "authority", "on_behalf_of")) for f in findings]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        (
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nNguyễn Văn An",
            [("Nguyễn Văn An", "Phó Chủ tịch", "KT.", "Chủ tịch")],
        ),
        (
            "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tKT. CHỦ TỊCH\n- Lưu: VT.\tPHÓ CHỦ TỊCH\n\n\tNguyễn Thị Dậu",
            [("Nguyễn Thị Dậu", "Phó Chủ tịch", "KT.", "Chủ tịch")],
        ),
        (
            "Nơi nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Trần Thị Bê",
            [("Trần Thị Bê", "Chủ tịch", "TM.", "Ủy ban nhân dân")],
        ),
        ("KT. Chủ tịch\nPhó Chủ tịch\n\nVũ Văn Hòa", [("Vũ Văn Hòa", "Phó Chủ tịch", "KT.", "Chủ tịch")]),
        (
            "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH     KT. BỘ TRƯỞNG BỘ NỘI VỤ\nTHỨ TRƯỞNG     THỨ TRƯỞNG\n\n"
            "Chu Văn Tuấn     Đoàn Thị Uyên",
            [
                ("Chu Văn Tuấn", "Thứ trưởng", "KT.", "Bộ trưởng Bộ Tài chính"),
                ("Đoàn Thị Uyên", "Thứ trưởng", "KT.", "Bộ trưởng Bộ Nội vụ"),
            ],
        ),
        ("Q. CHỦ TỊCH\n\n\nH'Yim Kđoh", [("H'Yim Kđoh", "Chủ tịch", "Q.", None)]),
        ("**Lê Văn Cường**", [("Lê Văn Cường", None, None, None)]),
    ],
)
def test_text_forms(foot: str, expected: list[Four]) -> None:
    assert found_in(from_text(HEAD + foot, RULES)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sản phẩm khởi sắc\n\nÔng Nguyễn Văn An, Chủ tịch UBND huyện cho biết.\n\nKết quả tốt./.\n\nTrần Thu Hà",
        "Sản phẩm khởi sắc\n\nNhiều hộ tham gia.\n\nBài, ảnh: Trần Thu Hà",
        "CHỦ TỊCH UBND TỈNH TRAO GIẤY CHỨNG NHẬN\n\nÔng Lê Văn B phát biểu.\n\nTrần Văn Cao",
    ],
)
def test_news_has_no_signer(text: str) -> None:
    assert found_in(from_text(text, RULES)) == []


def test_spans_hold_what_is_claimed() -> None:
    document = from_text(HEAD + "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNGUYỄN VĂN AN", RULES)
    [finding] = signers.find(document, RULES, Found()).findings
    texts = {name: document.raw(leaf.spans[0]) for name, leaf in finding.leaves.items()}
    assert texts["name"] == "NGUYỄN VĂN AN"
    assert texts["position"] == "PHÓ CHỦ TỊCH"
    assert texts["authority"] == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"


FOOT: tuple[Row, ...] = (
    (70, 300, "Nơi nhận:"),
    (70, 316, "- Như Điều 3;"),
    (70, 332, "- Sở Mẫu;"),
    (70, 348, "- Lưu: VT, KT."),
)


def test_scan_block_beside_the_recipients() -> None:
    right: tuple[Row, ...] = ((370, 300, "KT. CHỦ TỊCH"), (365, 316, "PHÓ CHỦ TỊCH"), (365, 400, "Trần Văn Bình"))
    assert found_in(page_document((*FOOT, *right))) == [("Trần Văn Bình", "Phó Chủ tịch", "KT.", "Chủ tịch")]


def test_two_offices_around_the_signature() -> None:
    right: tuple[Row, ...] = ((370, 300, "TRƯỞNG BAN"), (350, 390, "CHỦ TỊCH UBND TINH"), (360, 406, "Trần Văn Bình"))
    [signer] = found_in(page_document((*FOOT, *right)))
    assert signer == ("Trần Văn Bình", "Chủ tịch UBND tỉnh", None, "Trưởng Ban")


def test_damaged_letters_are_put_right_and_told() -> None:
    right: tuple[Row, ...] = (
        (370, 300, "KT. BỘ TRƯỞNG"), (375, 316, "ỨƯ TRƯỞNG", 0.5), (365, 400, "rần Văn Bình", 0.7)
    )  # fmt: skip
    [finding] = signers.find(page_document((*FOOT, *right)), RULES, Found()).findings
    assert (finding.value["position"], finding.value["name"]) == ("Thứ trưởng", "Trần Văn Bình")
    assert all(finding.leaves[name].reasons for name in ("name", "position"))
    assert finding.leaves["name"].confidence < 0.9


def test_a_rare_family_name_is_left_alone() -> None:
    right: tuple[Row, ...] = ((370, 300, "CHỦ TỊCH"), (365, 400, "Nông Hữu Nghị"))
    assert found_in(page_document((*FOOT, *right)))[0][0] == "Nông Hữu Nghị"


def test_unread_name_is_told_with_its_place() -> None:
    found = signers.find(page_document((*FOOT, (370, 300, "CHỦ TỊCH"), (365, 400, "~ ⁄ ¬", 0.1))), RULES, Found())
    assert [f.value["name"] for f in found.findings] == [None]
    [problem] = found.problems
    assert problem.code == "signers-unreadable"
    assert problem.regions
    assert problem.about == (found.findings[0],)


def _with_picture(document: Document) -> Document:
    blank = Picture(np.full((842, 595, 3), 255, np.uint8), 72)
    return dataclasses.replace(document, picture=lambda page: blank)


def test_second_look_votes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five readings of a doubtful line: the one read most often wins and the doubt shows in the confidence."""
    right: tuple[Row, ...] = ((370, 300, "KT. CHỦ TỊCH"), (365, 316, "PHÓ CHỦ TỊCH"), (365, 400, "Trần Văn Hinh", 0.6))
    answers = iter([*["Trần Văn Bình"] * 4, "Trần Văn Binh"])

    def read(picture: Picture, box: BBox, channel: str, mode: str, scale: float) -> tuple[Word, ...]:
        return words_of([(box.x0, box.top, next(answers))])

    monkeypatch.setattr(second_look, "_read", read)
    monkeypatch.setattr(second_look, "second_voice", lambda: None)
    document = _with_picture(page_document((*FOOT, *right)))
    [finding] = signers.find(document, RULES, Found()).findings
    name = finding.leaves["name"]
    assert (name.value, name.raw, name.spans) == ("Trần Văn Bình", "Trần Văn Bình", ())
    assert name.reasons
    assert name.regions
    assert name.confidence < 0.95


def test_second_look_finds_the_office_under_the_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    right: tuple[Row, ...] = ((370, 300, "KT. GIÁM ĐỐC"), (395, 316, "GIÁM ĐỐC", 0.8), (365, 400, "Trần Văn Bình"))
    again = words_of([(370, 300, "KT. GIÁM ĐỐC"), (365, 316, "PHÓ GIÁM ĐỐC"), (365, 400, "Trần Văn Bình")])
    monkeypatch.setattr(second_look, "_read", lambda *args: again)
    assert found_in(_with_picture(page_document((*FOOT, *right)))) == [
        ("Trần Văn Bình", "Phó Giám đốc", "KT.", "Giám đốc")
    ]


def test_lost_deputy_without_a_picture_is_inferred_and_told() -> None:
    right: tuple[Row, ...] = ((370, 300, "KT. GIÁM ĐỐC"), (395, 316, "GIÁM ĐỐC"), (365, 400, "Trần Văn Bình"))
    [finding] = signers.find(page_document((*FOOT, *right)), RULES, Found()).findings
    assert finding.value["position"] == "Phó Giám đốc"
    assert "cấp phó" in finding.leaves["position"].reasons[0]
    assert finding.leaves["position"].confidence <= 0.8


def test_a_list_behind_the_signature_gives_no_name() -> None:
    text = HEAD + (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\n\nGiàng Seo Lử\n\nDANH SÁCH SẢN PHẨM\n\n"
        "(Kèm theo Quyết định số 12/QĐ-UBND)\n\nTrần Văn Bình\n\nSản phẩm mẫu"
    )
    document = from_text(text, RULES)
    assert [name for name, *_ in found_in(document)] == ["Giàng Seo Lử"]
    assert document.zone_at(text.index("Trần Văn Bình")) == "appendix"


def test_a_name_without_its_family_name_is_doubtful() -> None:
    right: tuple[Row, ...] = ((370, 300, "CHỦ TỊCH"), (365, 400, "Minh Quới"))
    [finding] = signers.find(page_document((*FOOT, *right)), RULES, Found()).findings
    assert finding.value["name"] == "Minh Quới"
    assert finding.leaves["name"].confidence < 0.8


def test_an_office_ends_where_no_word_follows() -> None:
    assert signers._without_noise("Phó Chánh Văn phòng ivx), HC") == "Phó Chánh Văn phòng"
    assert signers._without_noise("Chủ tịch UBND tỉnh") == "Chủ tịch UBND tỉnh"
    assert signers._without_noise("Phó Trưởng ban (chuyên trách)") == "Phó Trưởng ban (chuyên trách)"


def test_the_same_office_twice_is_signed_for_the_head() -> None:
    right: tuple[Row, ...] = ((395, 300, "GIÁM ĐỐC"), (395, 316, "GIÁM ĐỐC"), (365, 400, "Trần Văn Bình"))
    [finding] = signers.find(page_document((*FOOT, *right)), RULES, Found()).findings
    assert (finding.value["position"], finding.value["authority"]) == ("Phó Giám đốc", "KT.")
    assert "liền nhau" in finding.leaves["position"].reasons[0]


@pytest.mark.parametrize("damaged", ["x1 NÓ GIÁM ĐỐC", "PHỐ GLÁM DOC", "/7 ^. PHÓ GIÁM ĐỐC"])
def test_only_a_deputy_stands_below_the_head_signed_for(damaged: str) -> None:
    right: tuple[Row, ...] = ((370, 300, "KT. GIÁM ĐỐC"), (365, 316, damaged, 0.6), (365, 400, "Trần Văn Bình"))
    [finding] = signers.find(page_document((*FOOT, *right)), RULES, Found()).findings
    assert finding.value["position"] == "Phó Giám đốc"


def test_readings_are_put_together_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is whole in one reading, the office in the next, the name in the third."""
    looks = iter(
        [
            words_of([(370, 300, "KT. GIÁM ĐỐC"), (365, 316, "FHQ +IAM", 0.3), (381, 400, "an Binh", 0.5)]),
            words_of([(388, 300, "I. GIAN"), (365, 316, "PHÓ GIÁM ĐỐC"), (381, 400, "an Binh", 0.5)]),
            *[words_of([(365, 400, "Trần Văn Bình")])] * 30,
        ]
    )
    monkeypatch.setattr(second_look, "_read", lambda *args, **kwargs: next(looks))
    monkeypatch.setattr(second_look, "second_voice", lambda: None)
    document = _with_picture(page_document((*FOOT, (388, 400, "n Binh", 0.3))))
    assert found_in(document) == [("Trần Văn Bình", "Phó Giám đốc", "KT.", "Giám đốc")]


def test_an_office_off_the_axis_is_doubtful() -> None:
    """ "GIÁM ĐỐC" far to the right of the name's middle: what stands before it was not read."""
    right: tuple[Row, ...] = ((420, 300, "GIÁM ĐỐC"), (365, 400, "Trần Văn Bình"))
    found = signers.find(page_document((*FOOT, *right)), RULES, Found())
    assert found.findings[0].leaves["position"].confidence < 0.7
    assert [problem.code for problem in found.problems] == ["low-confidence"]
    assert found.problems[0].regions


def test_the_block_beside_an_unread_label(monkeypatch: pytest.MonkeyPatch) -> None:
    again = words_of([(370, 300, "KT. GIÁM ĐỐC"), (365, 316, "PHÓ GIÁM ĐỐC"), (365, 400, "Trần Văn Bình")])
    monkeypatch.setattr(second_look, "_read", lambda *args, **kwargs: again)
    document = _with_picture(page_document(((70, 300, "Xơi nhận:"), (70, 316, "Như trên"))))
    whole = dataclasses.replace(document, zones=(Zone("body", 0, len(document.text)),))
    assert found_in(whole) == [("Trần Văn Bình", "Phó Giám đốc", "KT.", "Giám đốc")]
