# Everything a developer does. `make demo` shows the program, `make test` proves it.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# Extra arguments for swift test, such as --filter BlobStoreTests.
TEST_ARGUMENTS ?=

PACKAGES = libzstd-dev libsqlite3-dev libmatio-dev libssl-dev zlib1g-dev libpng-dev pkg-config
GDAL_PACKAGES = libgdal-dev

# cubevault-gdal is built against GDAL where pkg-config finds it.
gdal_trait = $$(pkg-config --exists gdal && echo --traits GDAL)
# An installed program must not need the Swift toolchain's libraries.
RELEASE = -c release --static-swift-stdlib --scratch-path .build-install

.PHONY: help demo build test bench install uninstall format clean packages test-packages toolchain

help:
	@echo "make demo      build it and show what it does on a synthetic archive"
	@echo "make build     build the programs into .build/release"
	@echo "make test      build everything, lint it and run every test"
	@echo "make bench     measure it against its peers; results go to docs/BENCHMARKS.md"
	@echo "make install   install into PREFIX ($(PREFIX)), with the systemd units"
	@echo "make uninstall remove what make install put there"
	@echo "make format    format the sources"
	@echo "make clean     remove everything that was built"

demo: build
	@.build/release/cubevault demo demo --again

build: packages toolchain
	$(SWIFT) build -c release $(gdal_trait)

# The last thing that make test prints is swift test's own summary.
test: test-packages toolchain
	$(SWIFT) build -c release --traits GDAL --build-tests
	$(SWIFT) format lint --strict -r Sources Tests Package.swift
	$(SWIFT) test -c release --skip-build --traits GDAL $(TEST_ARGUMENTS)

bench: build
	@Benchmarks/run.sh

install: packages toolchain
	$(SWIFT) build $(RELEASE) $(gdal_trait)
	@etc/install-files.sh install "$$($(SWIFT) build $(RELEASE) --show-bin-path)" \
		"$(DESTDIR)" "$(PREFIX)"

uninstall:
	@etc/install-files.sh uninstall "" "$(DESTDIR)" "$(PREFIX)"

format: toolchain
	$(SWIFT) format -i -r Sources Tests Package.swift

clean:
	rm -rf .build .build-install demo

packages:
	@etc/install-packages.sh $(PACKAGES)

test-packages:
	@etc/install-packages.sh $(PACKAGES) $(GDAL_PACKAGES)

toolchain:
	@command -v $(SWIFT) >/dev/null || { \
		echo "cubevault: there is no $(SWIFT) on the PATH; it needs Swift 6.3 or later" >&2; \
		echo "cubevault: install it (https://www.swift.org/install/linux) or say" >&2; \
		echo "    make SWIFT=/path/to/usr/bin/swift" >&2; exit 1; }
