# make PYTHON=… chooses the interpreter, VENV=… the folder it is set up in.
PYTHON ?= python3
VENV ?= .venv
$(if $(word 2,$(VENV)),$(error VENV must not contain a space))

# Empty unless PYTHON can run backex.
version := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3] if sys.version_info >= (3, 11) else "")' 2>/dev/null)

# Named after the interpreter, so that choosing another one makes the environment anew.
venv := $(VENV)/.made-with-$(version)
runtime := $(VENV)/.has-backex
test_tools := $(VENV)/.has-test-tools
dev_tools := $(VENV)/.has-dev-tools

run := $(VENV)/bin/python -m
pip_install := $(run) pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Show what a command prints only if it fails.
quietly = out=$$($(1) 2>&1) || { printf '%s\n' "$$out" >&2; exit 1; }

.PHONY: help demo test tests-alone check lint types layers dist docs format constraints clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(runtime)  ## print a routine for the upper back, and what stops it
	@$(VENV)/bin/python examples/upper_back_relief.py

test: $(test_tools)  ## run the tests and report what they leave uncovered
	$(run) coverage erase
	$(run) coverage run -m pytest --numprocesses auto
	$(run) coverage combine --quiet
	$(run) coverage report

tests-alone: $(test_tools)  ## run the tests without looking at what they leave uncovered
	$(run) pytest --numprocesses auto

check: lint types layers  ## the three below

lint: $(dev_tools)  ## style and format
	$(run) ruff check
	$(run) ruff format --check

types: $(dev_tools)  ## strict types, and complete ones in the public API
	$(run) mypy
	PATH="$(VENV)/bin:$$PATH" basedpyright --verifytypes backex --ignoreexternal

layers: $(dev_tools)  ## which module may import which
	$(VENV)/bin/lint-imports --no-logo

dist: $(dev_tools)  ## build the distributions into dist/ and check them
	rm -rf dist
	PIP_CONSTRAINT=constraints.txt $(run) build
	$(run) check_wheel_contents dist/*.whl
	$(run) twine check --strict dist/*

docs: $(runtime)  ## write the rule reference from the rules
	$(run) backex.reference > docs/rules.md

format: $(dev_tools)  ## mend what ruff can mend
	$(run) ruff check --fix
	$(run) ruff format

constraints:  ## pin the newest releases of all dependencies (needs uv)
	uv pip compile --quiet --upgrade --universal --no-header --no-annotate \
		--all-extras --group bootstrap --group dev --output-file constraints.txt pyproject.toml

clean:  ## remove what these targets made
	rm -rf .venv* dist .coverage .hypothesis .*_cache

$(venv): constraints.txt
	$(if $(version),,$(error backex needs Python 3.11 or newer, which $(PYTHON) is not; choose one, as in: make PYTHON=python3.12 $(MAKECMDGOALS)))
	$(if $(wildcard $(VENV)/*),$(if $(wildcard $(VENV)/pyvenv.cfg),,$(error VENV=$(VENV) holds something else, which would be lost)))
	@echo "making $(VENV) with Python $(version) …"
	@$(call quietly,"$(PYTHON)" -m venv --clear $(VENV))
	@$(call quietly,$(pip_install) --upgrade pip)
	@touch $@

$(runtime): $(venv) pyproject.toml
	@echo "installing backex into $(VENV) …"
	@$(call quietly,$(pip_install) --build-constraint constraints.txt --editable .)
	@touch $@

$(test_tools): $(runtime)
	@echo "installing the test tools into $(VENV) …"
	@$(call quietly,$(pip_install) --group test)
	@touch $@

$(dev_tools): $(test_tools)
	@echo "installing the development tools into $(VENV) …"
	@$(call quietly,$(pip_install) --group dev)
	@touch $@
