# Everything a newcomer needs: `make run` to see the Atlas, `make test` to check it.
# Needs make and Python 3.11 or newer; the rest is set up in .venv from the package registries.

PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
OLDEST := 3.11
AUDIT := build/audit
BROWSER ?= tests/browser

.PHONY: help run test lint bench data sbom pins audit screenshots clean
.DEFAULT_GOAL := help

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/run.stamp ## serve the Atlas on http://localhost:8501 (PORT=9000 overrides)
	STREAMLIT_SERVER_PORT=$(PORT) $(BIN)/python app.py

test: $(VENV)/dev.stamp ## set everything up, browser included, and run all tests
	$(BIN)/python tests/browser/chromium.py --install
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/unit tests/app
	$(BIN)/python -m pytest --reruns 2 -rR $(BROWSER)

lint: $(VENV)/dev.stamp ## check style, types and data
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m mapping check

bench: $(VENV)/bench.stamp ## measure against the alternatives, rewrite docs/performance.md (BENCH_QUICK=1: shorter)
	$(BIN)/python tests/browser/chromium.py --install
	$(BIN)/python -m tests.bench

data: $(VENV)/run.stamp ## rebuild what is derived: tables, pictures, catalogue of sentences
	$(BIN)/python -m mapping build
	$(BIN)/python -m mapping.figures.draw_sheets
	$(BIN)/python -m mapping.catalogue

sbom: $(VENV)/run.stamp ## write the bill of materials and the licences of all libraries into build/
	$(BIN)/python -m deploy.dependencies

pins: $(VENV)/run.stamp ## write the exact versions of all libraries into deploy/constraints.txt
	$(BIN)/python -m deploy.dependencies --pin

audit: ## ask for known holes in the libraries; a warning, never a failure
	@test -x $(AUDIT)/bin/pip-audit || { python3 -m venv $(AUDIT) && $(AUDIT)/bin/pip install -q pip-audit; } 2>/dev/null || true
	@timeout 60 $(AUDIT)/bin/pip-audit --no-deps --disable-pip --timeout 5 --progress-spinner off \
	  -r deploy/constraints.txt 2>build/audit.log || echo "audit: look at the list above, or at build/audit.log where there is none (no network?)"

screenshots: $(VENV)/dev.stamp ## redraw the pictures in docs/images/
	$(BIN)/python tests/browser/chromium.py --install
	$(BIN)/python -m tests.browser.screenshots

clean: ## remove the virtual environment and what the checks left behind
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than the requirements it was installed from, so a second `make run` installs nothing.
$(VENV)/run.stamp: requirements.txt $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/dev.stamp
	$(PIP) -r requirements-bench.txt
	@touch $@

$(BIN)/python:
	@for python in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	  if $$python -c 'import sys, ensurepip; sys.exit(sys.version_info < tuple(map(int, "$(OLDEST)".split("."))))' 2>/dev/null; then \
	    echo "Setting up $(VENV) with $$($$python --version); the first time takes a minute or two."; \
	    exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo "The Atlas needs Python $(OLDEST) or newer, with its venv module. Found: $$(python3 --version 2>&1)." >&2; \
	echo "Install it from https://www.python.org/downloads/ (Debian, Ubuntu: apt install python3-venv)." >&2; \
	exit 1
