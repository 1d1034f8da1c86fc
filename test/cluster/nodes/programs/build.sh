#!/usr/bin/env bash
# Makes what turns a control plane into a cluster with nodes, once, in a directory of CACHE that is named by this recipe,
# and prints that directory: kubelet, containerd with its shim and ctr in usr/bin, as a node has them; beside them the
# controller manager, the scheduler, and the program of the pause image. It takes about nine CPU minutes the first time,
# four of them shared with ../../../kubernetes/build.sh. The versions are those of go.mod here and of ../../../live/containerd.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}
live=$PWD/../../../live/containerd
source ../../../kubernetes/go.sh

version_of() { "$go" list -m -f '{{.Version}}' "$1"; }

make_kubernetes() {
	local version server component=k8s.io/component-base/version commands=k8s.io/kubernetes/cmd
	version=$(version_of k8s.io/kubernetes)
	server=$(cd ../../../kubernetes && version_of k8s.io/kubernetes)
	if [ "$version" != "$server" ]; then
		echo "kubelet $version is not of the version of the API server, $server: make both go.mod agree" >&2
		return 1
	fi
	IFS=. read -r major minor _ <<<"${version#v}"
	"$go" build -mod=readonly -buildvcs=false -trimpath -tags selinux,notest,grpcnotrace \
		-ldflags "-s -w -X $component.gitVersion=$version -X $component.gitMajor=$major -X $component.gitMinor=$minor \
			-X $component.gitTreeState=clean -X $component.gitCommit=0000000000000000000000000000000000000000" \
		-o "$work/" $commands/kubelet $commands/kube-controller-manager $commands/kube-scheduler
	mv "$work/kubelet" "$work/usr/bin/"
	"$go" build -buildvcs=false -trimpath -ldflags '-s -w' -o "$work/pause" ./pause
}

make_containerd() {
	local version module=github.com/containerd/containerd/v2
	cd "$live"
	version=$(version_of $module)
	"$go" build -buildvcs=false -tags 'netgo osusergo no_btrfs no_devmapper no_zfs no_tracing' \
		-ldflags "-s -w -X $module/version.Version=${version#v}" \
		-o "$work/usr/bin/" $module/cmd/containerd $module/cmd/containerd-shim-runc-v2 $module/cmd/ctr
}

made="$cache/nodes-$(cat build.sh go.mod go.sum pause/main.go "$live/go.sum" | sha256sum | cut -c1-16)"
if [ ! -d "$made" ]; then
	mkdir -p "$cache"
	# What was interrupted long ago.
	find "$cache" -maxdepth 1 -name 'making-*' -mmin +300 -exec rm -rf {} +
	go=$(find_go "$cache")
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	mkdir -p "$work/usr/bin"
	echo 'making kubelet, containerd and what goes with them: some minutes, this once' >&2
	export CGO_ENABLED=0 GOTOOLCHAIN=local
	make_kubernetes
	(make_containerd)
	# The agents read what is in the nodes' /usr, and they are nobody in particular.
	chmod -R a+rX "$work"
	# Only a whole directory is ever found, also when two are made at the same time.
	mv -T "$work" "$made" 2>/dev/null || [ -d "$made" ]
fi
echo "$made"
