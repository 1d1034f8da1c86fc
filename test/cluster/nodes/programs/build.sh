#!/usr/bin/env bash
# Makes what turns a control plane into a cluster with nodes, once, in a directory of CACHE, and prints that directory:
# kubelet, containerd with its shim and ctr in usr/bin, as a node has them; beside them the controller manager, the
# scheduler, and the program of the pause image. It takes about nine CPU minutes the first time, four of them shared with
# ../../../kubernetes/build.sh. The versions are those of go.mod there, and of ../../../live/containerd.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
here=$PWD live=$PWD/../../../live/containerd
cd ../../../kubernetes
source ./go.sh

make_programs() {
	local version commands=k8s.io/kubernetes/cmd module=github.com/containerd/containerd/v2
	build_kubernetes $commands/kubelet $commands/kube-controller-manager $commands/kube-scheduler
	"$go" build -o "$work/pause" "$here/pause/main.go"
	cd "$live"
	version=$(version_of $module)
	"$go" build -tags 'no_btrfs no_devmapper no_zfs no_tracing' -o "$work/usr/bin/" \
		-ldflags "-s -X $module/version.Version=${version#v}" \
		$module/cmd/containerd $module/cmd/containerd-shim-runc-v2 $module/cmd/ctr
	mv "$work/kubelet" "$work/usr/bin/"
}

make_once "${1:?usage: build.sh CACHE}" nodes make_programs \
	"$here/build.sh" "$here/pause/main.go" go.mod go.sum "$live"/go.{mod,sum}
