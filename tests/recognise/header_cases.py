# ruff: noqa: E501
"""Invented documents and the header that each has: one for every form seen in real archives and on web pages."""

from __future__ import annotations

from typing import Any

Case = tuple[str, str, dict[str, Any]]

CASES: list[Case] = [
    (
        "ministry decision",
        """BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 2245/QĐ-BNNMT

Hà Nội, ngày 07 tháng 7 năm 2025

QUYẾT ĐỊNH

VỀ VIỆC CÔNG BỐ THỦ TỤC HÀNH CHÍNH TRONG LĨNH VỰC KINH TẾ HỢP TÁC

BỘ TRƯỞNG BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG

Căn cứ Nghị định số 35/2025/NĐ-CP ngày 25 tháng 02 năm 2025 của Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Công bố kèm theo.
""",
        {
            "doc_type": "QĐ",
            "number": "2245",
            "symbol": "QĐ-BNNMT",
            "identifier": "2245/QĐ-BNNMT",
            "issued_on": "2025-07-07",
            "issued_at": "Hà Nội",
            "agency": "Bộ Nông nghiệp và Môi trường",
            "parent": None,
            "subject": "VỀ VIỆC CÔNG BỐ THỦ TỤC HÀNH CHÍNH TRONG LĨNH VỰC KINH TẾ HỢP TÁC",
        },
    ),
    (
        "table flattened to one line",
        """ỦY BAN NHÂN DÂN TỈNH BẾN TRE ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 1234/KH-UBND Bến Tre, ngày 05 tháng 3 năm 2022

KẾ HOẠCH
THỰC HIỆN CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM TỈNH BẾN TRE NĂM 2022

Thực hiện Quyết định số 919/QĐ-TTg ngày 01 tháng 8 năm 2022 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
""",
        {
            "doc_type": "KH",
            "number": "1234",
            "symbol": "KH-UBND",
            "issued_on": "2022-03-05",
            "issued_at": "Bến Tre",
            "agency": "Ủy ban nhân dân tỉnh Bến Tre",
            "subject": "THỰC HIỆN CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM TỈNH BẾN TRE NĂM 2022",
        },
    ),
    (
        "so with parent",
        """UBND TỈNH BẠC LIÊU
SỞ NÔNG NGHIỆP VÀ
PHÁT TRIỂN NÔNG THÔN

Số: 88/BC-SNNPTNT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bạc Liêu, ngày 12 tháng 01 năm 2023

BÁO CÁO
Kết quả đánh giá, phân hạng sản phẩm OCOP
đợt 1 năm 2022

Kính gửi: Ủy ban nhân dân tỉnh.

Thực hiện Kế hoạch số 10/KH-UBND.
""",
        {
            "doc_type": "BC",
            "number": "88",
            "symbol": "BC-SNNPTNT",
            "issued_on": "2023-01-12",
            "issued_at": "Bạc Liêu",
            "agency": "Sở Nông nghiệp và Phát triển nông thôn",
            "parent": "Ủy ban nhân dân tỉnh Bạc Liêu",
            "subject": "Kết quả đánh giá, phân hạng sản phẩm OCOP đợt 1 năm 2022",
        },
    ),
    (
        "cong van",
        """UBND HUYỆN CHÂU THÀNH
PHÒNG KINH TẾ
Số: 45/PKT-NN
V/v rà soát sản phẩm OCOP
hết hạn năm 2024

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Châu Thành, ngày 06 tháng 5 năm 2024

Kính gửi:
- UBND các xã, thị trấn;
- Các chủ thể OCOP.

Thực hiện Công văn số 12/SNN-PTNT, đề nghị các đơn vị rà soát.

Nơi nhận:
- Như trên;
- Lưu: VT.

TRƯỞNG PHÒNG

Nguyễn Văn Mẫu
""",
        {
            "doc_type": "CV",
            "number": "45",
            "symbol": "PKT-NN",
            "issued_on": "2024-05-06",
            "issued_at": "Châu Thành",
            "agency": "Phòng Kinh tế",
            "parent": "Ủy ban nhân dân huyện Châu Thành",
            "subject": "V/v rà soát sản phẩm OCOP hết hạn năm 2024",
        },
    ),
    (
        "party",
        """TỈNH ỦY THANH HÓA
BAN TUYÊN GIÁO
*
Số 123-HD/BTGTU

ĐẢNG CỘNG SẢN VIỆT NAM

Thanh Hóa, ngày 03 tháng 02 năm 2023

HƯỚNG DẪN
Tuyên truyền Chương trình mỗi xã một sản phẩm

Căn cứ Kế hoạch số 11-KH/TU ngày 05/01/2023 của Ban Thường vụ Tỉnh ủy;
Ban Tuyên giáo Tỉnh ủy hướng dẫn như sau:
""",
        {
            "doc_type": "HD",
            "number": "123",
            "symbol": "HD/BTGTU",
            "identifier": "123-HD/BTGTU",
            "issued_on": "2023-02-03",
            "issued_at": "Thanh Hóa",
            "agency": "Ban Tuyên giáo",
            "parent": "Tỉnh ủy Thanh Hóa",
            "subject": "Tuyên truyền Chương trình mỗi xã một sản phẩm",
        },
    ),
    (
        "commune after merge",
        """ỦY BAN NHÂN DÂN
XÃ TIÊN LÃNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số:      /TTr-UBND
Tiên Lãng, ngày     tháng 8 năm 2025

TỜ TRÌNH
Về việc đề nghị đánh giá, phân hạng sản phẩm OCOP năm 2025

Kính gửi: Sở Nông nghiệp và Môi trường.
""",
        {
            "doc_type": "TTr",
            "number": None,
            "symbol": "TTr-UBND",
            "identifier": "/TTr-UBND",
            "issued_on": "2025-08",
            "issued_at": "Tiên Lãng",
            "agency": "Ủy ban nhân dân xã Tiên Lãng",
            "subject": "Về việc đề nghị đánh giá, phân hạng sản phẩm OCOP năm 2025",
            "issues": ["number-blank", "date-incomplete"],
        },
    ),
    (
        "decree",
        """CHÍNH PHỦ
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 98/2018/NĐ-CP

Hà Nội, ngày 05 tháng 07 năm 2018

NGHỊ ĐỊNH

VỀ CHÍNH SÁCH KHUYẾN KHÍCH PHÁT TRIỂN HỢP TÁC, LIÊN KẾT TRONG SẢN XUẤT

Căn cứ Luật tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
""",
        {
            "doc_type": "NĐ",
            "number": "98",
            "symbol": "NĐ-CP",
            "identifier": "98/2018/NĐ-CP",
            "issued_on": "2018-07-05",
            "agency": "Chính phủ",
        },
    ),
    (
        "prime minister",
        """THỦ TƯỚNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 919/QĐ-TTg
Hà Nội, ngày 01 tháng 8 năm 2022

QUYẾT ĐỊNH
PHÊ DUYỆT CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM GIAI ĐOẠN 2021 - 2025
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
""",
        {
            "doc_type": "QĐ",
            "symbol": "QĐ-TTg",
            "agency": "Thủ tướng Chính phủ",
            "subject": "PHÊ DUYỆT CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM GIAI ĐOẠN 2021 - 2025",
        },
    ),
    (
        "joint circular",
        """BỘ NỘI VỤ - BỘ TÀI CHÍNH
Số: 05/2012/TTLT-BNV-BTC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 20 tháng 4 năm 2012

THÔNG TƯ LIÊN TỊCH
Hướng dẫn chế độ phụ cấp công vụ

Căn cứ Nghị định số 34/2012/NĐ-CP ngày 15 tháng 4 năm 2012 của Chính phủ;
""",
        {
            "doc_type": "TTLT",
            "number": "05",
            "symbol": "TTLT-BNV-BTC",
            "identifier": "05/2012/TTLT-BNV-BTC",
            "agency": "Bộ Nội vụ - Bộ Tài chính",
        },
    ),
    (
        "headerless plan",
        """KẾ HOẠCH
Triển khai Chương trình OCOP năm 2023 trên địa bàn huyện Mẫu Sơn

Căn cứ Quyết định số 919/QĐ-TTg ngày 01/8/2022 của Thủ tướng Chính phủ;

UBND huyện Mẫu Sơn ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
1. Nâng cao nhận thức.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Trần Thị Mẫu
""",
        {
            "doc_type": "KH",
            "number": None,
            "symbol": None,
            "issued_on": None,
            "agency": "Ủy ban nhân dân huyện Mẫu Sơn",
            "subject": "Triển khai Chương trình OCOP năm 2023 trên địa bàn huyện Mẫu Sơn",
        },
    ),
    (
        "news",
        """Huyện Mẫu Sơn có thêm 5 sản phẩm OCOP 4 sao
Thứ hai, 12/06/2023 | 10:15

UBND tỉnh vừa ban hành Quyết định số 1234/QĐ-UBND ngày 05/6/2023 về việc công nhận sản phẩm OCOP. Theo đó, Kế hoạch số 12/KH-UBND được triển khai.
Đồng chí Chủ tịch cho biết: "Căn cứ kết quả, chúng tôi sẽ...".
Số: 5 sản phẩm mới gồm chè, miến, mật ong.
""",
        {
            "doc_type": None,
            "number": None,
            "symbol": None,
            "identifier": None,
            "issued_on": None,
            "issued_at": None,
            "agency": None,
            "subject": None,
        },
    ),
    (
        "portal with metadata",
        """Trang chủ > Văn bản > Chi tiết
Quyết định 77/QĐ-UBND năm 2023 công nhận sản phẩm OCOP
Số hiệu: 78/QĐ-UBND
Loại văn bản: Quyết định
Nơi ban hành: Tỉnh Hòa Bình
Người ký: Quách Văn Mẫu
Ngày ban hành: 10/01/2023
Ngày hiệu lực: 10/01/2023

ỦY BAN NHÂN DÂN
TỈNH HÒA BÌNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 78/QĐ-UBND
Hòa Bình, ngày 11 tháng 01 năm 2023

QUYẾT ĐỊNH
CÔNG NHẬN SẢN PHẨM OCOP NĂM 2022
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
""",
        {
            "doc_type": "QĐ",
            "number": "78",
            "issued_on": "2023-01-11",
            "agency": "Ủy ban nhân dân tỉnh Hòa Bình",
            "subject": "CÔNG NHẬN SẢN PHẨM OCOP NĂM 2022",
            "issues": ["number-conflict", "date-conflict"],
        },
    ),
    (
        "type conflict",
        """UBND HUYỆN MẪU SƠN
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Sơn, ngày 12 tháng 3 năm 2023

BÁO CÁO
Kết quả thực hiện Chương trình OCOP quý I

Kính gửi: UBND tỉnh.
""",
        {
            "doc_type": "BC",
            "symbol": "KH-UBND",
            "issues": ["type-conflict"],
        },
    ),
    (
        "vpdp",
        """UBND TỈNH THANH HÓA
VĂN PHÒNG ĐIỀU PHỐI CHƯƠNG
TRÌNH XÂY DỰNG NÔNG THÔN MỚI
Số: 201/VPĐP-OCOP
V/v báo cáo kết quả OCOP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thanh Hóa, ngày 19 tháng 01 năm 2024
Kính gửi: UBND các huyện, thị xã, thành phố
Thực hiện chương trình công tác năm 2024.
""",
        {
            "doc_type": "CV",
            "symbol": "VPĐP-OCOP",
            "parent": "Ủy ban nhân dân tỉnh Thanh Hóa",
            "agency": "Văn phòng Điều phối Chương trình xây dựng nông thôn mới",
            "subject": "V/v báo cáo kết quả OCOP",
        },
    ),
    (
        "header lost, headline body agency",
        """Số: 37 /BC-UBND

Hà Trung, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả thực hiện Chương trình OCOP năm 2022

Thực hiện Công văn số 1/VPĐP-OCOP ngày 14/12/2022 của Văn phòng Điều phối nông thôn mới tỉnh Thanh Hóa, UBND huyện Hà Trung báo cáo như sau:
UBND tỉnh Thanh Hóa đã công nhận 3 sản phẩm.
""",
        {
            "doc_type": "BC",
            "number": "37",
            "agency": "Ủy ban nhân dân huyện Hà Trung",
            "issued_on": "2022-12-20",
        },
    ),
    (
        "thong bao in title case",
        """UBND XÃ MẪU
Số: 05/TB-UBND

CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc

Mẫu, ngày 2 tháng 3 năm 2024

Thông báo
Về việc đăng ký tham gia Chương trình OCOP

Căn cứ kế hoạch của huyện;
""",
        {
            "doc_type": "TB",
            "number": "05",
            "subject": "Về việc đăng ký tham gia Chương trình OCOP",
        },
    ),
    (
        "hcm",
        """ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒ CHÍ MINH
Số: 1200/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thành phố Hồ Chí Minh, ngày 5 tháng 4 năm 2024
QUYẾT ĐỊNH
Về công nhận sản phẩm OCOP
ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH
Căn cứ Luật Tổ chức chính quyền địa phương;
""",
        {
            "issued_at": "Thành phố Hồ Chí Minh",
            "agency": "Ủy ban nhân dân thành phố Hồ Chí Minh",
            "subject": "Về công nhận sản phẩm OCOP",
            "issued_on": "2024-04-05",
        },
    ),
    (
        "council",
        """HỘI ĐỒNG NHÂN DÂN
HUYỆN MƯỜNG LÁT
Số: 15/NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mường Lát, ngày 20 tháng 12 năm 2021
NGHỊ QUYẾT
Về nhiệm vụ phát triển kinh tế - xã hội năm 2022
HỘI ĐỒNG NHÂN DÂN HUYỆN MƯỜNG LÁT
KHÓA VI, KỲ HỌP THỨ 5
Căn cứ Luật Tổ chức chính quyền địa phương;
""",
        {
            "doc_type": "NQ",
            "agency": "Hội đồng nhân dân huyện Mường Lát",
            "subject": "Về nhiệm vụ phát triển kinh tế - xã hội năm 2022",
        },
    ),
    (
        "minutes",
        """HỘI ĐỒNG ĐÁNH GIÁ, PHÂN HẠNG
SẢN PHẨM OCOP HUYỆN MẪU SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 01/BB-HĐĐG
Mẫu Sơn, ngày 10 tháng 11 năm 2023
BIÊN BẢN
Họp Hội đồng đánh giá, phân hạng sản phẩm OCOP đợt 2 năm 2023
I. THỜI GIAN, ĐỊA ĐIỂM
""",
        {
            "doc_type": "BB",
            "number": "01",
            "symbol": "BB-HĐĐG",
            "subject": "Họp Hội đồng đánh giá, phân hạng sản phẩm OCOP đợt 2 năm 2023",
        },
    ),
    (
        "old form",
        """UỶ BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 26 UB/QĐ
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày 3 tháng 2 năm 1998
QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN
Về việc giao đất
UỶ BAN NHÂN DÂN TỈNH LẠNG SƠN
- Căn cứ Luật Tổ chức HĐND và UBND;
""",
        {
            "doc_type": "QĐ",
            "number": "26",
            "symbol": "UB/QĐ",
            "subject": "Về việc giao đất",
            "agency": "Ủy ban nhân dân tỉnh Lạng Sơn",
        },
    ),
    (
        "markdown",
        """**ỦY BAN NHÂN DÂN**
**HUYỆN MẪU SƠN**

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
**Độc lập - Tự do - Hạnh phúc**

Số: 15/KH-UBND

*Mẫu Sơn, ngày 15 tháng 02 năm 2022*

**KẾ HOẠCH**

**Thực hiện Chương trình OCOP năm 2022**

Căn cứ Kế hoạch số 10/KH-UBND;
""",
        {
            "doc_type": "KH",
            "number": "15",
            "issued_on": "2022-02-15",
            "issued_at": "Mẫu Sơn",
            "subject": "Thực hiện Chương trình OCOP năm 2022",
            "agency": "Ủy ban nhân dân huyện Mẫu Sơn",
        },
    ),
    (
        "pipes table",
        """| ỦY BAN NHÂN DÂN TỈNH SƠN LA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |
| --- | --- |
| Số: 99/KH-UBND | Sơn La, ngày 15 tháng 3 năm 2021 |

KẾ HOẠCH
Phát triển sản phẩm OCOP năm 2021

Căn cứ Quyết định số 490/QĐ-TTg;
""",
        {
            "doc_type": "KH",
            "number": "99",
            "symbol": "KH-UBND",
            "issued_on": "2021-03-15",
            "issued_at": "Sơn La",
            "agency": "Ủy ban nhân dân tỉnh Sơn La",
        },
    ),
    (
        "dotted blanks",
        """UBND HUYỆN MẪU SƠN
PHÒNG NÔNG NGHIỆP & PTNT
Số: ......./BC-NN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Sơn, ngày ..... tháng ..... năm 2021
BÁO CÁO
Kết quả OCOP
Kính gửi: UBND huyện
""",
        {
            "number": None,
            "identifier": "/BC-NN",
            "issued_on": "2021",
            "agency": "Phòng Nông nghiệp và Phát triển nông thôn",
            "issues": ["number-blank", "date-incomplete"],
        },
    ),
    (
        "tvpl",
        """Quyết định 781/QĐ-TTg 2020 sửa đổi Phụ lục Quyết định 1048/QĐ-TTg
Tải về
Số hiệu:	781/QĐ-TTg		Loại văn bản:	Quyết định
Nơi ban hành:	Thủ tướng Chính phủ		Người ký:	Nguyễn Văn Mẫu
Ngày ban hành:	08/06/2020		Ngày hiệu lực:	Đã biết
Ngày công báo:	Đang cập nhật		Số công báo:	Đang cập nhật
Tình trạng:	Đã biết

THỦ TƯỚNG CHÍNH PHỦ
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 781/QĐ-TTg

Hà Nội, ngày 08 tháng 6 năm 2020

QUYẾT ĐỊNH

VỀ VIỆC SỬA ĐỔI PHỤ LỤC

THỦ TƯỚNG CHÍNH PHỦ

Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
""",
        {
            "doc_type": "QĐ",
            "identifier": "781/QĐ-TTg",
            "issued_on": "2020-06-08",
            "agency": "Thủ tướng Chính phủ",
            "subject": "VỀ VIỆC SỬA ĐỔI PHỤ LỤC",
            "issues": [],
        },
    ),
    (
        "portal only",
        """Trang chủ
Kế hoạch 55/KH-UBND phát triển sản phẩm OCOP
Số ký hiệu	55/KH-UBND
Ngày ban hành	12/03/2022
Loại văn bản	Kế hoạch
Cơ quan ban hành	UBND huyện Mẫu Sơn
Trích yếu	Phát triển sản phẩm OCOP năm 2022
Nội dung đang được cập nhật.
""",
        {
            "doc_type": "KH",
            "number": "55",
            "identifier": "55/KH-UBND",
            "issued_on": "2022-03-12",
            "agency": "Ủy ban nhân dân huyện Mẫu Sơn",
            "subject": "Phát triển sản phẩm OCOP năm 2022",
        },
    ),
    (
        "law",
        """QUỐC HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Luật số: 17/2023/QH15
Hà Nội, ngày 20 tháng 6 năm 2023

LUẬT

HỢP TÁC XÃ

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Hợp tác xã.
""",
        {
            "doc_type": "L",
            "number": "17",
            "symbol": "QH15",
            "identifier": "17/2023/QH15",
            "agency": "Quốc hội",
            "subject": "HỢP TÁC XÃ",
            "issues": [],
        },
    ),
    (
        "html no blank lines",
        """ỦY BAN NHÂN DÂN
HUYỆN MẪU SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/BC-UBND
Mẫu Sơn, ngày 15 tháng 02 năm 2022
BÁO CÁO
Kết quả thực hiện Chương trình OCOP năm 2021
Thực hiện Kế hoạch số 10/KH-UBND ngày 3/3/2021, UBND huyện báo cáo như sau:
I. KẾT QUẢ
1. Công tác chỉ đạo
Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
CHỦ TỊCH
Nguyễn Văn Mẫu
""",
        {
            "subject": "Kết quả thực hiện Chương trình OCOP năm 2021",
            "doc_type": "BC",
        },
    ),
    (
        "du thao",
        """UBND TỈNH MẪU
SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG

DỰ THẢO

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số:      /TTr-SNNMT

Mẫu, ngày      tháng     năm 2025

TỜ TRÌNH
Về việc ban hành Quyết định phân cấp quản lý OCOP

Kính gửi: Ủy ban nhân dân tỉnh.
""",
        {
            "number": None,
            "identifier": "/TTr-SNNMT",
            "agency": "Sở Nông nghiệp và Môi trường",
            "subject": "Về việc ban hành Quyết định phân cấp quản lý OCOP",
            "issues": ["number-blank", "date-incomplete"],
        },
    ),
    (
        "news with motto mention",
        """Đại hội Đảng bộ huyện Mẫu Sơn
Ngày 12/3, dưới sự lãnh đạo của Đảng Cộng sản Việt Nam, đại hội khai mạc.
Nước Cộng hòa xã hội chủ nghĩa Việt Nam.
Hà Nội, ngày 12 tháng 3 năm 2020, ông Mẫu nói.
Căn cứ vào kết quả trên, huyện có 5 sản phẩm OCOP.
""",
        {
            "doc_type": None,
            "number": None,
            "issued_on": None,
            "issued_at": None,
            "agency": None,
            "subject": None,
        },
    ),
    (
        "news title caps",
        """THÔNG BÁO TUYỂN SINH LỚP TẬP HUẤN OCOP
Trung tâm thông báo mở lớp.
Mọi chi tiết liên hệ 0900000000.
""",
        {
            "doc_type": None,
            "subject": None,
        },
    ),
    (
        "subject in two paragraphs caps",
        """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lào Cai, ngày 15 tháng 02 năm 2022

KẾ HOẠCH

TRIỂN KHAI CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM

GIAI ĐOẠN 2021 - 2025

Thực hiện Quyết định số 919/QĐ-TTg, UBND tỉnh ban hành kế hoạch.
""",
        {
            "subject": "TRIỂN KHAI CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM GIAI ĐOẠN 2021 - 2025",
        },
    ),
    (
        "subject then KH heading caps",
        """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lào Cai, ngày 15 tháng 02 năm 2022

KẾ HOẠCH

TRIỂN KHAI CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích
""",
        {
            "subject": "TRIỂN KHAI CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM",
        },
    ),
    (
        "wrapped web page",
        """ỦY BAN NHÂN DÂN
TỈNH CÀ MAU
-------
|
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số:
31/2023/QĐ-UBND
|
Cà Mau, ngày 25
tháng 01 năm 2023
|
QUYẾT ĐỊNH
QUY ĐỊNH MỨC HỖ TRỢ PHÁT TRIỂN SẢN PHẨM OCOP
TRÊN ĐỊA BÀN TỈNH CÀ MAU
ỦY BAN NHÂN DÂN TỈNH CÀ MAU
Căn cứ Luật Tổ chức chính
quyền địa phương ngày 19 tháng 6 năm 2015;
QUYẾT ĐỊNH:
Điều 1. Ban
hành kèm theo Quyết định này Quy định.
""",
        {
            "doc_type": "QĐ",
            "number": "31",
            "identifier": "31/2023/QĐ-UBND",
            "issued_on": "2023-01-25",
            "issued_at": "Cà Mau",
            "agency": "Ủy ban nhân dân tỉnh Cà Mau",
            "subject": "QUY ĐỊNH MỨC HỖ TRỢ PHÁT TRIỂN SẢN PHẨM OCOP TRÊN ĐỊA BÀN TỈNH CÀ MAU",
            "issues": [],
        },
    ),
    (
        "title and place lost",
        """- 1Luật tổ chức chính quyền địa phương 2015
- 2Quyết định 490/QĐ-TTg năm 2018 phê duyệt Chương trình
- 6Quyết định 2204/QĐ-UBND năm 2020 về phê duyệt Đề án
ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 3120/QĐ-UBND | Bạc Liêu, ngày 15 tháng 12 năm 2020 |
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẠC LIÊU
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
Căn cứ Quyết định số 490/QĐ-TTg ngày 07/5/2018 của Thủ tướng Chính phủ;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo.
""",
        {
            "doc_type": "QĐ",
            "number": "3120",
            "issued_on": "2020-12-15",
            "issued_at": "Bạc Liêu",
            "agency": "Ủy ban nhân dân tỉnh Bạc Liêu",
            "subject": None,
            "issues": [],
        },
    ),
    (
        "title lost, heading known",
        """Kế hoạch 130/KH-UBND năm 2022 về giám sát, đánh giá thực hiện Chương trình OCOP trên địa bàn tỉnh Ninh Bình
Để sử dụng toàn bộ tiện ích vui lòng đăng ký.
ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 130/KH-UBND | Ninh Bình, ngày 13 tháng 7 năm 2022 |
Thực hiện Thông tư số 10/2022/TT-BLĐTBXH ngày 31/5/2022 của Bộ Lao động - Thương binh và Xã hội, UBND tỉnh Ninh Bình ban hành Kế hoạch như sau:
1. Mục đích
""",
        {
            "doc_type": "KH",
            "number": "130",
            "agency": "Ủy ban nhân dân tỉnh Ninh Bình",
            "subject": "về giám sát, đánh giá thực hiện Chương trình OCOP trên địa bàn tỉnh Ninh Bình",
            "issues": [],
        },
    ),
    (
        "letter of Word paragraphs",
        """UBND HUYỆN MẪU SƠN

PHÒNG KINH TẾ

Số: 31/PKT-NN

V/v rà soát sản phẩm OCOP

hết hạn năm 2024

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Độc lập - Tự do - Hạnh phúc

Mẫu Sơn, ngày 06 tháng 5 năm 2024

Kính gửi: Ủy ban nhân dân các xã

Đề nghị các xã rà soát.
""",
        {"doc_type": "CV", "identifier": "31/PKT-NN", "subject": "V/v rà soát sản phẩm OCOP hết hạn năm 2024"},
    ),
    (
        "signed notice without header",
        """THÔNG BÁO
Về việc treo cờ nhân ngày Quốc khánh

Ủy ban nhân dân xã Hồi Xuân thông báo tới các thôn treo cờ từ ngày 01/9.

Đề nghị các thôn thực hiện./.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Mẫu
""",
        {
            "doc_type": "TB",
            "subject": "Về việc treo cờ nhân ngày Quốc khánh",
            "agency": "Ủy ban nhân dân xã Hồi Xuân",
            "number": None,
        },
    ),
    (
        "page broken within words",
        """ỦY BAN NHÂN
DÂN
TỈNH THỪA THIÊN HUẾ
--------
|
CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
--------------------
|
Số: 77/KH-UBND
|
Thừa Thiên
Huế, ngày 09 tháng
6 năm 2021
|
KẾ
HOẠCH
TỔ
CHỨC HỘI THI SẢN PHẨM OCOP TỈNH THỪA THIÊN HUẾ NĂM
2021
Thực
hiện Quyết định số 1048/QĐ-TTg ngày 21/8/2019 của Thủ tướng Chính phủ, UBND tỉnh ban hành
Kế hoạch như sau:
""",
        {
            "doc_type": "KH",
            "identifier": "77/KH-UBND",
            "issued_on": "2021-06-09",
            "issued_at": "Thừa Thiên Huế",
            "agency": "Ủy ban nhân dân tỉnh Thừa Thiên Huế",
            "subject": "TỔ CHỨC HỘI THI SẢN PHẨM OCOP TỈNH THỪA THIÊN HUẾ NĂM 2021",
        },
    ),
    (
        "province not named",
        """ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 3300/QĐ-UBND | Hà Tĩnh, ngày 02 tháng 11 năm 2018 |
ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
Căn cứ Quyết định số 490/QĐ-TTg ngày 07/5/2018 của Thủ tướng Chính phủ;
""",
        {"doc_type": "QĐ", "agency": "Ủy ban nhân dân tỉnh Hà Tĩnh", "issued_on": "2018-11-02", "subject": None},
    ),
    (
        "all in one line",
        """1. ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM TỈNH ĐẮK NÔNG Độc lập - Tự do - Hạnh phúc Số: 1041/QĐ-UBND Đắk Nông, ngày 08 tháng 05 năm 2019 QUYẾT ĐỊNH VỀ VIỆC PHÊ DUYỆT ĐỀ ÁN PHÁT TRIỂN SẢN PHẨM OCOP CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Căn cứ Quyết định số 490/QĐ-TTg ngày 07/5/2018 của Thủ tướng Chính phủ; QUYẾT ĐỊNH: Điều 1. Phê duyệt kèm theo.
""",
        {
            "doc_type": "QĐ",
            "identifier": "1041/QĐ-UBND",
            "issued_on": "2019-05-08",
            "issued_at": "Đắk Nông",
            "agency": "Ủy ban nhân dân tỉnh Đắk Nông",
            "subject": "VỀ VIỆC PHÊ DUYỆT ĐỀ ÁN PHÁT TRIỂN SẢN PHẨM OCOP",
        },
    ),
    (
        "report all in one line",
        """UBND HUYỆN MẪU SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 12/BC-UBND Mẫu Sơn, ngày 08 tháng 05 năm 2019 BÁO CÁO Kết quả thực hiện Chương trình OCOP năm 2018 Thực hiện Công văn số 1/SNN-PTNT, UBND huyện báo cáo: I. KẾT QUẢ 1. Chung
""",
        {
            "doc_type": "BC",
            "number": "12",
            "issued_at": "Mẫu Sơn",
            "agency": "Ủy ban nhân dân huyện Mẫu Sơn",
            "subject": "Kết quả thực hiện Chương trình OCOP năm 2018",
        },
    ),
    (
        "type word lost, portal with another wording",
        """Quyết định 315/QĐ-UBND năm 2023 về Quy chế làm việc của Hội đồng OCOP tỉnh Hà Tĩnh
Số hiệu: | 315/QĐ-UBND |
Loại văn bản: | Quyết định |
Ngày ban hành: | 09/11/2023 |
ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM |
Số: 315/QĐ-UBND |
Hà Tĩnh, ngày 09 tháng 11 năm 2023 |
VỀ VIỆC BAN HÀNH QUY CHẾ HOẠT ĐỘNG CỦA HỘI ĐỒNG ĐÁNH GIÁ
SẢN PHẨM OCOP TỈNH HÀ TĨNH
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
""",
        {
            "identifier": "315/QĐ-UBND",
            "subject": "VỀ VIỆC BAN HÀNH QUY CHẾ HOẠT ĐỘNG CỦA HỘI ĐỒNG ĐÁNH GIÁ SẢN PHẨM OCOP TỈNH HÀ TĨNH",
        },
    ),
    (
        "agency without its place, the portal names it",
        """Kế hoạch 530/KH-UBND năm 2019 về đánh giá sản phẩm OCOP tỉnh Quảng Trị
Số hiệu | 530/KH-UBND |
Ngày ban hành | 18/11/2019 |
Loại văn bản | Kế hoạch |
Cơ quan ban hành | Tỉnh Quảng Trị |
ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM |
Số: 530/KH-UBND |
Quảng Trị, ngày 18 tháng 11 năm 2019 |
TỔ CHỨC ĐÁNH GIÁ, CÔNG NHẬN SẢN PHẨM OCOP TỈNH QUẢNG TRỊ
Thực hiện Quyết định số 1048/QĐ-TTg ngày 21/8/2019 của Thủ tướng Chính phủ, các đơn vị làm như sau:
""",
        {"agency": "Ủy ban nhân dân tỉnh Quảng Trị"},
    ),
    (
        "agency without its place, the text speaks of its own province",
        """ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 530/KH-UBND |
Quảng Trị, ngày 18 tháng 11 năm 2019 |
KẾ HOẠCH
ĐÁNH GIÁ, CÔNG NHẬN SẢN PHẨM OCOP NĂM 2019
Thực hiện Quyết định số 1048/QĐ-TTg ngày 21/8/2019. UBND tỉnh ban hành Kế hoạch với các nội dung như sau:
""",
        {"agency": "Ủy ban nhân dân tỉnh Quảng Trị"},
    ),
]
