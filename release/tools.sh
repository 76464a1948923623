# Sourced by scripts: puts cargo's tools of one version each into a folder of their own, once.

tools="${SIMPUL_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/simpul-tools}"
export PATH="$tools/bin:$PATH"

# Reports whether the tool of this name and version is there.
has_tool() { cargo "${1#cargo-}" --version 2>/dev/null | grep -q " $2\$"; }

# Builds the tool of this name and version, with the features named after it, where it is not there: some minutes.
need_tool() {
  has_tool "$1" "$2" && return
  CARGO_TARGET_DIR="$tools/target" cargo install --locked --root "$tools" --features "${3:-}" "$1@$2"
  rm -rf "$tools/target"
}
