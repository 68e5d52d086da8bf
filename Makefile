# Verbs of the project. Each one installs what it needs first; `make help` explains them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install lint test faults containers train run bench release

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL ?= 2
export TF_INTRA_OP_PARALLELISM_THREADS ?= 1
export TF_INTER_OP_PARALLELISM_THREADS ?= 1
# The environment is always .venv of this folder, whatever is active in the caller's shell.
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT
# Where it is set, every start of every process compiles Rasa anew, which takes longer than all the rest of it.
unexport PYTHONDONTWRITEBYTECODE
export OMP_NUM_THREADS ?= 1
# Rasa 3.6 pins SQLAlchemy 1.4 on purpose; its farewell at every start helps nobody.
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

BIN := .venv/bin
STAMP := .venv/.installed

help: ## Show the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## Install uv into .uv/ and everything of uv.lock into .venv/

# python3 is looked up from /, because pyenv's would insist on the version of .python-version; uv gets that one itself.
$(STAMP): pyproject.toml uv.lock .python-version
	@if [ -x .uv/bin/uv ]; then uv=.uv/bin/uv; \
	elif command -v uv >/dev/null; then uv=uv; \
	else \
	  echo "Installing uv into .uv/"; \
	  here="$$PWD"; \
	  (cd / && python3 -m venv "$$here/.uv") || { echo "python3 with the venv module is needed" >&2; exit 1; }; \
	  .uv/bin/pip install --quiet --disable-pip-version-check uv; \
	  uv=.uv/bin/uv; \
	fi; \
	"$$uv" sync --frozen
	@touch $@

lint: install ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# The browser takes both cores by itself: its tests run alone, also when others failed.
test: install ## Run the whole test suite, a process for each core
	@status=0; \
	$(BIN)/pytest -q -n auto --maxprocesses 4 --dist loadfile --ignore=tests/web || status=$$?; \
	$(BIN)/pytest -q tests/web || status=$$?; \
	exit $$status

faults: install ## Kill the gateway 200 times while 2,000 messages flow; print the figures
	FAULT_KILLS=200 FAULT_MESSAGES=2000 FAULT_CITIZENS=200 $(BIN)/pytest -q -s -p no:xdist tests/faults

containers: install ## Build the image, start deploy/compose.yml, ask, scale and take down (needs docker)
	CONTAINERS=1 $(BIN)/pytest -q -s -ra -p no:xdist tests/deploy/test_containers.py

train: install ## Train the model when the training data changed
	$(BIN)/bot train

run: install ## Start everything; on a terminal, chat with the assistant
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BIN)/bot serve --chat; else exec $(BIN)/bot serve; fi

bench: install ## Measure training, start and answer times, and servers beside stock Rasa
	$(BIN)/bot bench
	$(BIN)/bot bench --servers

release: install ## Train and check the result against the gates in data/evaluation
	$(BIN)/bot release
