"""`make screenshots`: draws the pictures in docs/images/ anew, the Atlas at three sizes, light and dark."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.reader import LAPTOP, PHONE, PROJECTOR, WEBGL, reading
from tests.browser.served import ROOT, serve

IMAGES = ROOT / "docs" / "images"
SIZES = {"laptop": LAPTOP, "projector": PROJECTOR, "phone": PHONE}
COLOURS = 256  # a palette keeps the pictures, and with them the repository, small


def main() -> int:
    found = chromium.find()
    if not found:
        print("No Chromium; run `python tests/browser/chromium.py --install`.", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "server.log") as atlas,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=list(WEBGL))
        for name, size in SIZES.items():
            for theme in ("light", "dark"):
                target = IMAGES / f"atlas-{name}-{theme}.png"
                with reading(browser, atlas.url, size, theme) as reader:
                    reader.open()
                    reader.still()
                    reader.page.screenshot(path=target)
                Image.open(target).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
                    target, optimize=True
                )
                print(target.relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
