# Everything a person needs: `make demo` and `make test`. Both set up what is missing first.
# Needs Python 3.11+ (with venv) and make; uses uv from the PATH, else installs a pinned one into .uv/.
SHELL := /bin/bash
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin/
# Trust what the machine trusts: behind a proxy with its own authority a bundled list of authorities fails.
export UV_SYSTEM_CERTS ?= true
export UV_NATIVE_TLS ?= true

.PHONY: install demo example test test-all lint bench clean

install: .venv/.installed

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kuager needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing. Install it with: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .uv
	.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed: pyproject.toml uv.lock $(filter-out /%,$(filter .uv/bin/uv,$(UV)))
	$(UV) sync --locked --all-extras --no-extra parse --quiet --python $(PYTHON)
	@touch $@

demo: install
	$(RUN)kuager demo

example: install
	rm -rf build/zhanaozen-2011
	$(RUN)python examples/zhanaozen-2011/build.py build/zhanaozen-2011

test: install lint
	$(RUN)pytest -m "not slow"

test-all: install lint
	$(RUN)pytest

lint: install
	$(RUN)ruff check .
	$(RUN)mypy
	$(RUN)lint-imports

bench: install
	$(RUN)python -m bench

clean:
	rm -rf .venv .uv demo bench/.work bench/.envs
