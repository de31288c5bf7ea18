"""The page's routes. They read through the same store as the API; changes go through the API itself."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

import regex
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.context import Context, Service
from api.errors import TITLES, Problem
from api.pictures import is_paged
from api.routes.common import DocumentId
from api.security import COOKIE, HEADERS, Reader
from api.ui import charts, fields, labels, text
from api.ui.words import PRODUCT_WORDS, REVIEW_WORDS, STATUS_WORDS, action_words, date_words, issue_words, translator
from extractor import ruleset
from extractor.store import STATUSES, Filters, NotFoundError, realigned

router = APIRouter(include_in_schema=False)
LANGUAGE = "extractor_language"
_PAGE = 40
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_EDTF = regex.compile(r"\d{4}(-\d{2}){0,2}")
_NAMES = {
    "status": "status", "type": "doc_type", "agency": "agency", "from": "issued_from", "to": "issued_to",
    "product": "product", "producer": "producer", "stars": "stars", "product_status": "product_status",
    "locality": "locality", "year": "year", "issue": "issue", "review": "review", "differs": "differs", "q": "search",
}  # fmt: skip


def language_of(request: Request) -> str:
    """`vi` unless the reader switched."""
    return "en" if request.cookies.get(LANGUAGE) == "en" else "vi"


def render(request: Request, name: str, code: int = 200, **values: Any) -> Response:
    """A template as an answer."""
    language = language_of(request)
    base = {
        "request": request, "path": request.url.path, "language": language, "t": translator(language), "who": None,
        "issue": functools.partial(issue_words, language=language),
        "action": functools.partial(action_words, language=language),
        "date": functools.partial(date_words, language=language),
        "status_words": STATUS_WORDS, "review_words": REVIEW_WORDS, "product_words": PRODUCT_WORDS,
    }  # fmt: skip
    content = _TEMPLATES.get_template(name).render(base | values)
    return Response(content, code, media_type="text/html; charset=utf-8")


def page_problem(request: Request, problem: Problem) -> Response:
    """A refusal as a page; without a key, the way to give one."""
    if problem.slug == "key-required":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse("/login?" + urlencode({"next": target}), 303)
    status, title = TITLES[problem.slug]
    answer = render(request, "problem.html", status, title=title, detail=problem.detail, hint=problem.hint)
    answer.headers.update(HEADERS)
    return answer


def filters_of(request: Request) -> tuple[Filters, dict[str, str]]:
    """Filters out of a form; empty and impossible ones are left out."""
    asked = {name: value.strip()[:300] for name, value in request.query_params.items() if name in _NAMES}
    asked = {name: value for name, value in asked.items() if value and "\0" not in value and _possible(name, value)}
    values: dict[str, Any] = {_NAMES[name]: value for name, value in asked.items()}
    if "stars" in values:
        values["stars"] = int(values["stars"])
    if "differs" in values:
        values["differs"] = True
    return Filters(**values), asked


def _possible(name: str, value: str) -> bool:
    if name in {"from", "to", "year"}:
        return _EDTF.fullmatch(value) is not None
    known: dict[str, Any] = {
        "status": STATUSES, "stars": ("1", "2", "3", "4", "5"), "product_status": PRODUCT_WORDS, "review": REVIEW_WORDS,
        "differs": ("1", "true"),
    }  # fmt: skip
    return name not in known or value in known[name]


@router.get("/")
def index(request: Request, service: Service, who: Reader) -> Response:
    """Upload and list."""
    found, asked = filters_of(request)
    stats = service.store.stats()
    types = sorted(stats.types)
    more = set(asked) - {"q", "status", "review", "type"}
    return render(
        request, "list.html", who=who, asked=asked, stats=stats, types=types, more=bool(more),
        total=service.store.count(found), limit=service.settings.max_file >> 20,
        labels=_type_labels(service), **_rows(request, service),
    )  # fmt: skip


@router.get("/rows")
def rows(request: Request, service: Service, who: Reader) -> Response:
    """The list alone, or what follows a cursor."""
    found, _ = filters_of(request)
    total = service.store.count(found)
    return render(request, "_rows.html", who=who, total=total, labels=_type_labels(service), **_rows(request, service))


def _rows(request: Request, service: Context) -> dict[str, Any]:
    found, asked = filters_of(request)
    cursor = request.query_params.get("cursor")
    part = service.store.documents(found, _PAGE, cursor)
    waiting = any(row.status in {"queued", "running"} for row in part.items)
    follow = urlencode({**asked, "cursor": part.next}) if part.next else None
    return {
        "items": part.items,
        "waiting": waiting,
        "follow": follow,
        "query": urlencode(asked),
        "first": cursor is None,
    }


def _type_labels(service: Context) -> dict[str, str]:
    labels: dict[str, str] = service.labels.setdefault("types", {})
    if not labels:
        labels.update({code: kind.label for code, kind in ruleset.load().document_types.items()})
    return labels


def _field_labels(service: Context) -> dict[str, tuple[str, str]]:
    labels: dict[str, tuple[str, str]] = service.labels.setdefault("fields", {})
    if not labels:
        known = ruleset.load().fields.values()
        labels.update({one.field: (one.label, one.label_en) for one in known if one.label != one.field})
    return labels


@router.get("/documents/{document_id}")
def review(request: Request, service: Service, who: Reader, document_id: DocumentId) -> Response:
    """The review screen."""
    row = service.store.document(document_id)
    following = _next_open(service, document_id)
    try:
        held = service.store.result(document_id)
    except NotFoundError:
        return render(request, "waiting.html", who=who, row=row, following=following)
    view = service.store.record(document_id)
    body = realigned(held.body, view.record)
    sheet = fields.sheet(view, body, language_of(request), _field_labels(service))
    pages = held.body["source"]["pages"] if is_paged(held.body) else []
    return render(
        request, "review.html", who=who, row=view.document, view=view, sheet=sheet, body=body, pages=pages,
        marks=_marks(body, pages), pieces=[] if pages else list(text.pieces(held.text or "", body["evidence"])),
        following=following, labels=_type_labels(service), events=service.store.events(document_id, 30),
        new_entries=labels.NEW_ENTRIES, may_change=who.may("reviewer"),
    )  # fmt: skip


def _marks(body: dict[str, Any], pages: list[dict[str, Any]]) -> dict[int, list[tuple[str, list[float]]]]:
    """Boxes by page: pointer and box."""
    found: dict[int, list[tuple[str, list[float]]]] = {page["number"]: [] for page in pages}
    proofs = [(pointer, proof["regions"]) for pointer, proof in body["evidence"].items()]
    proofs += [(issue["pointers"][0], issue["regions"]) for issue in body["issues"] if issue["pointers"]]
    for pointer, regions in proofs:
        for region in regions:
            found.setdefault(region["page"], []).append((pointer, region["bbox"]))
    return found


def _next_open(service: Context, document_id: str) -> str | None:
    """The next document that nobody has looked at: the newest other one."""
    part = service.store.documents(Filters(status="done", review="open"), 2)
    return next((row.id for row in part.items if row.id != document_id), None)


@router.get("/products")
def products(request: Request, service: Service, who: Reader) -> Response:
    """All products as a table."""
    _, asked = filters_of(request)
    return render(request, "products.html", who=who, asked=asked, **_product_rows(request, service))


@router.get("/products/rows")
def product_rows(request: Request, service: Service, who: Reader) -> Response:
    """The table's rows alone."""
    return render(request, "_product_rows.html", who=who, **_product_rows(request, service))


def _product_rows(request: Request, service: Context) -> dict[str, Any]:
    found, asked = filters_of(request)
    part = service.store.products(found, _PAGE, request.query_params.get("cursor"))
    follow = urlencode({**asked, "cursor": part.next}) if part.next else None
    return {"items": part.items, "follow": follow, "query": urlencode(asked)}


@router.get("/overview")
def overview(request: Request, service: Service, who: Reader) -> Response:
    """The dashboard."""
    stats = service.store.stats()
    t = translator(language_of(request))
    asked = request.query_params.get("product_status", "recognized")
    status = asked if asked in PRODUCT_WORDS else None
    by_year = charts.chart(stats, lambda row: row[2], "year", status, lambda bar: bar[0], t("không rõ năm"))
    by_place = charts.chart(
        stats, lambda row: row[3], "locality", status, lambda bar: (-bar[1], bar[0]), t("không rõ địa bàn")
    )
    states = list(PRODUCT_WORDS)
    by_state = charts.chart(
        stats, lambda row: row[1], "product_status", None,
        lambda bar: states.index(bar[0]) if bar[0] in states else 99, t("chưa rõ"),
    )  # fmt: skip
    return render(
        request, "overview.html", who=who, stats=stats, by_year=by_year, by_place=by_place, by_state=by_state,
        status=status, asked=asked, labels=_type_labels(service), stars=charts.STARS,
    )  # fmt: skip


@router.get("/login")
def login_form(request: Request) -> Response:
    """Asks for a key."""
    return render(request, "login.html", next=_own_path(request.query_params.get("next")), wrong=False)


@router.post("/login")
def login(
    request: Request,
    service: Service,
    key: Annotated[str, Form(max_length=200)],
    target: Annotated[str, Form(alias="next", max_length=2_000)] = "/",
) -> Response:
    """Keeps a right key in a cookie that scripts cannot read and other sites cannot send."""
    if service.requests.take(f"login {request.client.host if request.client else '?'}"):
        raise Problem("too-many-requests", "Thử quá nhiều lần.", headers={"Retry-After": "60"})
    if service.store.find_key(key.strip()) is None:
        return render(request, "login.html", 403, next=_own_path(target), wrong=True)
    answer = RedirectResponse(_own_path(target), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, key.strip(), httponly=True, samesite="strict", secure=secure, max_age=12 * 3600)
    return answer


@router.post("/logout")
def logout() -> Response:
    """Forgets the key."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/language/{code}")
def language(request: Request, code: str) -> Response:
    """Switches the language and goes back."""
    answer = RedirectResponse(_own_path(request.query_params.get("next")), 303)
    answer.set_cookie(LANGUAGE, "en" if code == "en" else "vi", samesite="lax", max_age=365 * 86400)
    return answer


def _own_path(target: str | None) -> str:
    """A path of this service, never another site."""
    parts = urlsplit(target or "/")
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    plain = own and "\\" not in (target or "") and (target or "/").isprintable()
    return (parts.path + (f"?{parts.query}" if parts.query else "")) if plain else "/"
