# The door. `make run` and `make test` each work alone on a fresh machine that has a Swift toolchain.
#
# One build configuration serves the program and its tests. A debug build of SwiftNIO and BoringSSL costs as much as
# the release build that people run, and nothing would be gained by it: checks of bounds, overflow and preconditions
# stay on in release. `--disable-testable-imports` keeps the flags of both builds the same, so that neither undoes
# the other's objects.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: run test check lint format build conformance conformance-all interop fuzz asan tsan bench pictures verdicts clean help

export WS101 ?= $(CURDIR)/.build/release/ws101
ARGS ?=
SUITES ?= swift conformance interop

run: ## Build ws101 and start it; ARGS='serve --listen 127.0.0.1:9001' for anything but the screen
	@.make/need build
	@.make/build --product ws101
	@exec "$(WS101)" $(ARGS)

test: ## Every test: Swift, conformance, programs that others wrote
	@.make/need build tests
	@.make/test $(SUITES)

check: SUITES := format $(SUITES)
check: test ## What must hold before a change is handed in: format, no warnings, every test

lint: ## Check the format of the Swift sources
	@.make/need build
	@.make/format

format: ## Rewrite the Swift sources in the agreed format
	@swift format --in-place --configuration .swift-format --recursive --parallel Package.swift Sources Tests

build: ## Build ws101 and its tests
	@.make/need build
	@.make/build --build-tests

conformance: ## Autobahn's core cases against our server and our client, compared with what is expected
	@.make/need build tests
	@.make/test conformance

conformance-all: ## The same with the slow sections 9, 12 and 13 (limits, compression); about ten minutes
	@.make/need build tests
	@.make/test conformance-all

interop: ## Programs that others wrote: Python websockets, Node ws, tshark, tcpdump, a real terminal
	@.make/need build tests
	@.make/test interop

fuzz: ## Random and mutated bytes into every decoder
	@.make/need build
	@Tests/Fuzz/run.sh $(ARGS)

asan: ## The Swift tests under the address sanitizer (a debug build of its own, several minutes)
	@.make/need build
	@.make/sanitize address

tsan: ## The Swift tests under the thread sanitizer (a debug build of its own, several minutes)
	@.make/need build
	@.make/sanitize thread

bench: ## Speed and memory beside today's peers, measured in the same run; ARGS=--full for the long one
	@.make/need build tests bench
	@.make/build --product ws101
	@.make/python Tests/Bench/bench.py $(ARGS)

pictures: ## Draw the README's picture of the screen anew
	@.make/need build tests
	@.make/build --product ws101
	@.make/python Tests/Interop/picture.py $(ARGS)

verdicts: ## Write anew what the probe says of the servers it is tested with
	@.make/need build tests
	@.make/build --product ws101
	@.make/python Tests/Interop/test_probe.py

clean: ## Remove everything that was built
	rm -rf .build .build-* .venv reports

help: ## This list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | while IFS=$$'\t' read -r name text; do \
	    printf '  make %-16s %s\n' "$$name" "$$text"; done
