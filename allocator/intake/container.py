"""Which kind of file an export is, whatever it is called, and why one is not opened.

A platform's workbook is a stranger's file: one that unpacks without end, holds macros, reads other files or has a
password is refused before anything reads it. What slips through meets the limits of the process that reads.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from enum import Enum

from allocator.ground import Fault
from allocator.reading import DAMAGE, OLD_WORKBOOK

MOST_UNPACKED = 350_000_000
"""Bytes of a workbook's text; 100,000 rows of 25 columns take a third of them."""
MOST_PARTS = 2_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_PAGE = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|meta)", re.IGNORECASE)
_CONTENT = "content.xml"


class Container(Enum):
    """What a file is."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    TEXT = "csv"


def file_container(raw: bytes, file: str) -> tuple[Container, list[Fault]]:
    """Return what a file is, and why it is not opened if it is not."""
    if not raw:
        return Container.TEXT, [Fault("file.empty", file)]
    if raw.startswith(OLD_WORKBOOK):
        return Container.XLS, []
    if not raw.startswith(b"PK"):
        is_page = _PAGE.match(raw.removeprefix(b"\xef\xbb\xbf")[:1000])
        return Container.TEXT, [Fault("intake.web_page", file)] if is_page else []
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _zipped(archive, file)
    except DAMAGE:
        return Container.XLSX, [Fault("intake.damaged", file)]


def _zipped(archive: zipfile.ZipFile, file: str) -> tuple[Container, list[Fault]]:
    """Return which of the two zipped workbooks a file is; one of neither is refused."""
    parts = archive.infolist()
    names = {part.filename.casefold(): part for part in parts}
    size = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or len(names) < len(parts) or size > MOST_UNPACKED:
        return Container.XLSX, [Fault("intake.too_large", file, params={"most": f"{MOST_UNPACKED // 1_000_000:,}"})]
    if any(part.flag_bits & 1 for part in parts):
        return Container.XLSX, [Fault("intake.locked", file)]
    if "xl/workbook.xml" in names:
        return Container.XLSX, _active(list(names), file, ("vbaproject", "macrosheets/"), ("xl/externallinks/",))
    if _CONTENT in names and "mimetype" in names and archive.read(names["mimetype"])[:100].strip() == _ODS:
        manifest = names.get("meta-inf/manifest.xml")
        if manifest is not None and b"encryption-data" in archive.read(manifest):
            return Container.ODS, [Fault("intake.locked", file)]
        return Container.ODS, _active(list(names), file, ("basic/script", "scripts/"), ())
    return Container.XLSX, [Fault("intake.other_file", file)]


def _active(names: Sequence[str], file: str, macros: Sequence[str], links: Sequence[str]) -> list[Fault]:
    """Return the faults of a workbook that can do more than hold values."""
    kinds = (("intake.macros", macros), ("intake.links", links))
    return [Fault(code, file) for code, marks in kinds if any(mark in name for name in names for mark in marks)]
