#!/usr/bin/env bash
# Makes kube-score and actionlint, once, in a directory of CACHE that is named by this recipe, and prints that directory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source ../go.sh

make_linters() {
	"$go" build -o "$work/" github.com/zegl/kube-score/cmd/kube-score github.com/rhysd/actionlint/cmd/actionlint
}

make_once "${1:?usage: build.sh CACHE}" linters make_linters build.sh go.mod go.sum
