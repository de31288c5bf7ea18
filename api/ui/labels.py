"""What the review screen calls the fields of the record, in Vietnamese and English, and what they may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.ui.words import PRODUCT_WORDS

SCALARS = {
    "doc_type": ("Loại văn bản", "Document type"),
    "number": ("Số", "Number"),
    "symbol": ("Ký hiệu", "Symbol"),
    "identifier": ("Số, ký hiệu", "Identifier"),
    "issued_on": ("Ngày ban hành", "Date of issue"),
    "issued_at": ("Địa danh", "Place of issue"),
    "agency": ("Cơ quan ban hành", "Issuing agency"),
    "subject": ("Trích yếu", "Subject"),
    "urgency": ("Độ khẩn", "Urgency"),
    "secrecy": ("Độ mật", "Secrecy"),
}
LISTS = {
    "addressees": ("Kính gửi", "Addressees"),
    "signers": ("Người ký", "Signers"),
    "recipients": ("Nơi nhận", "Recipients"),
    "references": ("Văn bản viện dẫn", "References"),
    "products": ("Sản phẩm", "Products"),
    "producers": ("Chủ thể", "Producers"),
    "star_counts": ("Số lượng theo sao", "Counts by stars"),
}
PARTS = {
    "name": ("Tên", "Name"),
    "parent": ("Cơ quan cấp trên", "Parent"),
    "place": ("Mã địa bàn", "Place id"),
    "position": ("Chức vụ", "Position"),
    "authority": ("Thẩm quyền", "Authority"),
    "on_behalf_of": ("Ký thay", "On behalf of"),
    "doc_type": ("Loại", "Type"),
    "identifier": ("Số, ký hiệu", "Identifier"),
    "issued_on": ("Ngày", "Date"),
    "agency": ("Cơ quan", "Agency"),
    "subject": ("Trích yếu", "Subject"),
    "role": ("Vai trò", "Role"),
    "producer": ("Chủ thể", "Producer"),
    "stars": ("Sao", "Stars"),
    "status": ("Tình trạng", "Status"),
    "points": ("Điểm", "Points"),
    "group": ("Nhóm", "Group"),
    "locality": ("Địa bàn", "Locality"),
    "year": ("Năm", "Year"),
    "kind": ("Loại hình", "Kind"),
    "product_count": ("Số sản phẩm", "Products"),
    "count": ("Số lượng", "Count"),
    "comparison": ("So sánh", "Comparison"),
    "unit": ("Đơn vị", "Unit"),
    "period": ("Thời gian", "Period"),
    "scope": ("Phạm vi", "Scope"),
}
ALWAYS = {
    "agency": ("name", "parent"),
    "signers": ("name", "position", "authority"),
    "references": ("identifier", "issued_on", "role"),
    "products": ("name", "producer", "stars", "status"),
    "producers": ("name", "kind"),
    "star_counts": ("stars", "count", "comparison", "unit", "status"),
}
NEW_ENTRIES: Mapping[str, Any] = {
    "addressees": "", "signers": {"name": "…"}, "recipients": "", "references": {"identifier": "…"},
    "products": {"name": "…"}, "producers": {"name": "…", "kind": "other"}, "star_counts": {"count": 0},
}  # fmt: skip
_KINDS = (
    "cooperative", "cooperative_group", "limited_company", "joint_stock_company", "private_enterprise", "household",
    "establishment", "farm", "association", "other",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = {
    "stars": ("1", "2", "3", "4", "5"),
    "status": tuple(PRODUCT_WORDS),
    "kind": _KINDS,
    "role": ("basis", "mention"),
    "authority": ("KT.", "TM.", "TL.", "TUQ.", "Q."),
    "comparison": ("=", ">=", ">", "<=", "<", "~"),
    "unit": ("product", "producer"),
}
NUMBERS = {"points", "count", "product_count"}
