#!/usr/bin/env bash
# Makes kube-score and actionlint, once, in a directory of CACHE that is named by this recipe, and prints that directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}
source ../go.sh

made="$cache/linters-$(cat build.sh go.mod go.sum | sha256sum | cut -c1-16)"
if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	go=$(find_go "$cache")
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	CGO_ENABLED=0 GOTOOLCHAIN=local "$go" build -mod=readonly -buildvcs=false -trimpath -ldflags '-s -w' -o "$work/" \
		github.com/zegl/kube-score/cmd/kube-score github.com/rhysd/actionlint/cmd/actionlint
	# Only a whole directory is ever found, also when two are made at the same time.
	mv -T "$work" "$made" 2>/dev/null || [ -d "$made" ]
fi
echo "$made"
