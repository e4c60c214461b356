"""Taking a story out, as files."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from flask import send_file
from werkzeug.wrappers import Response

from ...services.errors import NotFound
from ...services.stories.export_story import export_story
from ..context import asker, services
from .blueprint import stories

#: Format -> what follows the slug in the file's name, and the type of the file.
FORMATS = {
    "folder": (".zip", "application/zip"),
    "csv": ("-contacts.csv", "text/csv; charset=utf-8"),
    "timelinejs": ("-timelinejs.json", "application/json"),
}


@stories.get("/<slug>/download/<format>")
def download(slug: str, format: str) -> Response:
    """The story in one of its formats; a folder comes as a zip file."""
    if format not in FORMATS:
        raise NotFound
    ending, kind = FORMATS[format]
    content = _content(slug, format, ending)
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=f"{slug}{ending}")


def _content(slug: str, format: str, ending: str) -> bytes:
    """The file's bytes; what was written on the way is gone afterwards."""
    root = services().home / "incoming"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix="out-") as place:
        to = Path(place) / (slug if format == "folder" else f"{slug}{ending}")
        made = export_story(services(), asker(), slug, to, format=format)
        if made.is_dir():
            made = Path(
                shutil.make_archive(
                    str(Path(place) / "packed"), "zip", root_dir=made.parent, base_dir=made.name
                )
            )
        return made.read_bytes()
