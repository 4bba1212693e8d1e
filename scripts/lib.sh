# What the scripts share: headings, complaints, and where things are. Sourced, never run.

if [ -t 1 ]; then bold=$'\e[1m'; plain=$'\e[0m'; else bold=''; plain=''; fi

# A heading with the time since the script began.
section() { printf '\n%s=== %s  [%dm%02ds]%s\n' "$bold" "$*" $((SECONDS / 60)) $((SECONDS % 60)) "$plain"; }
say() { printf '%s-- %s%s\n' "$bold" "$*" "$plain"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }
need() { command -v "$1" >/dev/null || die "$1 is missing; install $2"; }

# Tools that `cargo install` puts where a fresh login shell may not look yet.
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
