SHELL := /bin/bash -eu -o pipefail
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test gates lint bench fuzz ui ui-dev build openapi licenses screens clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ui build ## Build everything and start the demo
	./build/shirube demo

test: ## Run every test (SETUP=0: install nothing); LANE=go or LANE=ui for one half
	@scripts/test.sh $(LANE)

gates: ## Run the long tests; RUN=pattern for some of them
	@scripts/gates.sh $(RUN)

lint: ## Format and lint Go and the screens, in place where that is safe
	@. scripts/setup.sh && setup_node_modules
	git ls-files -z --cached --others --exclude-standard "*.go" | xargs -0 gofmt -l -w
	go vet ./...
	go tool staticcheck ./...
	cd ui && npm run --silent format && npm run --silent typecheck

bench: ui build ## Run the benchmarks and print their figures beside the machine's floor; RUN=pattern for some
	@scripts/bench.sh $(RUN)

fuzz: ## Fuzz every target for FUZZTIME (default 20s) each; RUN=pattern for some
	@scripts/fuzz.sh $(RUN)

ui: ## Build the screens into ui/dist (only when they changed)
	@scripts/ui.sh

ui-dev: ## Serve the screens with live reload; start `./build/shirube demo` beside it
	@. scripts/setup.sh && setup_node_modules
	cd ui && npm run dev

build: ## Build the program with whatever screens are in ui/dist
	@. scripts/setup.sh && setup_go
	go build -buildvcs=auto -o build/shirube ./cmd/shirube

openapi: ## Regenerate the API description and the typed client of the screens
	@scripts/openapi.sh

licenses: ## Regenerate THIRD_PARTY_NOTICES.md from what the program really contains
	@. scripts/setup.sh && setup_node_modules
	mkdir -p build
	go run ./scripts/licenses > build/notices.md && mv build/notices.md THIRD_PARTY_NOTICES.md

screens: ui build ## Run the browser tests only; their pictures lie in build/screens
	@. scripts/setup.sh && setup_browser && mkdir -p build/screens && node ui/e2e/run.mjs

clean: ## Remove everything that was built
	rm -rf build ui/node_modules
	find ui/dist -mindepth 1 ! -name .gitkeep -delete
