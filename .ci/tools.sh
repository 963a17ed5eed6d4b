#!/usr/bin/env bash
# Installs what is missing, and nothing else: tools.sh [rust] [wasm] [npm] [edge] [redis] [chromium] [firefox] [webkit]
#   rust      the toolchain of rust-toolchain.toml with its wasm32 target
#   wasm      wasm-pack and wasm-bindgen, into $STARWISE_TOOLS (default ~/.cache/starwise/tools)
#   npm       tests/node_modules, as tests/package-lock.json has it (wasm-opt, the linter, the test tools)
#   edge      www/edge/node_modules, as its lock file has it (wrangler with workerd)
#   redis     a Redis for the tests of the edge
#   chromium  a browser for the tests; $CHROMIUM names one elsewhere
#   firefox   Firefox, for make browsers; $FIREFOX names one elsewhere
#   webkit    WebKitGTK with its driver, and a screen that is none, for make browsers
set -euo pipefail
cd "$(dirname "$0")/.."

tools=${STARWISE_TOOLS:-$HOME/.cache/starwise/tools}
target=wasm32-unknown-unknown
wasm_pack=0.15.1
wasm_bindgen=0.2.130 # the same as in Cargo.toml: module and glue must agree
node_major=20

say() {
  local since=$(($(date +%s) - ${STARWISE_STARTED:-$(date +%s)}))
  printf 'tools: [%d:%02d] %s\n' $((since / 60)) $((since % 60)) "$*"
}
fail() { echo "tools: $*" >&2; exit 1; }

# Runs what fetches from elsewhere: it may take so many seconds, and is tried twice.
fetched() {
  local seconds=$1 bound=()
  shift
  if command -v timeout >/dev/null; then bound=(timeout --kill-after=10 "$seconds"); fi
  if ${bound[@]+"${bound[@]}"} "$@"; then return; fi
  say "$1 failed, or took more than $seconds seconds; once more"
  ${bound[@]+"${bound[@]}"} "$@"
}

need_rust() {
  if has_target rustc || has_target "$tools/rust/bin/rustc"; then return; fi
  local channel
  channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  command -v rustup >/dev/null || fail "Rust $channel with the target $target is needed: install rustup, then try again"
  say "installing Rust $channel for $target (up to a minute)"
  if fetched 300 rustup toolchain install "$channel" --profile minimal -c clippy -c rustfmt -t $target >/dev/null && has_target rustc; then return; fi
  debian_rust
}

# Whether a compiler has the target's standard library.
has_target() {
  local root
  root=$("$1" --print sysroot 2>/dev/null) || return 1
  compgen -G "$root/lib/rustlib/$target/lib/libstd-*.rlib" >/dev/null
}

# Where rustup cannot fetch the target: Debian's Rust, whose standard library is compiled for it here, as a compiler
# of its own in $tools/rust. The Makefile puts it first on PATH for the wasm build, and only there.
debian_rust() {
  local seed=$tools/rust/seed lib=$tools/rust/lib/rustlib
  say "rustup has no $target: building it from Debian's packages (about two minutes)"
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm lld-22
  mkdir -p "$seed/src" "$lib/$target/lib" "$tools/rust/bin"
  : >"$seed/src/lib.rs"
  printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2021"\n' >"$seed/Cargo.toml"
  (cd "$seed" && env -u RUSTUP_TOOLCHAIN PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
    cargo build --quiet --release --target $target -Zbuild-std=std,panic_abort,panic_unwind)
  find "$seed/target/$target/release/deps" -name '*.rlib' ! -name 'libseed*' -exec cp {} "$lib/$target/lib/" \;
  ln -sfn /usr/lib/rustlib/src "$lib/src"
  ln -sfn /usr/lib/rustlib/x86_64-unknown-linux-gnu "$lib/x86_64-unknown-linux-gnu"
  printf '#!/bin/sh\nexec /usr/bin/rustc --sysroot "%s" "$@"\n' "$tools/rust" >"$tools/rust/bin/rustc"
  chmod +x "$tools/rust/bin/rustc"
  ln -sf /usr/bin/cargo "$tools/rust/bin/cargo"
  rm -rf "$seed"
  has_target "$tools/rust/bin/rustc" || fail "no compiler for $target could be had"
}

# Both take every core there is, so one after the other; what they have in common is compiled once. They are compiled
# quickly, not to be quick: they run for seconds, and give the same bytes.
need_wasm() {
  local -x CARGO_TARGET_DIR=$tools/build CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_STRIP=true
  if [ "$(version_of wasm-pack)" != $wasm_pack ]; then
    say "installing wasm-pack $wasm_pack (two minutes, once)"
    cargo_install wasm-pack --version $wasm_pack --locked
  fi
  if [ "$(version_of wasm-bindgen)" != $wasm_bindgen ]; then
    say "installing wasm-bindgen $wasm_bindgen (two minutes, once)"
    # Not --locked: its lock file names a crate that has been withdrawn.
    cargo_install wasm-bindgen-cli --version $wasm_bindgen
  fi
  rm -rf "$CARGO_TARGET_DIR"
}

version_of() { "$tools/bin/$1" --version 2>/dev/null | cut -d' ' -f2 || true; }

cargo_install() { fetched 1500 cargo install --quiet --root "$tools" --force "$@"; }

need_edge() {
  local installed=www/edge/node_modules/.installed-lock.json
  if cmp -s www/edge/package-lock.json $installed; then return; fi
  say "installing the npm packages of www/edge (up to a minute)"
  # Not `npm ci`: it asks for the packages of every platform, and a registry need not have them all.
  (cd www/edge && fetched 300 npm install --no-save --silent --no-audit --no-fund)
  cp www/edge/package-lock.json $installed
}

need_npm() {
  local found
  found=$(node --version 2>/dev/null || echo v0)
  found=${found#v}
  [ "${found%%.*}" -ge $node_major ] || fail "Node $node_major or newer is needed, found ${found}"
  local installed=tests/node_modules/.installed-lock.json
  if cmp -s tests/package-lock.json $installed; then return; fi
  say "installing the npm packages of tests/ (some 15 seconds)"
  (cd tests && fetched 300 npm ci --silent)
  cp tests/package-lock.json $installed
}

need_redis() {
  if command -v redis-server >/dev/null && command -v redis-cli >/dev/null; then return; fi
  say "installing Redis (some seconds)"
  apt_install redis-server
}

need_chromium() {
  local name
  if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] || fail "\$CHROMIUM is $CHROMIUM, which cannot be run"
    return
  fi
  for name in chromium-headless-shell chromium chromium-browser google-chrome; do
    if command -v $name >/dev/null; then return; fi
  done
  say "installing Chromium (up to a minute)"
  # The part without windows is smaller and quicker; not every system has it by itself.
  apt_install chromium-headless-shell || apt_install chromium
}

need_firefox() {
  if [ -n "${FIREFOX:-}" ]; then
    [ -x "$FIREFOX" ] || fail "\$FIREFOX is $FIREFOX, which cannot be run"
    return
  fi
  if command -v firefox-esr >/dev/null || command -v firefox >/dev/null; then return; fi
  say "installing Firefox (up to a minute)"
  apt_install firefox-esr
}

need_webkit() {
  if command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null; then return; fi
  say "installing WebKitGTK (some 2 minutes)"
  apt_install webkit2gtk-driver xvfb
}

apt_install() {
  command -v apt-get >/dev/null || fail "please install $* and try again"
  local as=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "please install $* as root (apt-get install $*) and try again"
    as=(sudo)
  fi
  local options=(-qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 -o Acquire::http::Timeout=30)
  fetched 300 "${as[@]}" apt-get update "${options[@]}"
  fetched 900 "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y "${options[@]}" --no-install-recommends "$@" >/dev/null
}

known="rust wasm npm edge redis chromium firefox webkit"
for need in "$@"; do
  case " $known " in *" $need "*) ;; *) fail "unknown: $need ($known)" ;; esac
done
asked() { case " $needs " in *" $1 "*) ;; *) return 1 ;; esac; }
needs="$*"

# One after the other: apt-get locks what it works on.
need_apt() {
  local need
  for need in chromium redis firefox webkit; do
    if asked $need; then "need_$need"; fi
  done
}

# What only fetches does so while the rest compiles; as anybody else than root `sudo` may have something to ask.
waiting=()
if asked rust; then need_rust; fi
for need in npm edge; do
  if asked $need; then "need_$need" & waiting+=($!); fi
done
if [ "$(id -u)" = 0 ]; then need_apt & waiting+=($!); else need_apt; fi
if asked wasm; then need_wasm; fi
for each in ${waiting[@]+"${waiting[@]}"}; do wait "$each"; done
