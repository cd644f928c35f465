# Two commands: `make check` verifies the claims and writes the report, `make test` tests the software.
# Both need only make and Python 3.11 or later, and put everything they install into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV ?= uv
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate

# Numerical libraries stay on one thread; what runs in parallel here are claims and tests.
export OMP_NUM_THREADS ?= 1

.DELETE_ON_ERROR:
.PHONY: help check summary test test-long lint types unit docs lock clean

help:
	@echo "make check   check every claim and write the report into $(OUT)/report"
	@echo "make test    lint, types, tests and doctests"
	@echo "make test-long  kernel mutation, fuzzing, determinism, interruption, packages; ONLY=part for one of them;"
	@echo "             writes reports/long_tests.json, which is committed; interrupted, it goes on where it was"
	@echo "make docs    build the documentation into $(OUT)/docs, without any network"
	@echo "make summary check every claim and renew reports/SUMMARY.md"
	@echo "make lock    renew both lock files (needs uv)"
	@echo "make clean   remove $(VENV) and $(OUT)"

# The report is written whether or not every verdict is the expected one; the exit status says which.
check: $(VENV)/ready-check
	@mkdir -p $(OUT) && rm -f $(OUT)/check.json
	@$(BIN)/lemmata check --json $(OUT)/check.json; status=$$?; \
	test -f $(OUT)/check.json || exit $$status; \
	$(BIN)/lemmata report --from $(OUT)/check.json --out $(OUT)/report || exit; \
	exit $$status

# The summary of this register, committed beside the code; a test says when it is stale.
summary: check
	cp $(OUT)/report/SUMMARY.md reports/SUMMARY.md

test: lint types unit

# The long part. What it finds is committed beside the code and shown in the report; `make test` says when it is stale.
test-long: $(VENV)/ready-test
	$(BIN)/python tools/long_tests.py $(addprefix --only ,$(ONLY))

lint: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-test
	MYPYPATH=$(VENV)/editable $(BIN)/mypy -p lemmata.analysis -p lemmata.numerics -p lemmata.claims -p lemmata.reports

unit: $(VENV)/ready-test
	$(BIN)/pytest -n 2

# Strictly: a warning, a name that leads nowhere, an unexpected verdict or anything loaded from a network is an error.
docs: $(VENV)/ready-test
	$(BIN)/sphinx-build --builder html --nitpicky --fail-on-warning --keep-going --quiet --fresh-env docs $(OUT)/docs
	@echo "the documentation is in $(OUT)/docs/index.html"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "lemmata needs Python 3.11 or later, and $(PYTHON) is %d.%d; name another with make PYTHON=..." % sys.version_info[:2])'
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# The lock holds the build back end too, so that the editable install neither isolates a build nor asks for more.
# Type checkers find the package, whose folder may have any name, through the link .venv/editable/lemmata.
$(VENV)/ready-check: requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing the pinned versions of requirements.lock into $(VENV)"
	@$(INSTALL) --require-hashes --no-deps -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@mkdir -p $(VENV)/editable && ln -sfn ../.. $(VENV)/editable/lemmata
	@touch $@

$(VENV)/ready-test: requirements-test.lock $(VENV)/ready-check
	@echo "installing the pinned versions of requirements-test.lock into $(VENV)"
	@$(INSTALL) --require-hashes --no-deps -r requirements-test.lock
	@touch $@

lock:
	$(LOCK) pyproject.toml --group build --output-file requirements.lock
	$(LOCK) pyproject.toml --group build --extra test --extra docs --constraints requirements.lock --output-file requirements-test.lock

clean:
	rm -rf $(VENV) $(OUT)
