# followup: what can be done with this checkout. `make` alone lists it.

SWIFT ?= swift
RELEASE_FLAGS = -c release --product followup --scratch-path .build-release \
	-Xswiftc -static-executable -Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker -s \
	-Xswiftc -vfsoverlay -Xswiftc $(CURDIR)/.build-release/overlay.yaml
RELEASE_PROGRAM = .build-release/release/followup
PREFIX ?= /usr/local
BIN = $(DESTDIR)$(PREFIX)/bin
SHARE = $(DESTDIR)$(PREFIX)/share
DEBUG_PROGRAM = $$($(SWIFT) build --show-bin-path)/followup
SOURCES = Package.swift Sources Migrations Tests

.PHONY: help setup build demo test golden check format lint docs readme bench coverage sanitize fuzz faults mutations \
	release install clean

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

golden: setup ## record anew what people read (Tests/Golden), to be looked at before it is kept
	$(SWIFT) build --build-tests
	-FOLLOWUP_RECORD_GOLDEN=1 $(SWIFT) test --skip-build --filter GoldenTests >/dev/null 2>&1
	$(SWIFT) test --skip-build --filter GoldenTests

check: lint readme ## format, docs and README against the program
	@python3 Scripts/cli_reference.py $(DEBUG_PROGRAM) | diff -u docs/cli.md - \
		|| { echo "docs/cli.md is not what the program says: make docs" >&2; exit 1; }
	@python3 Scripts/manual_page.py $(DEBUG_PROGRAM) | diff -u docs/man/followup.1 - \
		|| { echo "docs/man/followup.1 is not what the program says: make docs" >&2; exit 1; }
	@bash Scripts/check_manual.sh docs/man/followup.1
	@echo "check: all is as it should be"

lint: setup
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: setup ## format the sources
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

docs: build ## write docs/cli.md and the manual page from the program
	python3 Scripts/cli_reference.py $(DEBUG_PROGRAM) > docs/cli.md
	python3 Scripts/manual_page.py $(DEBUG_PROGRAM) > docs/man/followup.1

readme: build
	@bash Scripts/check_readme.sh $(DEBUG_PROGRAM)

SIZE ?= 100000
bench: release ## measure the program beside its peers, in one table; SIZE=1000000 for the big one
	python3 Benchmarks/bench.py $(RELEASE_PROGRAM) --sizes $$(python3 Benchmarks/sizes.py $(SIZE)) $(BENCH)

coverage: setup ## line coverage of every module; fails below 95 % where the practice and the record are kept
	@bash Scripts/coverage.sh

sanitize: setup ## the whole suite under the address sanitizer, then under the thread sanitizer
	@bash Scripts/sanitize.sh

MINUTES ?= 1
fuzz: setup ## MINUTES=1 on each target of Fuzzing, one after the other: inputs that break a promise are kept
	@bash Scripts/fuzz.sh $(MINUTES)

faults: build release ## kills, full disks, failing calls, power cuts, wrong clocks: docs/testing.md
	python3 Scripts/faults/run.py $(RELEASE_PROGRAM) $(DEBUG_PROGRAM) $(FAULTS)

mutations: setup ## plant ten faults in the rules, one at a time, and show that a test finds each
	python3 Scripts/mutations.py

release: setup ## build the program that is shipped: one file that needs no Swift beside it
	@mkdir -p .build-release
	@bash Scripts/release/overlay.sh $(CURDIR)/.build-release > .build-release/overlay.yaml
	$(SWIFT) build $(RELEASE_FLAGS)
	@bash Scripts/release/check.sh $(RELEASE_PROGRAM)
	@bash Scripts/release/alone.sh $(RELEASE_PROGRAM)

install: release ## put program, manual page and completions below PREFIX (default /usr/local)
	install -d $(BIN) $(SHARE)/man/man1 $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions \
		$(SHARE)/fish/vendor_completions.d
	install -m 755 $(RELEASE_PROGRAM) $(BIN)/followup
	install -m 644 docs/man/followup.1 $(SHARE)/man/man1/followup.1
	$(RELEASE_PROGRAM) --generate-completion-script bash > $(SHARE)/bash-completion/completions/followup
	$(RELEASE_PROGRAM) --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_followup
	$(RELEASE_PROGRAM) --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/followup.fish

clean: ## remove what was built
	rm -rf .build .build-release .build-asan .build-tsan .build-coverage .build-fuzz Benchmarks/.build Fuzzing/.build
