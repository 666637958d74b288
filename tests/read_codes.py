"""QR codes read back from printed pages, as a telephone reads them from paper."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest
import zxingcpp


def codes_of_pages(pdf: bytes, first: int = 1, last: int = 1, dots: int = 100) -> list[str]:
    """Return the words of every QR code of some pages of a PDF, drawn with so many dots an inch."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm here")
    words = ["pdftoppm", "-gray", "-r", str(dots), "-f", str(first), "-l", str(last)]
    drawn = subprocess.run([*words, "-"], input=pdf, capture_output=True, check=True).stdout
    found: list[str] = []
    while drawn:
        kind, size, most, drawn = drawn.split(b"\n", 3)
        assert (kind, most) == (b"P5", b"255")
        width, height = map(int, size.split())
        page, drawn = np.frombuffer(drawn[: width * height], np.uint8), drawn[width * height :]
        found += [code.text for code in zxingcpp.read_barcodes(page.reshape(height, width))]
    return found
