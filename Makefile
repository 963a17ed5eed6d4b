# starwise: what can be made. Each target installs what it lacks (.ci/tools.sh) and does only what has changed.

TOOLS  := $(or $(STARWISE_TOOLS),$(HOME)/.cache/starwise/tools)
MODULES := tests/node_modules/.bin
GLUE   := target/glue
export STARWISE_TOOLS := $(TOOLS)

RUST   := Cargo.toml Cargo.lock rust-toolchain.toml .cargo/config.toml $(shell find src -name '*.rs') www/package/starwise.css
FACE   := pkg.json www/package.mjs www/manifest.mjs www/sbom.mjs $(wildcard www/package/* www/package/*/* www/playbook/* www/docs/* *.md LICENSE-*)
SLOW_HOSTS := $(wildcard $(addprefix tests/hosts/,$(addsuffix .test.mjs,frameworks stores)))
QUICK_HOSTS := $(filter-out $(SLOW_HOSTS),$(wildcard tests/hosts/*.test.mjs))
# What Rust emits by default; said again because the module no longer says it once it is stripped.
FEATURES := --enable-bulk-memory --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int \
            --enable-reference-types --enable-sign-ext --enable-simd
STRIP  := --strip-debug --strip-dwarf --strip-producers --strip-target-features

.DEFAULT_GOAL := help
.PHONY: help build reproduce demo edge test test-native test-js test-package test-browser test-hosts test-edge hosts bench lint clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help: ## shows this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|'

build: pkg/package.json ## the npm package, into pkg/

demo: build ## the playground: scores a real history in your browser
	@node www/playground/serve.mjs

edge: build ## the edge worker on this machine, with storage on disk: scores of all customers
	@.ci/tools.sh npm edge
	@node www/edge/demo.mjs

test: test-native test-js test-package test-browser test-hosts test-edge ## everything: native, Node, the packed package, Chromium, the quick hosts, the edge worker
	@echo "== all passed"

test-native: ## the core: cases, laws, documentation
	@.ci/tools.sh rust
	@echo "== native: cases, laws, documentation"
	cargo test --locked

test-js: build ## the face and the core in Node, against the oracle
	@echo "== Node: the oracle, the face"
	node --test --test-concurrency=2 $(wildcard tests/oracle/*.test.mjs tests/js/*.test.mjs)

test-package: build ## the tarball, installed into empty projects
	@.ci/tools.sh chromium
	@echo "== package: the tarball in an empty Node project and on a plain page"
	node --test $(wildcard tests/package/*.test.mjs)

test-browser: build ## cases and page in Chromium
	@.ci/tools.sh chromium
	@echo "== Chromium: cases and page"
	node --test --test-concurrency=2 $(wildcard tests/browser/*.test.mjs)

# Each host is installed once, into $(TOOLS)/hosts. The quick ones are those where a bundle or a start takes seconds.
test-hosts: build ## the tarball in the hosts that are quick: Node, Deno, Bun, workers, bundlers, test runners
	@.ci/tools.sh chromium
	@echo "== hosts: the tarball in runtimes, bundlers and test runners"
	node --test $(QUICK_HOSTS)

test-edge: build ## the edge worker in workerd
	@.ci/tools.sh edge
	@echo "== edge: the worker in workerd"
	node --test $(wildcard tests/edge/*.test.mjs)

hosts: test-hosts ## and in the others: frameworks (some minutes)
	@echo "== hosts: the tarball in frameworks"
	node --test $(SLOW_HOSTS)

bench: build ## speed and size, beside JavaScript and what else one would pick (some minutes)
	@[ -d tests/bench/node_modules ] || (echo "tools: installing the libraries to compare with" && cd tests/bench && npm ci --silent)
	@node tests/bench/run.mjs

# Elsewhere, so that no path of this directory stays in the module; what is there already is built once more, from nothing.
reproduce: build ## builds the package again in another place, and compares every byte
	@rm -rf target/again && git clone --quiet --shared . target/again
	@$(MAKE) --no-print-directory -C target/again build > target/again.log 2>&1 || (tail target/again.log; exit 1)
	diff --recursive --brief pkg target/again/pkg
	@echo "== the same bytes twice"
	@rm -rf target/again

lint: build ## formatting, clippy, eslint, the types
	@echo "== Rust: format, clippy"
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --lib --target wasm32-unknown-unknown -- -D warnings
	@echo "== JavaScript and types"
	$(MODULES)/eslint --config tests/eslint.config.mjs www tests
	$(MODULES)/tsc --project tests/package/tsconfig.json

clean: ## removes what was made; installed tools stay
	rm -rf target pkg

# The core as WebAssembly with its glue, then as small as it gets.
$(GLUE)/starwise.wasm: $(RUST) Makefile
	@.ci/tools.sh rust wasm npm
	@echo "== wasm: compiling the core (about a minute the first time)"
	PATH="$(TOOLS)/rust/bin:$(TOOLS)/bin:$$PATH" wasm-pack --log-level warn build --target web --mode no-install --profile wasm \
	  --out-name glue --out-dir $(GLUE) -- --locked
	@echo "== wasm: shrinking it (wasm-opt, some seconds)"
	$(MODULES)/wasm-opt -Oz $(FEATURES) $(STRIP) $(GLUE)/glue_bg.wasm -o $@

pkg/package.json: $(GLUE)/starwise.wasm $(FACE)
	@.ci/tools.sh npm
	@echo "== package"
	@PATH="$(TOOLS)/rust/bin:$$PATH" node www/package.mjs $(GLUE) pkg
