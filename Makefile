# One word per act. `make run` opens the house, `make test` proves it; CONTRIBUTING.md says more.

PYTHON ?= python3
export PORT ?= 8000
export SEED DURATION BACKEND PEOPLE MUTANT
HERE := .venv/bin/python
DOMAIN := $(addprefix tests/,accounts agency catalog consult chat desk editorial oversight trust live)
# Pages and documents made of values: no database says them differently.
MADE := $(addprefix --ignore=tests/catalog/,form sheets open_data/test_cpsv.py)

.DEFAULT_GOAL := check
.PHONY: setup run check words lint types layers test test-js test-grown test-chaos format protocol demo cluster \
        screenshots bench bench-quick browser chaos chaos-mutants clean

setup: .venv/installed .venv/assets
	@$(HERE) -m ops.prepare

run: .venv/installed .venv/assets
	@$(HERE) -m ops.run

check: lint types layers test

lint: .venv/tools
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/djlint --quiet --lint templates
	@$(HERE) -m ops.logical
	@$(HERE) manage.py protocol --check

types: .venv/tools
	@.venv/bin/mypy --no-error-summary .

layers: .venv/tools
	@said=$$(.venv/bin/lint-imports --no-logo) || { echo "$$said"; exit 1; }

test: .venv/tools .venv/checkers words test-js test-grown test-chaos
	@$(HERE) -m pytest -n 2 --dist loadfile

test-grown: .venv/tools words
	@$(HERE) -m tests.programs
	@RAYZAN_TEST_BACKEND=grown $(HERE) -m pytest -n 2 --dist loadfile -m "not browser" $(MADE) $(wildcard $(DOMAIN))

# A minute of faults; how long recoveries took is judged by `make chaos`, on a machine of its own.
test-chaos: .venv/tools words
	@$(HERE) -m tests.programs
	@said=$$(SEED=7 DURATION=60 RECOVERY=told $(HERE) -m chaos 2>&1) || { echo "$$said"; exit 1; }

words: .venv/installed
	@$(HERE) manage.py compile_translations --verbosity 0

test-js: .venv/checkers
	@node --test --test-reporter=dot tests/js/*.test.js

browser: .venv/tools .venv/checkers words
	@$(HERE) -m pytest -m browser

format: .venv/tools
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

protocol: .venv/installed
	@$(HERE) manage.py protocol

demo: .venv/installed
	@$(HERE) -m ops.demo

cluster: .venv/installed .venv/assets
	@$(HERE) -m ops.cluster

screenshots: .venv/tools .venv/assets
	@$(HERE) -m ops.screenshots

bench: .venv/bench
	@$(HERE) -m bench all

bench-quick: .venv/bench
	@$(HERE) -m bench all --quick

# SEED=… DURATION=… BACKEND=sqlite PEOPLE=…: docs/reliability.md
chaos: .venv/tools words
	@$(HERE) -m tests.programs
	@$(HERE) -m chaos

chaos-mutants: .venv/tools words
	@$(HERE) -m chaos.prove

clean:
	@rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f locale/*/LC_MESSAGES/*.mo

# --- What the acts stand on; each is made again when its list changes ---

.venv/installed: requirements.txt
	@echo "Installing what Rayzan needs (once) …"
	@$(PYTHON) -c "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || \
	    { echo "Python 3.11 or newer with venv is needed: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@.venv/bin/pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tools: requirements-dev.txt .venv/installed
	@.venv/bin/pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The yardstick of the benches.
.venv/bench: bench/requirements.txt .venv/installed
	@.venv/bin/pip install -qq --disable-pip-version-check -r bench/requirements.txt
	@touch $@

# The typeface. Without npm, or without a network, the pages use the system's own fonts.
.venv/assets: package-lock.json | .venv/installed
	@npm ci --omit=dev --silent >/dev/null 2>&1 || echo "No npm here: the system's fonts will do."
	@touch $@

# What only the tests need of npm: the checkers of accessibility and of the wire's description.
.venv/checkers: package-lock.json .venv/assets
	@npm ci --silent >/dev/null 2>&1 || { echo "The tests need npm, and a registry once."; exit 1; }
	@touch $@
