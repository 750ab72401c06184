# followup: what can be done with this checkout. `make` alone lists it.

SWIFT ?= swift
RELEASE_FLAGS = -c release --product followup --scratch-path .build-release \
	-Xswiftc -static-executable -Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker -s
PREFIX ?= /usr/local
DEBUG_PROGRAM = $$($(SWIFT) build --show-bin-path)/followup
SOURCES = Package.swift Sources Migrations

.PHONY: help setup build demo test check format lint docs readme bench coverage sanitize fuzz faults release install clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install the system packages that are missing, or say how
	@bash Scripts/setup.sh

build: setup ## build the program for development
	$(SWIFT) build

demo: build ## the main job on a synthetic caseload as of today
	@bash Scripts/demo.sh $(DEBUG_PROGRAM)

test: setup ## run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

check: lint readme ## format, docs and README against the program
	@python3 Scripts/cli_reference.py $(DEBUG_PROGRAM) | diff -u docs/cli.md - \
		|| { echo "docs/cli.md is not what the program says: make docs" >&2; exit 1; }
	@echo "check: all is as it should be"

lint: setup
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: setup ## format the sources
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

docs: build ## write docs/cli.md from the program
	python3 Scripts/cli_reference.py $(DEBUG_PROGRAM) > docs/cli.md

readme: build
	@bash Scripts/check_readme.sh $(DEBUG_PROGRAM)

bench: release ## measure the main job against the sqlite3 shell, side by side
	python3 Benchmarks/bench.py .build-release/release/followup

coverage: setup ## line coverage of every module
	$(SWIFT) test --enable-code-coverage
	@bash Scripts/coverage.sh

sanitize: setup ## the tests of the lower modules under the address sanitizer
	ASAN_OPTIONS=detect_leaks=0 $(SWIFT) test --sanitize=address --scratch-path .build-asan \
		--filter 'CSVTests|SQLiteTests|CivilTimeTests|StorageTests'

fuzz: setup ## the CSV reader against its model on many more inputs
	FOLLOWUP_FUZZ=10 $(SWIFT) test --filter CSVTests

faults: setup ## ten times the kills, full disks and failing calls of the tests
	FOLLOWUP_FAULTS=10 $(SWIFT) test --filter Faults

release: setup ## build the program that is shipped: one file that needs no Swift beside it
	$(SWIFT) build $(RELEASE_FLAGS)

install: release ## put the program into PREFIX/bin (default /usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build-release/release/followup $(DESTDIR)$(PREFIX)/bin/followup

clean: ## remove what was built
	rm -rf .build .build-release .build-asan
