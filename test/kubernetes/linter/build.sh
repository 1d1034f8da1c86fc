#!/usr/bin/env bash
# Makes kube-score, once, in a directory of CACHE that is named by this recipe, and prints its path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}
. ../go.sh

made="$cache/kube-score-$(cat build.sh go.mod go.sum | sha256sum | cut -c1-16)"
if [ ! -x "$made" ]; then
	mkdir -p "$cache"
	go=$(find_go "$cache")
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	CGO_ENABLED=0 GOTOOLCHAIN=local "$go" build -mod=readonly -buildvcs=false -trimpath -ldflags '-s -w' \
		-o "$work/kube-score" github.com/zegl/kube-score/cmd/kube-score
	mv "$work/kube-score" "$made"
fi
echo "$made"
