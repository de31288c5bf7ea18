"""What is true of a document, from its spec alone: a gold file and a whole record."""

from __future__ import annotations

from typing import Any

from samples.generator.spec import LEFT, Spec, columns

_TYPES = {
    "BÁO CÁO": "BC", "THÔNG BÁO": "TB", "KẾ HOẠCH": "KH", "QUYẾT ĐỊNH": "QĐ", "TỜ TRÌNH": "TTr", "NGHỊ QUYẾT": "NQ",
    "CHỈ THỊ": "CT", "HƯỚNG DẪN": "HD", "BIÊN BẢN": "BB", "PHƯƠNG ÁN": "PA", "ĐỀ ÁN": "ĐA", "CHƯƠNG TRÌNH": "CTr",
    "KẾT LUẬN": "KL", "GIẤY MỜI": "GM", "CÔNG ĐIỆN": "CĐ", "DỰ ÁN": "DA", "QUY CHẾ": "QC", "QUY ĐỊNH": "QyĐ",
}  # fmt: skip
_LISTS = ("addressees", "signers", "recipients", "references", "products", "producers", "star_counts")
_HEADER = ("doc_type", "number", "symbol", "identifier", "issued_on", "issued_at", "subject")
_KINDS = {
    "hợp tác xã": "cooperative",
    "htx": "cooperative",
    "tổ hợp tác": "cooperative_group",
    "công ty tnhh": "limited_company",
    "công ty trách nhiệm hữu hạn": "limited_company",
    "công ty cổ phần": "joint_stock_company",
    "công ty cp": "joint_stock_company",
    "doanh nghiệp tư nhân": "private_enterprise",
    "dntn": "private_enterprise",
    "hộ": "household",
    "cơ sở": "establishment",
    "trang trại": "farm",
    "hội": "association",
}


def gold(spec: Spec, source: str, *, scanned: bool = False) -> dict[str, Any]:
    """The gold file of one rendering; `hand` and `overprinted` only where they show."""
    values: dict[str, Any] = {"source": source, **record(spec)}
    for name, fields in (("hand", spec.hand if scanned else ()), ("overprinted", spec.overprinted)):
        if fields:
            values[name] = [*fields, *(["identifier"] if "number" in fields else [])]
    values["warnings"] = warnings(spec)
    return values


def record(spec: Spec) -> dict[str, Any]:
    """The record as the contract spells it, from the form and from `truth`."""
    values: dict[str, Any] = {
        "doc_type": spec.doc_type or (_TYPES[spec.type_word] if spec.type_word is not None else "CV"),
        "number": spec.number,
        "symbol": spec.symbol,
        "identifier": spec.identifier,
        "issued_on": spec.date,
        "issued_at": spec.place,
        "agency": None,
        "subject": spec.subject.replace("\n", " "),
        "urgency": spec.urgency,
        "secrecy": None,
        **{name: [] for name in _LISTS},
        "addressees": list(spec.addressees),
        "recipients": list(spec.recipients),
    }
    if not spec.form:
        values.update(dict.fromkeys(_HEADER))
    rows = _table_products(spec)
    values.update({name: value for name, value in spec.truth.items() if name != "warnings"})
    values["products"] = [*spec.truth.get("products", ()), *rows]
    if "producers" not in spec.truth:
        names = dict.fromkeys(product["producer"] for product in values["products"] if product["producer"])
        values["producers"] = [{"name": name, "kind": kind_of(name)} for name in names]
    return values


def plain(value: Any) -> Any:
    """The record without what only a gold file says: aliases and `{"value": …}` become the value itself."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "value" in value:
        return value["value"]
    return {name: plain(item) for name, item in value.items() if name not in ("aliases", "optional")}


def warnings(spec: Spec) -> list[str]:
    """Issue codes that a reader must be told: those of a form left blank, and those that `truth` plants."""
    found = list(spec.truth.get("warnings", ()))
    if not spec.form:
        return found
    if spec.number is None:
        found.append("number-blank")
    if spec.date is None or len(spec.date) < 10:
        found.append("date-incomplete")
    return found


def _table_products(spec: Spec) -> list[dict[str, Any]]:
    """Products of tables whose block says `products: {status: …}`; merged cells are inherited downwards."""
    blocks = [*spec.body, *(block for appendix in spec.appendices for block in appendix["body"])]
    found = []
    for block in blocks:
        table = block.get("table")
        if table is not None and "products" in table:
            found += _rows(table)
    return found


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    keys = [column.key for column in columns(table)]
    above: dict[str, Any] = {}
    found = []
    for row in table["rows"]:
        if LEFT in row:  # a heading or a total over several columns
            continue
        cells = {key: cell for key, cell in zip(keys, row, strict=True) if key is not None}
        above = {key: above.get(key) if cell is None else cell for key, cell in cells.items()}
        if above.get("name"):
            product = {"producer": None, "stars": None, **table["products"], **_typed(above)}
            found.append(product)
    return found


def _typed(cells: dict[str, Any]) -> dict[str, Any]:
    """Cells as values: stars as a number however printed, points as a number, a producer without its address."""
    values = {key: cell for key, cell in cells.items() if cell not in ("", "-")}
    if "stars" in values:
        values["stars"] = stars(str(values["stars"]))
    if "points" in values:
        values["points"] = float(str(values["points"]).replace(",", "."))
    if "producer" in values:
        values["producer"] = str(values["producer"]).split("\n")[0]
    return values


def stars(text: str) -> int:
    """Stars as a table prints them: `4`, `4 sao`, `Hạng 4 sao`, `★★★★`, `Bốn sao`, `4*`."""
    for character in text:
        if character.isdigit():
            return int(character)
    words = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
    return next((value for word, value in words.items() if word in text.lower()), text.count("★"))


def kind_of(name: str) -> str:
    """The kind of a producer by the words that its name opens with."""
    return next((kind for words, kind in _KINDS.items() if name.lower().startswith(words)), "other")
