import type { Group } from '../rule.ts';
import { settled, wanted } from '../series.ts';

/** 1 for a nameserver of a node that answers for no registry, 0 for one that does. */
export const nameserverDead = 'node_nameserver:registry_probe_nameserver_dead:bool';
/** The share of the IPv6 addresses of a registry's hosts that answer a node. */
export const ipv6Reachable = 'node_registry:registry_probe_ipv6_reachable:ratio';
/** When the first certificate expires that a registry's host shows to any node. */
export const certificateEnd = 'registry_host:registry_probe_tls_certificate_not_after_timestamp_seconds:min';
/** How many nodes see an issuer. */
export const issuerNodes = 'registry_host_role_issuer:registry_probe_tls_info:count';
/** When a login ends, wherever it ends first. */
export const loginEnd = 'registry_source:registry_probe_credential_not_after_timestamp_seconds:min';

const answers = 'registry_probe_dns_nameserver_success{network="host"}';
const silentTo = (matched: string) => `max by (cluster, node, nameserver) (${matched}) == bool 0`;
const addresses = (matcher: string) =>
	`sum by (cluster, node, registry) (registry_probe_addresses{network="host", family="ipv6"${matcher}})`;

/**
 * What alerts about parts of a path rest on. A nameserver is judged by the registries of which every name was found: that
 * nobody knows an upstream behind an air gap is no fault of nameservers that know its mirror. Where a name of each registry
 * is missing, nameservers are judged by all of them, unless some name was found. Where a node asks for one registry only
 * and no nameserver knows it, the name is at fault and not the nameservers.
 */
export const parts: Group = {
	name: 'registry-probe.parts',
	interval: '1m',
	rules: [
		{
			record: nameserverDead,
			expr: `
(
  ${silentTo(`${answers} unless on (cluster, node, registry) registry_probe_stage_failure{network="host", stage="dns"}`)}
  or
  ${silentTo(answers)}
  unless on (cluster, node)
    registry_probe_stage_success{network="host", stage="dns"} == 1
)
and on (cluster, node)
  ${settled}
unless on (cluster, node) (
  max by (cluster, node) (${answers}) == 0
  and
  count by (cluster, node) (count by (cluster, node, registry) (${answers})) == 1
)`,
		},
		{ record: ipv6Reachable, expr: `${addresses(', state="reachable"')}\n/\n(${addresses('')} > 0)` },
		{
			record: certificateEnd,
			expr: `
min by (cluster, registry, host) (
  registry_probe_tls_certificate_not_after_timestamp_seconds{network="host"}
  and on (cluster, node, registry, host)
    ${wanted}
)`,
		},
		{
			record: issuerNodes,
			expr: `
count by (cluster, registry, host, role, issuer) (
  group by (cluster, node, registry, host, role, issuer) (registry_probe_tls_info{network="host", issuer!=""})
)`,
		},
		{
			record: loginEnd,
			expr: `min by (cluster, registry, source) (registry_probe_credential_not_after_timestamp_seconds{network="host"})`,
		},
	],
};
