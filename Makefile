# Every target sets up what it needs, from nothing but python3 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
FUNCTIONS := $(wildcard functions/*/app.py)

.PHONY: help run test lint format clean
.DEFAULT_GOAL := help

help: ## say what there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(INSTALLED): pyproject.toml layers/dependencies/requirements.txt cli/requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[dev]'
	touch $@

run: $(INSTALLED) ## make the sample day's edition on the embedded AWS, into build/site
	$(BIN)/arxiv-daily local run

test: $(INSTALLED) ## run every test
	$(BIN)/pytest

lint: $(INSTALLED) ## check format, style, types and the template
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy layers/common cli tests
	for app in $(FUNCTIONS); do $(BIN)/mypy $$app || exit 1; done
	$(BIN)/cfn-lint infra/template.yaml

format: $(INSTALLED) ## format the code and mend what can be mended without a person
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

clean: ## remove everything that was made here, environments included
	rm -rf build .aws-sam .engine .sam-cli $(VENV) .mypy_cache .pytest_cache .ruff_cache *.egg-info layers/common/*.egg-info cli/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
