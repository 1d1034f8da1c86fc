#!/usr/bin/env bash
# Makes the port-forward endpoint of a simulated fleet, once, in a directory of CACHE that is named by its sources, and
# prints its path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}
. ../go.sh

made="$cache/fleet-$(cat build.sh main.go go.mod go.sum | sha256sum | cut -c1-16)"
if [ ! -x "$made" ]; then
	mkdir -p "$cache"
	go=$(find_go "$cache")
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	CGO_ENABLED=0 GOTOOLCHAIN=local "$go" build -mod=readonly -buildvcs=false -trimpath -ldflags '-s -w' -o "$work/fleet" .
	mv "$work/fleet" "$made"
fi
echo "$made"
