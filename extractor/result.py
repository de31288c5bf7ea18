"""The contract: one document in, one result out (schema 1.0)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Severity = Literal["info", "warning", "error"]
Role = Literal["basis", "mention"]
Comparison = Literal["=", ">=", ">", "<=", "<", "~"]
Unit = Literal["product", "producer"]
Status = Literal["registered", "assessed", "proposed", "recognized", "target", "potential", "revoked"]
ProducerKind = Literal[
    "cooperative",
    "cooperative_group",
    "limited_company",
    "joint_stock_company",
    "private_enterprise",
    "household",
    "establishment",
    "farm",
    "association",
    "other",
]
Stars = Literal[1, 2, 3, 4, 5]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=False)


class Agency(_Model):
    """The issuing agency."""

    name: str
    parent: str | None = None
    place: str | None = None


class Signer(_Model):
    """Who signed, in which office, for whom."""

    name: str | None = None
    position: str | None = None
    authority: Literal["KT.", "TM.", "TL.", "TUQ.", "Q."] | None = None
    on_behalf_of: str | None = None


class Reference(_Model):
    """A cited document."""

    doc_type: str | None = None
    identifier: str | None = None
    issued_on: str | None = None
    agency: str | None = None
    subject: str | None = None
    role: Role = "mention"


class Product(_Model):
    """A named OCOP product."""

    name: str
    producer: str | None = None
    stars: Stars | None = None
    status: Status | None = None
    points: float | None = None
    group: str | None = None
    locality: str | None = None
    year: str | None = None


class Producer(_Model):
    """A named producer (chủ thể)."""

    name: str
    kind: ProducerKind
    locality: str | None = None
    product_count: int | None = None


class StarCount(_Model):
    """A count of OCOP products or producers; `stars` null: over all."""

    stars: list[Stars] | None = None
    count: int
    comparison: Comparison = "="
    unit: Unit = "product"
    status: Status | None = None
    period: str | None = None
    scope: str | None = None


class Record(BaseModel):
    """Plain values only. Fields that a user's own rule files add are kept as extra values."""

    model_config = ConfigDict(extra="allow")

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    identifier: str | None = None
    issued_on: str | None = None
    issued_at: str | None = None
    agency: Agency | None = None
    subject: str | None = None
    addressees: list[str] = Field(default_factory=list)
    urgency: str | None = None
    secrecy: str | None = None
    signers: list[Signer] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    products: list[Product] = Field(default_factory=list)
    producers: list[Producer] = Field(default_factory=list)
    star_counts: list[StarCount] = Field(default_factory=list)


class RegionModel(_Model):
    """A place on a page: `[x0, top, x1, bottom]` in points, origin top left."""

    page: int
    bbox: tuple[float, float, float, float]


class Evidence(_Model):
    """The proof of one value. `span` is set for text formats only."""

    confidence: float = Field(ge=0, le=1)
    rule: str
    reasons: list[str] = Field(default_factory=list)
    raw: str
    regions: list[RegionModel] = Field(default_factory=list)
    span: tuple[int, int] | None = None


class Issue(_Model):
    """What a reader should know or check."""

    code: str
    severity: Severity
    pointers: list[str] = Field(default_factory=list)
    message: str
    regions: list[RegionModel] = Field(default_factory=list)
    span: tuple[int, int] | None = None


class PageInfo(_Model):
    """A page of the source, upright, in points: turned clockwise by `rotation`, then levelled by `skew` degrees."""

    number: int
    width: float
    height: float
    text_source: Literal["embedded", "ocr", "none"]
    rotation: int = 0
    skew: float = 0.0
    mean_confidence: float | None = None


class SourceInfo(_Model):
    """The file that was read."""

    filename: str
    sha256: str
    media_type: str
    pages: list[PageInfo]


class EngineInfo(_Model):
    """What read it."""

    version: str
    rules: str
    ocr: str
    models: str
    seconds: dict[str, float] = Field(default_factory=dict)


class Result(_Model):
    """One document's result, schema 1.0."""

    schema_: Literal["1.0"] = Field(default="1.0", alias="schema")
    source: SourceInfo
    record: Record
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    issues: list[Issue] = Field(default_factory=list)
    engine: EngineInfo

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, as the contract spells them."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=False)
