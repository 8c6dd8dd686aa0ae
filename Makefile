# The commands to remember: make run, make sure, make test.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test sure words routes lock prove bench clean format

PYTHON := .venv/bin/python
PO := $(wildcard portal/translations/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
ASSETS := $(shell find static -path static/vendor -prune -o -type f -print 2>/dev/null) \
  $(shell find templates -name '*.html' 2>/dev/null) $(wildcard portal/web/*.py)

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: .venv/.run static/vendor/.built $(MO)  ## install, fill with demonstration data and serve http://127.0.0.1:8000
	@.ci/serve

test: .venv/.dev static/vendor/.built $(MO)  ## everything: make sure, then the suite on both databases
	@.ci/need python node postgresql redis browser
	@.ci/sure
	@.ci/test

sure: .venv/.dev static/vendor/.built $(MO)  ## format, lint, types, contracts, templates, words, migrations
	@.ci/sure

format: .venv/.dev  ## rewrite the Python sources in the one format
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix --quiet .

words: .venv/.dev  ## bring the catalogues in step with the sources (DOMAINS="plan comments", PRUNE=--prune)
	@$(PYTHON) .ci/words.py update $(DOMAINS) $(PRUNE)
	@$(PYTHON) .ci/words.py compile

routes: .venv/.dev  ## write the list of addresses anew
	@$(PYTHON) .ci/routes.py

lock:  ## resolve the dependencies anew (UPGRADE=1 takes the newest)
	@.ci/lock

prove: .venv/.dev $(MO)  ## the long repetitions of races, kills and random input
	@PARERE_PROVE=1 .ci/test -m prove

bench: .venv/.dev static/vendor/.built $(MO)  ## measure what the program costs, as ratios to a bare limit
	@.ci/need postgresql redis
	@$(PYTHON) -m bench
	@TEST_DATABASE=postgresql $(PYTHON) -m bench.fanout
	@TEST_DATABASE=postgresql $(PYTHON) -m bench.casting

clean:  ## forget everything that was built, and the demonstration data
	@rm -rf .venv node_modules static/vendor var .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	@find portal tests migrations bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	@find portal/translations -name '*.mo' -delete

.venv/.run: requirements.lock pyproject.toml
	@.ci/need python pdf
	@if [ -e .venv/.dev ]; then .ci/setup requirements-dev.lock; else .ci/setup requirements.lock; fi
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml
	@.ci/need python pdf
	@.ci/setup requirements-dev.lock
	@touch .venv/.run $@

static/vendor/.built: package-lock.json package.json $(ASSETS)
	@.ci/assets
	@mkdir -p static/vendor && touch $@

$(MO) &: $(PO) .venv/.run
	@$(PYTHON) .ci/words.py compile
	@touch $(MO)
