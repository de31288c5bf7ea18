"""Products, producers and counts as news tell them: withdrawn ones, boards that score, holders and lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractor.programme import Understanding

Read = Callable[..., Understanding]


def named(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(p.name, p.producer, p.stars, p.status) for p in reading.products]


def counted(reading: Understanding) -> list[tuple[Any, ...]]:
    return [(c.stars.values if c.stars else None, c.number, c.status) for c in reading.counts if c.unit == "product"]


def test_a_producer_brings_its_products_behind_a_colon(read: Read) -> None:
    reading = read(
        "Danh sách các sản phẩm bị loại khỏi danh mục OCOP gồm:",
        "- Công ty Cổ phần Ong Mẫu (huyện Mẫu Xuyên): Mật ong gừng Mẫu và Mật ong sả Mẫu.",
        "- Hộ kinh doanh Lê Thị Mẫu: Rượu nếp Mẫu.",
    )
    assert named(reading) == [
        ("Mật ong gừng Mẫu", "Công ty Cổ phần Ong Mẫu", None, "revoked"),
        ("Mật ong sả Mẫu", "Công ty Cổ phần Ong Mẫu", None, "revoked"),
        ("Rượu nếp Mẫu", "Hộ kinh doanh Lê Thị Mẫu", None, "revoked"),
    ]


def test_the_bracket_of_a_count_and_its_producer_behind(read: Read) -> None:
    reading = read(
        "Tại thị xã Mẫu, thu hồi 3 sản phẩm OCOP hạng 4 sao (chè Mẫu, trà hoa Mẫu và Sâm rừng Mẫu) của HTX Xanh Mẫu. "
        "Tại xã Lạc Mẫu, thu hồi 1 sản phẩm 4 sao Rượu cau Mẫu."
    )
    assert [(name, producer) for name, producer, *_ in named(reading)] == [
        ("chè Mẫu", "HTX Xanh Mẫu"),
        ("trà hoa Mẫu", "HTX Xanh Mẫu"),
        ("Sâm rừng Mẫu", "HTX Xanh Mẫu"),
        ("Rượu cau Mẫu", None),
    ]
    assert {(stars, status) for *_, stars, status in named(reading)} == {(4, "revoked")}


def test_who_has_the_counted_products_makes_those_listed(read: Read) -> None:
    reading = read(
        "Tháng 6, HTX Nông nghiệp Mẫu Yang có 2 sản phẩm được Bộ Nông nghiệp và Môi trường công nhận đạt chuẩn OCOP "
        "5 sao quốc gia trong đợt đánh giá mới nhất của năm, gồm: cà phê Mẫu Yang, tiêu đen Mẫu Yang.",
    )
    assert named(reading) == [
        ("cà phê Mẫu Yang", "HTX Nông nghiệp Mẫu Yang", 5, "recognized"),
        ("tiêu đen Mẫu Yang", "HTX Nông nghiệp Mẫu Yang", 5, "recognized"),
    ]


def test_files_under_way_are_proposed(read: Read) -> None:
    reading = read(
        "Huyện hướng dẫn các chủ thể hoàn thiện thủ tục, hồ sơ để được công nhận đạt chuẩn 3 sao đối với 2 sản phẩm: "
        "Bún Mẫu Phương (cơ sở Hà Thị Mẫu); nem chua Mẫu Hà (cơ sở Mẫu Hà)."
    )
    assert {status for *_, status in named(reading)} == {"proposed"}
    assert counted(reading) == [((3,), 2, "proposed")]


def test_a_recognition_under_way_is_an_assessment(read: Read) -> None:
    reading = read("Thành phố đang tiếp tục đánh giá, công nhận 4 sản phẩm OCOP mới của các cơ sở.")
    assert counted(reading) == [(None, 4, "assessed")]


def test_what_a_board_scored_goes_on_in_the_next_sentence(read: Read) -> None:
    reading = read(
        "Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh đã chấm điểm, xếp hạng các sản phẩm dự thi. "
        "Hai sản phẩm đạt tiêu chuẩn OCOP 4 sao gồm: Trà Mẫu Văn và Yến sào Mẫu Dung. "
        "Đến nay, tỉnh đã có 138 sản phẩm OCOP đạt 3 sao.",
    )
    assert counted(reading) == [((4,), 2, "assessed"), ((3,), 138, "recognized")]


def test_the_rest_of_what_was_scored(read: Read) -> None:
    reading = read("Kết quả, có 1 sản phẩm được chấm điểm đạt OCOP 4 sao, 29 sản phẩm còn lại đạt 3 sao.")
    assert counted(reading) == [((4,), 1, "assessed"), ((3,), 29, "assessed")]


def test_a_rating_in_a_bracket_speaks_of_the_run_before_it(read: Read) -> None:
    reading = read(
        "Các sản phẩm gồm: muối hầm Mẫu, hoa muối Mẫu (OCOP 4 sao, HACCP) của Công ty TNHH Muối Mẫu; "
        "nước cốt chanh Mẫu Vân của hộ bà Nguyễn Thị Mẫu, xã Đại Mẫu (đạt 3 sao)."
    )
    assert [stars for *_, stars, _ in named(reading)] == [4, 4, 3]


def test_wares_and_trades_in_a_producers_name(read: Read) -> None:
    reading = read(
        "Hai sản phẩm OCOP 3 sao là giò lụa Mẫu của Cơ sở giò, chả Mẫu Bình và cá chẽm Mẫu của Công ty TNHH Đầu tư "
        "nông nghiệp công nghệ cao và năng lượng Biển Mẫu."
    )
    assert [p.producer for p in reading.products] == [
        "Cơ sở giò, chả Mẫu Bình",
        "Công ty TNHH Đầu tư nông nghiệp công nghệ cao và năng lượng Biển Mẫu",
    ]


def test_a_producer_ends_before_its_plans_and_a_consultant_is_none(read: Read) -> None:
    reading = read(
        "Lụa Mẫu Cao của HTX Dệt Mẫu Cao phấn đấu xây dựng sản phẩm OCOP 5 sao. "
        "Đơn vị tư vấn (Công ty cổ phần Sông Mẫu) giúp hoàn thiện hồ sơ."
    )
    assert [maker.name for maker in reading.makers] == ["HTX Dệt Mẫu Cao"]


def test_a_place_behind_a_name_is_no_other_product(read: Read) -> None:
    reading = read(
        "2 sản phẩm giò Mẫu Mơ và bánh chưng Mẫu Gia vừa được công nhận đạt chuẩn OCOP 3 sao.",
        "Sản phẩm giò Mẫu Mơ xã Xuân Mẫu đạt OCOP 3 sao.",
    )
    assert [p.name for p in reading.products] == ["giò Mẫu Mơ", "bánh chưng Mẫu Gia"]


def test_a_year_since_when_is_no_period(read: Read) -> None:
    reading = read("Tính từ khi triển khai Chương trình năm 2018 đến nay, tỉnh đã có 238 sản phẩm đạt sao OCOP.")
    assert [count.period for count in reading.counts] == [None]


def test_a_metaphor_in_quotes_is_no_product(read: Read) -> None:
    reading = read(
        "HTX Mẫu có 5 sản phẩm được công nhận OCOP 5 sao. Đây là “tấm vé vàng” quan trọng giúp HTX mở rộng thị trường."
    )
    assert not reading.products
