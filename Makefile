# `make run` starts a development site, `make test` checks a change. Works with
# GNU Make 3.81. Everything is kept in .venv/ and var/, which git ignores.

PORT ?= 8000
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done || echo python3)
VENV = .venv
BIN = $(VENV)/bin
MANAGE = $(BIN)/python manage.py
PIP_INSTALL = $(BIN)/python -m pip install --disable-pip-version-check --require-hashes
CATALOGS = $(wildcard locale/*/LC_MESSAGES/django.po)
COMPILED = $(CATALOGS:.po=.mo)
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser \
	|| command -v google-chrome)
PYTEST_WORKERS ?= 2

# What a real site sets, with secrets made for this run; a database of its own.
CHECK_DIR = var/check
PRODUCTION = env DEBUG=false THROTTLE_SCALE=1 ALLOWED_HOSTS=petition.example.org \
	SITE_URL=https://petition.example.org \
	CONTROLLER_NAME='Example Campaign' \
	CONTROLLER_ADDRESS='1 Example Street, Leeds' \
	CONTROLLER_EMAIL=contact@petition.example.org \
	MAIL_FROM=no-reply@petition.example.org EMAIL_URL=dummymail:// \
	KEYS_DIR=$(CURDIR)/$(CHECK_DIR)/keys \
	SECRET_KEY_FILE=$(CURDIR)/$(CHECK_DIR)/secrets/SECRET_KEY \
	LINK_KEY_FILE=$(CURDIR)/$(CHECK_DIR)/secrets/LINK_KEY \
	INDEX_KEY_FILE=$(CURDIR)/$(CHECK_DIR)/secrets/INDEX_KEY \
	CODE_KEY_FILE=$(CURDIR)/$(CHECK_DIR)/secrets/CODE_KEY \
	SUBSCRIBER_KEYS_FILE=$(CURDIR)/$(CHECK_DIR)/secrets/SUBSCRIBER_KEYS
CHECK = $(PRODUCTION) DATABASE_URL=sqlite:///$(CURDIR)/$(CHECK_DIR)/check.sqlite3

.PHONY: help run test format lint types deploy-check migrations catalogs-check \
	test-sqlite test-postgres journeys drills bench screenshots requirements catalogs \
	fmt desk python-found port-free
.NOTPARALLEL:

help:
	@echo "make run            start the site on http://localhost:$(PORT) (PORT=$(PORT))"
	@echo "make test           everything a change must pass"
	@echo "make drills         hold every promise of safety under attack and fault"
	@echo "make bench          measure speed against a bare Django"
	@echo "make desk           pack the key holder's offline tool into one file"
	@echo "make screenshots    take the README's pictures anew"
	@echo "make fmt            put the code into its one format"
	@echo "make catalogs       bring the translation catalogs up to date"
	@echo "make requirements   pin the dependencies again"

# --- Run ----------------------------------------------------------------------

run: python-found port-free $(VENV)/.installed .env $(COMPILED)
	@exec $(MANAGE) run_site --port $(PORT)

python-found:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) --version 2>&1`." >&2; \
	  echo "Name another one like this: make run PYTHON=/path/to/python3.12" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks its venv module. On Debian and Ubuntu:" >&2; \
	  echo "  apt install python3-venv" >&2; \
	  exit 1; }

port-free:
	@$(PYTHON) detwin/ports.py $(PORT)

.env: | $(VENV)/.installed
	@$(BIN)/python -m detwin.development .env

# --- What is installed ----------------------------------------------------------

$(VENV)/.installed: requirements.txt | python-found
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' \
	  2>/dev/null || { echo "Creating $(VENV) …"; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing what requirements.txt pins …"
	@$(PIP_INSTALL) -r requirements.txt
	@mkdir -p var
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what requirements-dev.txt pins …"
	@$(PIP_INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch $@

$(COMPILED): $(CATALOGS) | $(VENV)/.installed
	@echo "Compiling the translation catalogs …"
	@$(BIN)/python -m detwin.catalogs

# --- Test -----------------------------------------------------------------------

test: format lint types deploy-check migrations catalogs-check \
	test-sqlite test-postgres journeys
	@printf '\n== All passed\n'

format: $(VENV)/.installed-dev
	@printf '\n== Format\n'
	@$(BIN)/ruff format --check .

lint: $(VENV)/.installed-dev
	@printf '\n== Lint\n'
	@$(BIN)/ruff check .
	@$(BIN)/bandit --quiet --severity-level medium --recursive . \
	  --exclude ./.venv,./tests,./var,./benchmarks

types: $(VENV)/.installed-dev $(CHECK_DIR)/secrets
	@printf '\n== Types\n'
	@$(CHECK) $(BIN)/mypy .

deploy-check: $(VENV)/.installed-dev $(CHECK_DIR)/secrets
	@printf '\n== Django checks, as in production\n'
	@$(CHECK) $(MANAGE) check --deploy --fail-level WARNING

migrations: $(VENV)/.installed-dev $(CHECK_DIR)/secrets
	@printf '\n== Migrations agree with the models\n'
	@$(CHECK) $(MANAGE) makemigrations --check --dry-run

catalogs-check: $(VENV)/.installed-dev $(COMPILED) $(CHECK_DIR)/secrets
	@printf '\n== Translation catalogs\n'
	@$(CHECK) $(MANAGE) catalogs --check

test-sqlite: $(VENV)/.installed-dev $(COMPILED) var/static
	@printf '\n== Tests on SQLite\n'
	@env -u DATABASE_URL $(BIN)/pytest -q -n $(PYTEST_WORKERS) -m 'not journey and not long'

test-postgres: $(VENV)/.installed-dev $(COMPILED) var/static
	@printf '\n== Tests on PostgreSQL\n'
	@$(BIN)/python -m tests.postgres \
	  $(BIN)/pytest -q -n $(PYTEST_WORKERS) -m 'not journey and not long'

journeys: $(VENV)/.installed-dev $(COMPILED) var/static
	@printf '\n== Journeys in a browser\n'
	@if [ -n "$(CHROMIUM)" ]; then \
	  env -u DATABASE_URL CHROMIUM="$(CHROMIUM)" $(BIN)/pytest -q \
	    -n $(PYTEST_WORKERS) -m journey tests/journeys; \
	elif [ "$$CI" = true ]; then \
	  echo "Chromium was not found, and CI=true asks for it." >&2; exit 1; \
	else \
	  echo "Left out: Chromium was not found (apt install chromium)."; \
	fi

# About a quarter of an hour; `make drills ONLY='-k dump'` runs one of them.
drills: $(VENV)/.installed-dev $(COMPILED) var/static
	@env CHROMIUM="$(CHROMIUM)" $(BIN)/python -m tests.drills $(ONLY)

# Without this directory whitenoise warns, and a warning fails a test.
var/static:
	@mkdir -p $@

$(CHECK_DIR)/secrets: | $(VENV)/.installed
	@mkdir -p $(CHECK_DIR)/keys
	@chmod 700 $(CHECK_DIR)/keys
	@$(BIN)/python -m safety.secret_files $@ >/dev/null

# --- Other chores -----------------------------------------------------------------

bench: $(VENV)/.installed-dev $(COMPILED) $(CHECK_DIR)/secrets
	@$(PRODUCTION) $(BIN)/python -m benchmarks.run

screenshots: $(VENV)/.installed-dev $(COMPILED)
	@env -u DATABASE_URL CHROMIUM="$(CHROMIUM)" $(BIN)/python -m tests.screenshots

# For the kind of computer and the version of Python that this runs on.
desk: $(VENV)/.installed-dev
	@$(BIN)/python tools/build_desk.py var/desk.pyz

fmt: $(VENV)/.installed-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

catalogs: $(VENV)/.installed .env
	@$(MANAGE) catalogs

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

requirements: $(VENV)/.installed
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet uv
	$(COMPILE) $(UPGRADE) requirements.in -o requirements.txt
	$(COMPILE) $(UPGRADE) requirements-dev.in -o requirements-dev.txt
