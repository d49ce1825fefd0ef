# Every target sets up what it needs, from nothing but python3 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# aws-sam-cli pins packages that differ from ours, so it lives in an environment of its own.
SAM_VERSION := 1.170.0
SAM_INSTALLED := .sam-cli/.installed-$(SAM_VERSION)
SAM := .sam-cli/bin/sam
export SAM_CLI_TELEMETRY := 0

# So does checkov.
CHECKOV_VERSION := 3.3.30
CHECKOV_INSTALLED := .checkov/.installed-$(CHECKOV_VERSION)

# Many environments forbid Python to keep what it compiled; then each of a hundred commands would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

# Where a Python 3.13 really runs: sam needs it on PATH, and a pyenv shim there may lead nowhere.
PYTHON313 = $(shell \
	python3.13 -c 'import sys; print(sys.executable)' 2>/dev/null || \
	"$$(pyenv prefix 3.13 2>/dev/null)/bin/python3.13" -c 'import sys; print(sys.executable)' 2>/dev/null || \
	$(BIN)/uv python find 3.13 2>/dev/null)

.PHONY: help run test simulate eval bench lint format build deploy leave python where-python validate audit clean
# The stack of `make deploy` and `make leave`: make deploy STACK=another
STACK ?= arxiv-daily
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
	$(BIN)/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

simulate: $(INSTALLED) ## run on the embedded AWS months of a simulated arXiv, every mood of Claude, a day beyond its budget; a ten-year archive
	ARXIV_DAILY_SIMULATE_ALL=1 $(BIN)/pytest -s tests/e2e/test_simulated_days.py tests/e2e/test_backfill.py \
		tests/e2e/test_moods.py tests/e2e/test_budget.py tests/integration/test_arxiv_faults.py tests/integration/test_catchup_faults.py \
		tests/browser/search/test_archive.py tests/browser/test_pages.py tests/browser/test_hostile_day.py

eval: $(INSTALLED) ## plant faults into digests, count what the checks catch, and write docs/evaluation.md
	$(BIN)/python -m tests.evaluation

bench: $(INSTALLED) ## measure speed, size and cost against what they are held to, and write docs/benchmarks.md (some minutes)
	$(BIN)/python -m tests.bench --python "$(or $(PYTHON313),$(abspath $(BIN)/python))"

.PHONY: chaos load soak
SEED ?= 1
RUNS ?= 50
chaos: $(INSTALLED) ## let AWS, arXiv, Claude and clocks fail on seeded random days, and write docs/reliability.md (SEED, RUNS or MINUTES)
	$(BIN)/python -m tests.e2e.chaos --seed '$(SEED)' $(if $(MINUTES),--minutes '$(MINUTES)',--runs '$(RUNS)'); \
	    broken=$$?; $(BIN)/python -m tests.e2e.chaos.report && exit $$broken

load: $(INSTALLED) ## carry on the embedded AWS a day of all of arXiv, and a month at once, and write docs/load.md (half an hour)
	$(BIN)/python -m tests.load

soak: $(INSTALLED) ## live through sixty simulated days in one go, faults included, and write docs/load.md (a quarter of an hour)
	$(BIN)/python -m tests.load.soak

.PHONY: diagram costs usage
diagram: $(INSTALLED) ## draw the template into docs/architecture.md
	$(BIN)/python -m tests.infra.diagram

costs: $(INSTALLED) ## compute docs/costs.md from prices, measured usage and the template
	$(BIN)/python -m tests.costing

usage: $(INSTALLED) ## measure on the embedded AWS what days take of AWS, for make costs (some minutes)
	$(BIN)/python -m tests.costing.measure

lint: $(INSTALLED) ## check format, style, types and the template
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy layers/common cli tests functions
	$(BIN)/cfn-lint infra/template.yaml

format: $(INSTALLED) ## format the code and mend what can be mended without a person
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

$(SAM_INSTALLED): | $(INSTALLED)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .sam-cli
	$(BIN)/uv pip install --quiet --python .sam-cli aws-sam-cli==$(SAM_VERSION)
	touch $@

# The versions that the tests ran with, which pip is held to; sam's cache does not know of them.
TESTED := .aws-sam/tested.txt

build: $(SAM_INSTALLED) ## build functions and layers for AWS (arm64), into .aws-sam, and say how large they are
	@found='$(PYTHON313)'; test -n "$$found" || { echo 'Python 3.13 is needed: $(BIN)/uv python install 3.13' >&2; exit 1; }; \
	mkdir -p build && $(BIN)/uv pip freeze --quiet --python $(BIN)/python --exclude-editable > build/tested.txt && \
	{ cmp -s build/tested.txt $(TESTED) || rm -rf .aws-sam/cache; } && \
	PIP_CONSTRAINT="$$($(BIN)/python -c 'import pathlib; print(pathlib.Path("build/tested.txt").absolute().as_uri())')" \
	PATH="$$(dirname "$$found"):$$PATH" $(SAM) build --template infra/template.yaml --cached --parallel && \
	$(BIN)/python -m arxiv_daily_cli.packaging .aws-sam/build --python "$$found" && mv build/tested.txt $(TESTED)

deploy: $(SAM_INSTALLED) ## deploy to your AWS account: guided the first time, an update afterwards
	$(BIN)/arxiv-daily deploy --stack-name '$(STACK)'

leave: $(INSTALLED) ## delete the deployed stack; table, bucket and key stay
	$(BIN)/arxiv-daily leave --stack-name '$(STACK)'

python: $(INSTALLED) ## install Python 3.13, which building needs
	$(BIN)/uv python install 3.13

where-python: $(INSTALLED)
	@echo '$(PYTHON313)'

validate: $(SAM_INSTALLED) audit ## check the template with SAM, its linter and checkov
	$(SAM) validate --template infra/template.yaml --region us-east-1
	$(SAM) validate --template infra/template.yaml --region us-east-1 --lint

$(CHECKOV_INSTALLED): | $(INSTALLED)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .checkov
	$(BIN)/uv pip install --quiet --python .checkov checkov==$(CHECKOV_VERSION)
	touch $@

audit: $(CHECKOV_INSTALLED) ## check what CloudFormation receives from SAM with checkov; infra/checkov.yaml says what is skipped
	$(BIN)/python -m tests.infra.translation build/translated.json
	.checkov/bin/checkov --config-file infra/checkov.yaml --file build/translated.json

clean: ## remove everything that was made here, environments included
	rm -rf build .aws-sam .engine .sam-cli .checkov $(VENV) .mypy_cache .pytest_cache .ruff_cache *.egg-info layers/common/*.egg-info cli/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
