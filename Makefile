# The whole of it is two commands: `make experiments` and `make test`. `make help` lists the rest.

PROFILE ?= quick
EXPERIMENTS ?= $(wildcard Experiments/*.yaml)
RELEASE := .build/release
PROGRAMS := assay system-simulator assay-launcher

BENCHMARK := .build/benchmark.md

.PHONY: help setup build experiments test lint benchmark benchmark-readme calibrate selftest-docs golden clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-17s %s\n", $$1, $$2}'

setup: ## install what is missing, or say exactly what to install
	@scripts/setup

build: setup ## build the release programs into .build/release
	@for program in $(PROGRAMS); do swift build -c release --product $$program || exit 1; done

experiments: build ## run the shipped experiments and write Results/*/report.md (PROFILE=full for the real thing)
	@scripts/setup tracers
	@# 77: an experiment cannot be run on this machine. It has said so, and its report does.
	$(RELEASE)/assay run --profile $(PROFILE) $(EXPERIMENTS) || [ $$? -eq 77 ]

test: ## lint, build with warnings as errors, run the tests and a small experiment end to end
	@scripts/setup tests
	@scripts/test

lint: ## check the layout of the source
	@swift format lint --strict --recursive Sources Tests Package.swift

benchmark: setup ## measure what the hot paths cost, beside floors and peers in the same run; kept in .build/benchmark.md
	@scripts/setup benchmark
	@for program in assay-benchmark system-simulator assay-launcher; do swift build -c release --product $$program || exit 1; done
	@bash -o pipefail -c '$(RELEASE)/assay-benchmark | tee $(BENCHMARK).part'
	@mv $(BENCHMARK).part $(BENCHMARK)

benchmark-readme: ## put the performance table of the last `make benchmark` into README.md
	@scripts/benchmark-readme $(BENCHMARK)

selftest-docs: build ## put the tables of `assay selftest` into docs/selftest.md
	@scripts/selftest-docs

calibrate: setup ## put what the gate makes of sessions with a known truth into docs/calibration.md; half an hour on a quiet machine
	@scripts/setup calibrate
	@for program in assay assay-benchmark assay-launcher; do swift build -c release --product $$program || exit 1; done
	@scripts/calibration-docs

golden: ## rewrite the golden files of the tests; review the difference as code
	ASSAY_UPDATE_GOLDEN=1 swift test

clean: ## remove what was built; Results stay
	rm -rf .build .build-*
