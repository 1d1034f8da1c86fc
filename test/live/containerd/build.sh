#!/usr/bin/env bash
# Makes the runtimes of the live suite, each once, in directories of CACHE: `debian`, Debian's package unpacked (nothing
# is installed), and `module`, containerd of the version in go.mod with the CRI client `cripull`. Prints each directory
# that it has made. A directory is made anew when its recipe changes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cache=${1:?usage: build.sh CACHE}

# Says whether a directory is there as this recipe makes it.
is_made() { [ "$(cat "$cache/$1/recipe" 2>/dev/null)" = "$2" ]; }

# Puts a finished directory in its place, so that half a one is never found.
keep() {
	echo "$2" >"$work/recipe"
	rm -rf "${cache:?}/$1"
	mv "$work" "$cache/$1"
	echo "$cache/$1"
}

make_debian() {
	(cd "$work" && apt-get download -qq containerd && dpkg-deb -x ./*.deb tree && rm ./*.deb)
	mv "$work/tree/usr/bin/containerd" "$work/containerd"
	rm -r "$work/tree"
}

make_module() {
	local version
	version=$(go list -m -f '{{.Version}}' github.com/containerd/containerd/v2)
	export CGO_ENABLED=0
	go build -o "$work/cripull" ./cripull
	go build -o "$work/containerd" -tags 'netgo osusergo no_btrfs no_devmapper no_zfs no_tracing' \
		-ldflags "-s -w -X github.com/containerd/containerd/v2/version.Version=${version#v}" \
		github.com/containerd/containerd/v2/cmd/containerd
}

mkdir -p "$cache"
for name in debian module; do
	recipe=$(cat build.sh go.sum cripull/main.go | sha256sum | cut -d' ' -f1)
	[ "$name" = module ] || recipe=$(apt-cache policy containerd | sed -n 's/.*Candidate: //p')
	is_made "$name" "$recipe" && continue
	work=$(mktemp -d "$cache/making-XXXXXX")
	trap 'rm -rf "$work"' EXIT
	"make_$name"
	keep "$name" "$recipe"
done
