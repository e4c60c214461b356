"""Whether the server can do its work, for whoever watches over it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from ..services.health import health as check_health
from .context import services

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 and ``{"ok": true, ...}``, or 503 and which check failed."""
    found = check_health(services())
    checks = {check.name: check.ok for check in found.checks}
    return jsonify(ok=found.ok, checks=checks), 200 if found.ok else 503
