# `make site` and `make test` need Python 3.11 or newer and do all other set-up themselves.
# Another Python than the first one found: make PYTHON=/path/to/python3.12 site

.DEFAULT_GOAL := help
.PHONY: help bench-quality screenshots site serve test test-site lock clean

# Modules of another program must not stand before the locked ones.
unexport PYTHONPATH PYTHONHOME

help: ## Say what each target does
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name what; do \
		printf '  make %-14s %s\n' "$$name" "$$what"; done

site: ## Build the bundled collection into site/
	@sh tools/setup.sh site
	@.venv/bin/offprint build
	@echo "To look at it: make serve → http://127.0.0.1:8000/"

serve: ## Show the collection at http://127.0.0.1:8000/ and follow its changes
	@sh tools/setup.sh site
	@.venv/bin/offprint serve

test: ## Run the tests, those in a browser too where one can be had
	@sh tools/setup.sh test
	@.venv/bin/python tools/browser.py
	@.venv/bin/python -m pytest -n auto --dist worksteal

test-site: ## Check the workflows, run their steps here, and check the pages
	@sh tools/setup.sh test
	@sh tools/setup.sh tools
	@.venv/bin/python tools/browser.py
	@.venv/bin/python -m tools.node
	@.venv/bin/python -m tools.programs biber newsboat
	@.venv/bin/python -m pytest tests/site

screenshots: ## Renew the pictures that README and manual show
	@sh tools/setup.sh test
	@.venv/bin/python tools/browser.py
	@.venv/bin/offprint build
	@.venv/bin/python tools/screenshots.py

bench-quality: ## Measure the judgements on public labelled data: make bench-quality DATA=folder
	@sh tools/setup.sh site
	@.venv/bin/python -m benchmarks.quality $(DATA)

lock: ## Renew requirements/*.txt to the newest versions that fit pyproject.toml
	@sh tools/setup.sh lock

clean: ## Remove the built site, the caches and the virtual environments
	@rm -rf site dist .offprint-cache .venv .venv-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean. digests/, docs/ and papers.lock are as they were."
