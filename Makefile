# Two commands do everything on a fresh machine: `make demo` and `make test`.

.PHONY: all setup build demo test peers bench bench-transfers bench-tables format lint docs install clean

SWIFT ?= swift
PREFIX ?= /usr/local
RELEASE = .build/release/webb

all: build

setup: ## install the system libraries that are missing
	@scripts/setup

build: setup ## release build; the Swift runtime goes into the binary where that works
	@scripts/build

demo: build ## find, fetch and check one programme of the sample archive, without a network
	@scripts/demo $(RELEASE)

test: setup ## format check, then all tests
	@scripts/test

peers: build ## the real clients against our server, webb against a real TAP server, regions against pgSphere
	@Tests/peers/run $(RELEASE)
	@Tests/peers/tables/run $(RELEASE)
	@Tests/peers/tap/run $(RELEASE)
	@Tests/peers/tapserver/run $(RELEASE)
	@Tests/peers/adql/run $(RELEASE)
	@Tests/peers/load/run $(RELEASE)
	@Tests/peers/sphere/run

bench: build ## timings, and downloads beside aria2c, curl and jwst_mast_query where they are installed
	@Benchmarks/run $(RELEASE)
	@$(SWIFT) build -c release --product adql-bench
	@python3 Benchmarks/adql.py .build/release/adql-bench $(WEBB_SHARED)
	@$(SWIFT) build -c release --product archive-bench
	@python3 Benchmarks/tapserver.py $(RELEASE) $(WEBB_SHARED)

bench-transfers: build ## the comparison of downloads alone
	@python3 Benchmarks/transfers.py $(RELEASE) $(WEBB_SHARED)

bench-tables: build ## table conversions beside vot, STILTS and astropy; needs WEBB_SHARED
	@python3 Benchmarks/tables.py $(RELEASE) $(WEBB_SHARED) 100000 1000000

format: ## format the sources in place
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

lint: ## check the format
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

docs: setup ## API documentation into docs/api
	@scripts/docs

install: build ## install webb below PREFIX, also under the names of jwst_mast_query's programs
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/webb
	for name in jwst_query jwst_download jwst_query.py jwst_download.py; do ln -sf webb $(DESTDIR)$(PREFIX)/bin/$$name; done

clean:
	rm -rf .build demo docs/api
