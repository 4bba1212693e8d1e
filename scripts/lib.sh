# What the scripts share: headings, complaints, and the few steps that several of them take. Sourced, never run.

if [ -t 1 ]; then bold=$'\e[1m'; plain=$'\e[0m'; else bold=''; plain=''; fi

# A heading with the time since the script began.
section() {
  current="$*"
  printf '\n%s=== %s  [%dm%02ds]%s\n' "$bold" "$*" $((SECONDS / 60)) $((SECONDS % 60)) "$plain"
}
say() { printf '%s-- %s%s\n' "$bold" "$*" "$plain"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null || die "$1 is missing; install $2"; }

# Tools that `cargo install` puts where a fresh login shell may not look yet.
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" != Linux ]; }

# Builds the page, unless nothing that it is made of is newer than the last one.
build_interface() {
  if [ -f ui/dist/index.html ] && [ -z "$(find ui/src ui/public ui/index.html ui/vite.config.ts ui/svelte.config.js \
    ui/package-lock.json -newer ui/dist/index.html -print -quit)" ]; then
    say "The interface is up to date"
    return
  fi
  (cd ui && npm run --silent build)
}

# in_a_window COMMAND…: runs a command on a screen, a session bus and home folders of its own, so that it neither sees
# nor disturbs the desktop of whoever runs it.
in_a_window() {
  local home status=0
  home=$(mktemp -d)
  mkdir -p "$home"/{data,config,cache,runtime}
  chmod 700 "$home/runtime"
  env -u WAYLAND_DISPLAY XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" \
    XDG_RUNTIME_DIR="$home/runtime" GDK_BACKEND=x11 NO_AT_BRIDGE=1 \
    dbus-run-session -- xvfb-run -a -s "-screen 0 1600x1200x24" "$@" || status=$?
  rm -rf "$home"
  return $status
}
