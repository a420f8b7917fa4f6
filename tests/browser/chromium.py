"""Find a Chromium for the tests, and set one up where there is none.

``python tests/browser/chromium.py`` prints its path; ``--install`` gets one first if need be: Debian's package where
this account may install packages, else Playwright's own download.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = "/usr/bin/apt-get"


def answers(path: str | None) -> bool:
    """Say whether the browser at this path starts (Ubuntu's placeholder package does not)."""
    if not path or not shutil.which(path):
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str | None:
    """Return the path of the browser that ``playwright install chromium`` leaves, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find() -> str | None:
    """Return the path of a Chromium: the one named in CHROMIUM, the first on PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = next((found for name in NAMES if answers(found := shutil.which(name))), None)
    return on_path or playwrights_own()


def as_root() -> list[str] | None:
    """Return what to put before a command to run it as root without being asked, None where that is not allowed."""
    if not hasattr(os, "geteuid"):  # Windows
        return None
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if may else None


def install_by_apt() -> bool:
    """Install Debian's Chromium; say whether a browser that starts came of it."""
    root = as_root()
    if root is None or not Path(APT).exists():
        return False
    print("Installing Chromium with apt-get, for the browser tests.", flush=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", APT, "-q", "-y"]
    for step in (["update"], ["install", "--no-install-recommends", "chromium", "fonts-liberation"]):
        if subprocess.run([*root, *quiet, *step], stdout=subprocess.DEVNULL).returncode:
            return False
    return answers("chromium")


def install_by_playwright() -> bool:
    """Download Playwright's Chromium, with its system libraries where we may install them."""
    print("Downloading Playwright's Chromium, for the browser tests.", flush=True)
    extra = ["--with-deps"] if as_root() is not None and Path(APT).exists() else []
    return subprocess.run([sys.executable, "-m", "playwright", "install", *extra, "chromium"]).returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="get a Chromium if there is none")
    if parser.parse_args().install and not find() and not install_by_apt():
        install_by_playwright()
    path = find()
    print(
        path or "No Chromium found; set CHROMIUM=/path/to/it, or install one.", file=sys.stdout if path else sys.stderr
    )
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
