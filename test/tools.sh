#!/usr/bin/env bash
# Installs the real programs that the suites are run against, on Debian and Ubuntu. What is there already is left alone;
# no service is started. As another user than root it uses sudo. Where nothing can be installed it says which suites
# will be skipped and succeeds, unless CI=true: then nothing may be missing.
set -euo pipefail

export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
export DEBIAN_FRONTEND=noninteractive
export TMPDIR=/var/tmp

# package | what shows that it is there | what needs it
tools='
docker-registry | docker-registry | the whole path against a real registry
skopeo          | skopeo          | the whole path against a real registry
apache2-utils   | htpasswd        | the real registry with a login
nginx           | nginx           | blobs behind a real CDN server
squid           | squid           | the path through a real proxy
dnsmasq-base    | dnsmasq         | names from a real DNS server
prometheus      | promtool        | the check of /metrics by promtool, rules and alerts in a real Prometheus
prometheus-alertmanager | amtool  | routes and inhibition in a real Alertmanager
nftables        | nft             | faults in network namespaces
iproute2        | ip              | faults in network namespaces
procps          | sysctl          | faults in network namespaces
chromium        | chromium        | the status page in a real browser
buildah         | buildah         | the image, built
runc            | runc            | the image, run without rights
containernetworking-plugins | /usr/lib/cni/bridge | real nodes with a kubelet
python3         | python3         | TOML, read by another hand; a terminal
openssl         | openssl         | certificates made by another hand
ca-certificates | /etc/ssl/certs/ca-certificates.crt | the trust that a node brings
'

# Prints "package | what needs it" for each tool that is not there.
missing() {
	while IFS='|' read -r package proof suite; do
		package=${package// /} proof=${proof// /}
		[ -z "$package" ] || [ -e "$proof" ] || command -v "$proof" >/dev/null || echo "$package |$suite"
	done <<<"$tools"
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Whether packages can be installed without asking anybody who is not there.
can_install() {
	command -v apt-get >/dev/null || return 1
	[ "$(id -u)" = 0 ] && return 0
	command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }
}

# Keeps packages from starting their services: exit code 101 of this file means "not allowed".
forbid_services() {
	[ ! -e /usr/sbin/policy-rc.d ] || return 0
	trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
	printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
	as_root chmod 755 /usr/sbin/policy-rc.d
}

# Keeps the services of packages that came just now, named like them, from starting with the next boot.
disable_services() {
	[ -d /run/systemd/system ] || return 0
	for package in "$@"; do as_root systemctl disable --quiet "$package.service" 2>/dev/null || true; done
}

install_packages() {
	forbid_services
	as_root apt-get update -qq
	local known=()
	for package in "$@"; do
		if [ -n "$(apt-cache madison "$package")" ]; then known+=("$package"); else echo "apt does not know $package"; fi
	done
	[ ${#known[@]} = 0 ] && return
	as_root env DEBIAN_FRONTEND=noninteractive TMPDIR=/var/tmp \
		apt-get install -y -qq --no-install-recommends "${known[@]}" >/dev/null
	disable_services "${known[@]}"
}

lacking=$(missing)
if [ -n "$lacking" ] && can_install; then
	mapfile -t packages < <(cut -d' ' -f1 <<<"$lacking")
	echo "installing ${packages[*]}"
	install_packages "${packages[@]}" || echo 'apt could not install everything'
	lacking=$(missing)
fi
if [ -z "$lacking" ]; then
	echo 'every tool that the suites need is there'
	exit 0
fi
while IFS='|' read -r package suite; do
	package=${package% }
	echo "missing: $package; skipped without it:$suite (as root: apt-get install $package)"
done <<<"$lacking"
[ "${CI:-}" != true ]
