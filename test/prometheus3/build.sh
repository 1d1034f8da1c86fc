#!/usr/bin/env bash
# Makes prometheus and promtool of the version in go.mod, once, in a directory of CACHE that is named by this recipe, and
# prints that directory. The server's pages are not part of it, nor is any service discovery but lists of targets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}
. ../kubernetes/go.sh

made="$cache/$(cat build.sh go.mod go.sum | sha256sum | cut -c1-16)"
if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	go=$(find_go "$cache")
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	echo 'making prometheus and promtool: some minutes, this once' >&2
	# The module v0.315.0 is Prometheus 3.15.0.
	version=$("$go" list -m -f '{{.Version}}' github.com/prometheus/prometheus | sed -E 's/^v0\.([0-9])([0-9]{2})\./\1.\2./; s/\.0([0-9])/.\1/')
	CGO_ENABLED=0 GOTOOLCHAIN=local "$go" build -mod=readonly -buildvcs=false -trimpath -tags remove_all_sd,netgo \
		-ldflags "-s -w -X github.com/prometheus/common/version.Version=$version" \
		-o "$work/" github.com/prometheus/prometheus/cmd/prometheus github.com/prometheus/prometheus/cmd/promtool
	mv -T "$work" "$made" 2>/dev/null || [ -d "$made" ]
fi
echo "$made"
