# run    talk with the bot in this terminal
# quick  what can be known within 90 s: no real servers, browser or kills, no race detector
# test   everything that must hold before a commit
# lint   format, vet and staticcheck
# bench  measure against the floor; ONLY=press,notice chooses which
# microbench  Go's benchmarks of single functions; BENCH chooses which
# understanding  count which of the sentences that people type are understood;
#        CADREBOT_UNDERSTANDING names another folder of such tables
# fuzz   every fuzz test in turn, FUZZTIME each
GO       ?= go
BENCH    ?= .
FUZZTIME ?= 30s
SHELL    := /bin/sh

.PHONY: run quick test lint bench microbench understanding fuzz needs

run:
	$(GO) run ./cmd/cadrebot

# The race detector would double the time.
quick: lint
	$(GO) test -short -timeout 5m ./cmd/cadrebot ./bot/redis ./...
	@echo "quick: all passed; real servers, a browser, kills and races are left to make test"

# The packages that take longest begin first, so that both cores are used to the end.
test: needs lint
	$(GO) test -race -timeout 10m ./cmd/cadrebot/crashtest ./cmd/cadrebot ./bot/redis ./bot/webchat ./...

lint:
	@unformatted=$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# The tests that need a real redis-server or a browser say so and are skipped
# without one.
needs:
	@missing=""; \
	command -v redis-server >/dev/null 2>&1 || missing="redis-server"; \
	command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing="$$missing chromium"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "installing $$missing"; \
		{ apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; } >/dev/null || \
		echo "MISSING: $$missing could not be installed; the tests that need it are skipped"; \
	else \
		echo "MISSING:" $$missing "- not installed; the tests that need it are skipped (apt-get install $$missing)"; \
	fi

bench: needs
	$(GO) run ./cmd/cadrebench -only '$(ONLY)'

# Single functions, with Go's own harness.
microbench: needs
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 60m ./...

understanding:
	@folder=$$(cd "$${CADREBOT_UNDERSTANDING:-../shared/reference/understanding}" 2>/dev/null && pwd) || \
		{ echo "NOT COUNTED: no tables in $${CADREBOT_UNDERSTANDING:-../shared/reference/understanding}"; exit 1; }; \
	out=$$(CADREBOT_UNDERSTANDING="$$folder" $(GO) test -count=1 -run '^TestUnderstanding' -v ./dialogs/... 2>&1); status=$$?; \
	echo "$$out" | grep -E '^[a-z]+: [0-9]+ rows|miss |HARM |^FAIL|panic|NOT COUNTED|error'; exit $$status

fuzz:
	@for package in $$($(GO) list ./...); do \
		for name in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$name"; \
			$(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done; \
	done
