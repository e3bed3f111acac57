# Trunkline. `make run` and `make test` install what they lack, pinned, into a cache folder of their own
# (scripts/setup.sh) and say what they are doing.
.DEFAULT_GOAL := help
.PHONY: help run build dev test test-static test-native test-wasm test-e2e profile bench pictures clean

PORT ?= 8080

help: ## These lines
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{ printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build, and start the server on 127.0.0.1:8080 (PORT=… for another)
	@exec target/release/trunkline-server --listen 127.0.0.1:$(PORT)

build: ## dist/ (with .br and .gz beside each file) and target/release/trunkline-server
	@scripts/build.sh

dev: ## Edit and reload: the app on 127.0.0.1:8081, its API from the server on 8080
	@scripts/dev.sh

test: ## Everything below
	@scripts/test.sh

test-static: ## Dependencies (cargo deny, npm audit), format, lints, import laws
	@scripts/test.sh static

test-native: ## Tests of api, server and the pure models
	@scripts/test.sh native

test-wasm: ## Component tests in headless Chromium
	@scripts/test.sh wasm

test-e2e: ## Journeys in Chromium against the real server
	@scripts/test.sh e2e

profile: ## Which code comes after a page's first view: scripts/split/cold.txt, for when `make build` says that a page is too heavy
	@scripts/build.sh profile

bench: ## The inbox beside the same list written by hand: figures, and docs/performance.md (BENCH=--small: a part)
	@scripts/setup.sh test
	@scripts/build.sh
	@node tests/bench/bench.mjs $(BENCH)

pictures: ## Every page in light, dark, narrow and Hebrew, into TO (TO=target/pictures); TO=--docs takes those of docs/
	@scripts/setup.sh test
	@scripts/build.sh
	@node scripts/pictures.mjs $(TO)

clean: ## Remove what was built (the tools' cache stays)
	rm -rf dist target node_modules test-results playwright-report
