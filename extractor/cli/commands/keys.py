"""`extractor keys`: who may use the service."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from rich.table import Table

from extractor.cli.failures import DONE, FAILED, say
from extractor.cli.screen import output

if TYPE_CHECKING:
    from extractor.store import Store
    from extractor.store.model import KeyRole

_ROLES = ("reader", "reviewer", "admin")


@click.group("keys")
@click.option("--db", "url", help="Cơ sở dữ liệu của dịch vụ (mặc định: data/store.sqlite).")
@click.pass_context
def command(context: click.Context, url: str | None) -> None:
    """Tạo, liệt kê và thu hồi khóa truy cập dịch vụ."""
    context.obj = url


def _open(url: str | None) -> Store:
    from extractor.store import Store

    return Store.open(url or f"sqlite:///{Path('data').absolute() / 'store.sqlite'}", fingerprint="keys")


@command.command("create")
@click.option("--name", required=True, help="Người hoặc máy dùng khóa.")
@click.option("--role", type=click.Choice(_ROLES), default="reviewer", show_default=True, help="Quyền.")
@click.option("--days", type=click.IntRange(1), help="Số ngày có hiệu lực (mặc định: không hạn).")
@click.pass_obj
def create(url: str | None, name: str, role: str, days: int | None) -> int:
    """Tạo một khóa; khóa chỉ hiện ra lần này."""
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days) if days else None
    key, secret = _open(url).create_key(name, cast("KeyRole", role), expires)
    say(f"Đã tạo khóa {key.id} ({role}). Hãy cất khóa dưới đây; dịch vụ không giữ lại.")
    click.echo(secret)
    return DONE


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def list_keys(url: str | None, as_json: bool) -> int:
    """Liệt kê các khóa."""
    keys = _open(url).api_keys()
    if as_json:
        plain = [
            {"id": key.id, "name": key.name, "role": key.role, "created_at": key.created_at.isoformat(),
             "expires_at": key.expires_at and key.expires_at.isoformat(),
             "revoked_at": key.revoked_at and key.revoked_at.isoformat()}
            for key in keys
        ]  # fmt: skip
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return DONE
    table = Table("Mã", "Tên", "Quyền", "Tạo lúc", "Hết hạn", "Thu hồi")
    for key in keys:
        moments = [moment.strftime("%d/%m/%Y") if moment else "" for moment in
                   (key.created_at, key.expires_at, key.revoked_at)]  # fmt: skip
        table.add_row(key.id, key.name, key.role, *moments)
    output().print(table)
    return DONE


@command.command("revoke")
@click.argument("key_id", metavar="MÃ")
@click.pass_obj
def revoke(url: str | None, key_id: str) -> int:
    """Thu hồi một khóa ngay lập tức."""
    if _open(url).revoke_key(key_id):
        say(f"Đã thu hồi khóa {key_id}.")
        return DONE
    say(f"LỖI: Không có khóa còn hiệu lực nào mang mã {key_id}. Xem: extractor keys list")
    return FAILED
