# The two commands that matter: `make run` and `make test`. `make` alone lists the rest.
PORT ?= 8501
# The first interpreter that is new enough; PYTHON=... overrides.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
TOOLS := .tools/bin
UV := 0.13.9
STORE := data/snapshots

.PHONY: help run test check format lock clean

help:
	@echo "make run     start the dashboard on http://127.0.0.1:$(PORT)"
	@echo "make test    install what tests need, check the code, run every test"
	@echo "make check   the checks alone: format, lint, types, imports"
	@echo "make format  format the code"
	@echo "make lock    compile the pinned requirements from pyproject.toml"
	@echo "make clean   remove .venv, tools and caches; never a store"

run: .venv/runtime.stamp
	@test -n "$$NUANXIN_STORE" || ls $(STORE)/commits/*.json >/dev/null 2>&1 || $(MAKE) --no-print-directory demonstration
	@headless=$${BROWSER:+false}; \
	exec $(BIN)/python -m streamlit run dashboard.py --server.port $(PORT) $${headless:+--server.headless $$headless}

test: check
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: .venv/tests.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/tests.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# A universal resolution holds on Linux, macOS and Windows; tests may not move a pin of the runtime.
lock: $(TOOLS)/uv
	$(TOOLS)/uv pip compile --universal --python-version 3.11 --upgrade --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(TOOLS)/uv pip compile --universal --python-version 3.11 --upgrade --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --group tests -c requirements.txt -o tests/requirements.txt

clean:
	rm -rf .venv .tools .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; 需要 Python 3.11 或更高版本" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/runtime.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests.stamp: tests/requirements.txt .venv/runtime.stamp
	$(BIN)/python -m pip install --disable-pip-version-check -r tests/requirements.txt -c requirements.txt
	@touch $@

$(TOOLS)/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --disable-pip-version-check uv==$(UV)

# Built beside its place and moved when whole, so that an interrupted start leaves nothing half made.
# A store that holds anything is never touched.
.PHONY: demonstration
demonstration:
	@rm -rf $(STORE).new
	$(BIN)/python -m data sample --profile demo --last 2026-10 --months 36 --seed 7 --store $(STORE).new
	@test ! -d $(STORE) || find $(STORE) -type d -empty -delete
	@test ! -e $(STORE) || { echo "$(STORE): has files but no commit; move it away / 有文件但没有提交记录，请先移走" >&2; exit 1; }
	@mv $(STORE).new $(STORE)
