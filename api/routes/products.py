"""`/v1/products`: every product that any document names."""

from __future__ import annotations

from fastapi import APIRouter

from api import present
from api.context import Service
from api.models import ProductList
from api.routes.common import Cursor, Filtering, Limit, problems
from api.security import Reader

router = APIRouter(tags=["products"])


@router.get("/v1/products", summary="List products", responses=problems())
def list_products(
    service: Service, _: Reader, filters: Filtering, limit: Limit = 50, cursor: Cursor = None
) -> ProductList:
    """Products that fulfil all filters, with the document and the page that name them."""
    part = service.store.products(filters, limit, cursor)
    return ProductList(items=[present.product(row) for row in part.items], next=part.next)
