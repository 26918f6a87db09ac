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
site_tools := $(VENV)/.has-site-tools
peers := $(VENV)/.has-peers

run := $(VENV)/bin/python -m
pip_install := $(run) pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Show what a command prints only if it fails.
quietly = out=$$($(1) 2>&1) || { printf '%s\n' "$$out" >&2; exit 1; }

.PHONY: help demo test tests-alone lowest mutants check lint types layers api dist installed docs site schema corpus bench format constraints clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(runtime)  ## print a routine for the upper back, and what stops it
	@$(VENV)/bin/python examples/upper_back_relief.py

test: $(test_tools)  ## run the tests and report what they leave uncovered
	$(run) coverage erase
	# What is drawn by chance is the same each time, so that what it reaches is.
	PYTHONHASHSEED=0 $(run) coverage run -m pytest --numprocesses auto
	$(run) coverage combine --quiet
	$(run) coverage report

tests-alone: $(test_tools)  ## run the tests without looking at what they leave uncovered
	$(run) pytest --numprocesses auto

mutants: $(test_tools)  ## change the rules in one place at a time, and see whether a test fails; long
	$(VENV)/bin/python tests/mutation.py

check: lint types layers  ## the three below

lint: $(dev_tools)  ## style and format
	$(run) ruff check
	$(run) ruff format --check

types: $(dev_tools)  ## strict types, complete ones in the public API, and wrong uses rejected
	$(run) mypy
	PATH="$(VENV)/bin:$$PATH" basedpyright --verifytypes backex --ignoreexternal
	$(VENV)/bin/python tests/check_snippets.py

layers: $(dev_tools)  ## which module may import which
	$(VENV)/bin/lint-imports --no-logo

api: $(dev_tools)  ## what code that uses the last release would miss
	@release=$$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null); \
	if [ -z "$$release" ]; then \
		echo "no release is tagged yet, so there is no API to compare with"; \
	else \
		echo "comparing with $$release"; \
		$(run) griffe check backex --search src --against "$$release"; \
	fi

dist: $(dev_tools)  ## build the distributions into dist/ and check them
	rm -rf dist
	PIP_CONSTRAINT=constraints.txt $(run) build
	$(run) check_wheel_contents dist/*.whl
	$(run) twine check --strict dist/*

site: $(site_tools)  ## build the docs into site/, where a warning is an error
	$(run) sphinx -q -W --keep-going -n -b html docs site

docs: $(runtime)  ## write the rule reference from the rules
	$(run) backex.reference > docs/rules.md

schema: $(runtime)  ## write the JSON Schema of documents from the types
	@$(VENV)/bin/python -c 'import json; from backex.codec import schema; print(json.dumps(schema(), indent=1))' \
		> src/backex/codec/schema.json

installed: dist  ## test the wheel in an environment of its own
	@rm -rf $(VENV)-of-the-wheel
	@$(call quietly,"$(PYTHON)" -m venv $(VENV)-of-the-wheel)
	@$(call quietly,$(VENV)-of-the-wheel/bin/python -m pip install --quiet \
		--disable-pip-version-check --constraint constraints.txt "$$(echo dist/*.whl)[testing]")
	@cp tests/test_installed.py $(VENV)-of-the-wheel/
	cd $(VENV)-of-the-wheel && BACKEX_INSTALLED=1 bin/python -m pytest -q test_installed.py

# What depends on attrs and cattrs the most; say more as in: make lowest LOWEST=tests
LOWEST ?= $(addprefix tests/,test_checks.py test_codec.py test_codec_embedding.py \
	test_codec_refusals.py test_values.py untrusted/test_precision.py)
lowest:  ## run tests with the lowest versions that backex allows
	@$(call quietly,"$(PYTHON)" -m venv --clear $(VENV)-of-the-lowest)
	@$(call quietly,$(VENV)-of-the-lowest/bin/python -m pip install --quiet --upgrade \
		--disable-pip-version-check --constraint constraints.txt pip)
	@$(call quietly,$(VENV)-of-the-lowest/bin/python -m pip install --quiet \
		--disable-pip-version-check --constraint constraints.txt --group test \
		--build-constraint constraints.txt --editable .)
	@$(call quietly,$(VENV)-of-the-lowest/bin/python -m pip install --quiet \
		--disable-pip-version-check $$($(VENV)-of-the-lowest/bin/python -c "$$lower_bounds"))
	$(VENV)-of-the-lowest/bin/python -m pytest --numprocesses auto $(LOWEST)

# Prints the least that backex needs at run time, as "attrs==25.4 cattrs==26.1".
define lower_bounds
import tomllib
from pathlib import Path
project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
print(*(each.replace(" >= ", "==") for each in project["dependencies"]))
endef
export lower_bounds

corpus: $(test_tools)  ## make the corpus of documents anew
	$(run) backex.testing.generating src/backex/testing/corpus

# Say what of it is wanted, as in: make bench BENCH='--only documents --documents 10000'
BENCH ?= --write docs/performance.md
bench: $(peers)  ## compare with other libraries, and write docs/performance.md
	$(run) benchmarks $(BENCH)

format: $(dev_tools)  ## mend what ruff can mend
	$(run) ruff check --fix
	$(run) ruff format

constraints:  ## pin the newest releases of all dependencies (needs uv)
	uv pip compile --quiet --upgrade --universal --no-header --no-annotate \
		--all-extras --group bootstrap --group bench --group dev --group fuzz --group site \
		--output-file constraints.txt pyproject.toml

clean:  ## remove what these targets made
	rm -rf .venv* dist site .coverage .hypothesis .*_cache

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

$(site_tools): $(test_tools)
	@echo "installing Sphinx into $(VENV) …"
	@$(call quietly,$(pip_install) --group site)
	@touch $@

$(peers): $(test_tools)
	@echo "installing what backex is compared with into $(VENV) …"
	@$(call quietly,$(pip_install) --group bench)
	@touch $@
