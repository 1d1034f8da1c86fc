#!/usr/bin/env bash
# Makes prometheus and promtool of the version in go.mod, once, in a directory of CACHE, and prints that directory. The
# server's pages are not part of it, nor is any service discovery but lists of targets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source ../kubernetes/go.sh

make_prometheus() {
	local version commands=github.com/prometheus/prometheus/cmd
	# The module v0.315.0 is Prometheus 3.15.0.
	version=$(version_of github.com/prometheus/prometheus | sed -E 's/^v0\.([0-9])([0-9]{2})\./\1.\2./; s/\.0([0-9])/.\1/')
	"$go" build -tags remove_all_sd -ldflags "-s -X github.com/prometheus/common/version.Version=$version" \
		-o "$work/" $commands/prometheus $commands/promtool
}

make_once "${1:?usage: build.sh CACHE}" prometheus make_prometheus build.sh go.mod go.sum
