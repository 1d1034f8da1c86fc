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
unbound         | unbound         | names that DNS64 has made
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
curl            | curl            | the commands that the runbook shows
bind9-dnsutils  | dig             | the commands that the runbook shows
netcat-openbsd  | nc              | the commands that the runbook shows
iputils-tracepath | tracepath     | the commands that the runbook shows
openssl         | openssl         | certificates made by another hand
shellcheck      | shellcheck      | faults in scripts and workflows
ca-certificates | /etc/ssl/certs/ca-certificates.crt | the trust that a node brings
'

# A single file, which Debian has as a package from release 13 on.
fips="$HOME/.cache/registry-probe/fips/fips.so"

has_fips() { [ -e "$fips" ] || compgen -G '/usr/lib*/*/ossl-modules/fips.so' >/dev/null || [ -e /usr/lib64/ossl-modules/fips.so ]; }

# Prints "package | what needs it" for each tool that is not there.
missing() {
	has_fips || echo 'openssl-provider-fips | an agent under FIPS'
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

# Fetches the provider from Debian 13, by the mirror that this Debian has. Lists and settings of its own keep all else of
# that release away from the system.
fetch_fips() {
	local own mirror
	# shellcheck disable=SC2016 # apt-get puts the address there
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | head -n 1)
	[ -n "$mirror" ] || return 0
	own=$(mktemp -d)
	mkdir -p "$own/lists/partial" "$own/cache/archives/partial" "$(dirname "$fips")"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$own/sources"
	cat >"$own/apt.conf" <<-CONF
		Dir::Etc::sourcelist "$own/sources";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State::lists "$own/lists";
		Dir::Cache "$own/cache";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
	CONF
	(
		cd "$own" &&
			as_root env APT_CONFIG=apt.conf apt-get update -qq &&
			as_root env APT_CONFIG=apt.conf apt-get download -qq openssl-provider-fips &&
			dpkg-deb --fsys-tarfile openssl-provider-fips_*.deb | tar -x --wildcards -O '*/fips.so' >"$fips.new" &&
			mv "$fips.new" "$fips"
	) || echo 'the FIPS provider could not be fetched'
	as_root rm -rf "$own"
}

lacking=$(missing)
if [ -n "$lacking" ] && can_install; then
	mapfile -t packages < <(cut -d' ' -f1 <<<"$lacking")
	echo "installing ${packages[*]}"
	install_packages "${packages[@]}" || echo 'apt could not install everything'
	has_fips || fetch_fips
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
