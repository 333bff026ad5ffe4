# The portal from a fresh clone: python3 (3.11 or newer), git and make are all it needs.
PORT ?= 8000
PYTHON ?= python3
BIN = .venv/bin
STAMP = .venv/.installed

# Where the environment forbids compiled sources, each of the portal's processes and every test run would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench screenshots reset audit setup

run: $(STAMP)
	@exec $(BIN)/python -m config.run --port $(PORT)

test: $(STAMP)
	@exec $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder $(ARGS)

check: $(STAMP)
	@exec sh .ci/check

bench: $(STAMP)
	@exec $(BIN)/python -m benchmarks $(ARGS)

screenshots: $(STAMP)
	@CCN_PICTURES=docs/pictures exec $(BIN)/python -m pytest -n 0 -p no:randomly tests/browser/test_story.py tests/browser/test_dossier_story.py $(ARGS)

reset: $(STAMP)
	@exec $(BIN)/python -m config.run --reset

audit: $(STAMP)
	@exec $(BIN)/pip-audit --skip-editable

setup: $(STAMP)

# Made anew only when a dependency changed.
$(STAMP): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" sh .ci/install
