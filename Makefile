# starwise: what can be made. Each target installs what it lacks (.ci/tools.sh) and does only what has changed.

TOOLS  := $(or $(STARWISE_TOOLS),$(HOME)/.cache/starwise/tools)
MODULES := tests/node_modules/.bin
GLUE   := target/glue
export STARWISE_TOOLS := $(TOOLS)

# When this began, for all that it starts: each phase says how long after.
STARTED := $(or $(STARWISE_STARTED),$(shell date +%s))
export STARWISE_STARTED := $(STARTED)
SAY    = @printf '== [%d:%02d] %s\n' $$((($$(date +%s) - $(STARTED)) / 60)) $$((($$(date +%s) - $(STARTED)) % 60))
# Whatever hangs ends: a test or a hook after minutes, with its name (tests/bounds.mjs), then its file, then the phase with
# all that it started. A file whose tests are over ends, whatever it left open.
BOUND  := $(and $(shell command -v timeout),timeout --kill-after=10)
NODE_TEST := node --import $(CURDIR)/tests/bounds.mjs --test --test-force-exit --test-timeout=900000

RUST   := Cargo.toml Cargo.lock rust-toolchain.toml .cargo/config.toml $(shell find src -name '*.rs') www/package/starwise.css
FACE   := pkg.json www/package.mjs www/core.mjs www/manifest.mjs www/sbom.mjs $(wildcard www/package/* www/package/*/* www/playbook/* www/words/* www/docs/* *.md LICENSE-*)
JS_TESTS := $(wildcard tests/oracle/*.test.mjs tests/js/*.test.mjs)
BROWSER_TESTS := $(wildcard tests/browser/*.test.mjs)
SLOW_HOSTS := $(wildcard $(addprefix tests/hosts/,$(addsuffix .test.mjs,frameworks stores)))
BROWSERS := tests/hosts/browsers.test.mjs
QUICK_HOSTS := $(filter-out $(SLOW_HOSTS) $(BROWSERS),$(wildcard tests/hosts/*.test.mjs))
# What Rust emits by default; said again because the module no longer says it once it is stripped.
FEATURES := --enable-bulk-memory --enable-multivalue --enable-mutable-globals --enable-nontrapping-float-to-int \
            --enable-reference-types --enable-sign-ext --enable-simd
STRIP  := --strip-debug --strip-dwarf --strip-producers --strip-target-features

.DEFAULT_GOAL := help
.PHONY: help build reproduce demo edge tools test test-native test-js test-package test-browser test-hosts test-edge edge-proof edge-load hosts browsers soak bench lint clean
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

test: tools test-native test-js test-package test-browser test-hosts test-edge ## everything: native, Node, the packed package, Chromium, the quick hosts, the edge worker
	$(SAY) "all passed"

# All at once: what is fetched comes while the rest compiles.
tools:
	$(SAY) "tools: what is missing"
	@.ci/tools.sh rust wasm npm chromium redis

test-native: ## the core: cases, laws, documentation
	@.ci/tools.sh rust
	$(SAY) "native: cases, laws, documentation"
	$(BOUND) 1800 cargo test --locked

test-js: build ## the face and the core in Node, against the oracle
	$(SAY) "Node: the oracle, the face"
	$(BOUND) 1500 $(NODE_TEST) --test-concurrency=2 $(JS_TESTS)

test-package: build ## the tarball, installed into empty projects
	@.ci/tools.sh chromium
	$(SAY) "package: the tarball in an empty Node project and on a plain page"
	$(BOUND) 600 $(NODE_TEST) --test-concurrency=2 $(wildcard tests/package/*.test.mjs)

test-browser: build ## the page, elements and storage in Chromium
	@.ci/tools.sh chromium
	$(SAY) "Chromium: page, elements, storage"
	$(BOUND) 1500 $(NODE_TEST) --test-concurrency=2 $(BROWSER_TESTS)

# Each host is installed once, into $(TOOLS)/hosts. The quick ones are those where a bundle or a start takes seconds.
test-hosts: build ## the tarball in the hosts that are quick: Node, Deno, Bun, workers, bundlers, test runners
	@.ci/tools.sh chromium
	$(SAY) "hosts: the tarball in runtimes, bundlers and test runners"
	STARWISE_TEST_LIMIT=420 $(BOUND) 1200 $(NODE_TEST) --test-concurrency=2 $(QUICK_HOSTS)

test-edge: build ## the edge worker in workerd
	@.ci/tools.sh npm edge redis
	$(SAY) "edge: the worker in workerd"
	$(BOUND) 900 $(NODE_TEST) --test-concurrency=2 $(wildcard tests/edge/*.test.mjs)

edge-proof: build ## of 200,000 events through evictions and power cuts, none is lost and none counts twice (some minutes)
	@.ci/tools.sh edge
	EDGE_PROOF_EVENTS=$(or $(EVENTS),200000) EDGE_PROOF_SEED=$(SEED) node --test-reporter=spec tests/edge/proof.test.mjs
	EDGE_PROOF_EVENTS=0 node --test-reporter=spec tests/edge/crash.test.mjs

hosts: test-hosts ## and in the others: frameworks (some minutes)
	$(SAY) "hosts: the tarball in frameworks"
	STARWISE_TEST_LIMIT=420 $(BOUND) 3600 $(NODE_TEST) --test-timeout=2700000 $(SLOW_HOSTS)

# Ten times as many random cases as in `make test`, others each time (a failure names its seed), and all pages in every way.
soak: export STARWISE_TIMES := $(or $(STARWISE_TIMES),10)
soak: export STARWISE_SEED := $(or $(STARWISE_SEED),$(STARTED))
soak: export STARWISE_SOAK := 1
soak: export STARWISE_TEST_LIMIT := 3600
soak: build ## the tests with random cases for long (an hour or so)
	@.ci/tools.sh chromium
	$(SAY) "soak: $(STARWISE_TIMES) times as many cases, from seed $(STARWISE_SEED)"
	$(BOUND) 14400 $(NODE_TEST) --test-timeout=7200000 --test-concurrency=2 $(JS_TESTS)
	$(BOUND) 7200 $(NODE_TEST) --test-timeout=3600000 $(BROWSER_TESTS)

# Not part of the tests: to install both takes three minutes and 1 GB, to run them half a minute.
browsers: build ## the tarball in Firefox and WebKit (installs both through apt-get)
	@.ci/tools.sh firefox webkit
	$(SAY) "hosts: the tarball in Firefox and WebKit"
	$(BOUND) 900 $(NODE_TEST) $(BROWSERS)

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

edge-load: build ## load on the edge worker, on a machine with nothing else to do (some minutes)
	@.ci/tools.sh npm edge
	@[ -d tests/bench/node_modules/autocannon ] || (echo "tools: installing the libraries to compare with" && cd tests/bench && npm ci --silent)
	@node tests/bench/edge.load.mjs

lint: build ## formatting, clippy, eslint, the types
	$(SAY) "Rust: format, clippy"
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --lib --target wasm32-unknown-unknown -- -D warnings
	$(SAY) "JavaScript and types"
	$(MODULES)/eslint --config tests/eslint.config.mjs www tests
	$(MODULES)/tsc --project tests/package/tsconfig.json

clean: ## removes what was made; installed tools stay
	rm -rf target pkg

# The core as WebAssembly with its glue, then as small as it gets.
$(GLUE)/starwise.wasm: $(RUST) Makefile
	@.ci/tools.sh rust wasm npm
	$(SAY) "wasm: compiling the core (about a minute the first time)"
	PATH="$(TOOLS)/rust/bin:$(TOOLS)/bin:$$PATH" wasm-pack --log-level warn build --target web --mode no-install --profile wasm \
	  --out-name glue --out-dir $(GLUE) -- --locked
	$(SAY) "wasm: shrinking it (wasm-opt, some seconds)"
	$(MODULES)/wasm-opt -Oz $(FEATURES) $(STRIP) $(GLUE)/glue_bg.wasm -o $@

pkg/package.json: $(GLUE)/starwise.wasm $(FACE)
	@.ci/tools.sh npm
	$(SAY) "package"
	@PATH="$(TOOLS)/rust/bin:$$PATH" node www/package.mjs $(GLUE) pkg
