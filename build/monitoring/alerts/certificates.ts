import { inCluster, named, onNodes } from '../phrases.ts';
import { certificateEnd, issuerNodes } from '../recordings/parts.ts';
import type { Alert, Group } from '../rule.ts';
import { failing } from '../series.ts';

const host = ['cluster', 'registry', 'host'];
const ends = onNodes('tls_certificate_not_after_timestamp_seconds', host);
const roles = (bound: string) => `Role: ${named('role', `${ends} - time() < ${bound}`, host)}.`;
const hostOnNode = [...host, 'node'];
const issuers = named('issuer', onNodes('tls_info', hostOnNode), hostOnNode);
const openssl = 'openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl x509 -noout -enddate -issuer';

const expiring: Alert = {
	alert: 'RegistryProbeCertificateExpiring',
	by: ['registry', 'host'],
	severity: 'warning',
	area: 'certificate',
	expr: `${certificateEnd} - time() < 21 * 86400\nand\n${certificateEnd} - time() > 0`,
	for: '1h',
	keepFiringFor: '1h',
	summary: 'A certificate on the way to {{ $labels.registry }} expires in {{ humanizeDuration $value }}',
	description: `A certificate of the chain that {{ $labels.host }}, or a host that it sends pulls to, shows${inCluster} expires in {{ humanizeDuration $value }}. From then on no node pulls from {{ $labels.registry }} through it. ${roles('21 * 86400')} Look: ${openssl}`,
	runbook: 'runbook.md#tls_expired',
	means:
		'The first certificate of a verified chain expires within three weeks: of the registry or mirror, of its token service or of its blob host.',
	look: 'The role in the description says whose certificate it is. Renew it where it is yours; where a public registry is this late, tell them.',
	silence:
		'Certificates that live shorter than three weeks need a lower bound: change it in your copy of the rules. It ends an hour after a newer certificate is seen everywhere.',
};

const expired: Alert = {
	alert: 'RegistryProbeCertificateExpired',
	by: ['registry', 'host'],
	severity: 'critical',
	area: 'certificate',
	expr: `${certificateEnd} - time() <= 0`,
	for: '5m',
	keepFiringFor: '10m',
	summary: 'A certificate on the way to {{ $labels.registry }} has expired',
	description: `A certificate that {{ $labels.host }}, or a host that it sends pulls to, shows${inCluster} has expired: runtimes refuse it. ${roles('0')} Look: ${openssl}`,
	runbook: 'runbook.md#tls_expired',
	means:
		'A certificate that at least one node is shown has expired. A node with a wrong clock does not cause this by itself: the end is compared with the clock of Prometheus.',
	look: 'Whether all nodes see it, or only those behind one address or mirror.',
	silence:
		'It silences RegistryProbeCertificateExpiring of the same host. It ends 10 minutes after the last node sees a valid certificate.',
};

const issuerUnusual: Alert = {
	alert: 'RegistryProbeIssuerUnusual',
	by: ['registry', 'host', 'node'],
	severity: 'warning',
	area: 'certificate',
	expr: `
count by (cluster, node, registry, host) (
  registry_probe_tls_info{network="host", issuer!=""}
  and on (cluster, node, registry)
    ${failing}
  and on (cluster, registry, host, role, issuer)
    max_over_time(${issuerNodes}[1d]) == 1
  and on (cluster, registry, host, role)
    max by (cluster, registry, host, role) (${issuerNodes}) >= 2
)`,
	for: '30m',
	keepFiringFor: '30m',
	summary: `Node {{ $labels.node }}${inCluster} is shown another certificate for {{ $labels.registry }} than all others`,
	description: `Only node {{ $labels.node }} is shown a certificate by this issuer on its way to {{ $labels.host }}; no other node has seen it for a day. Something between may open its TLS connections: a proxy, an antivirus gateway, an attacker. Issuers that it sees: ${issuers}. Look there: ${openssl}`,
	runbook: 'runbook.md#tls_untrusted',
	means:
		'One node sees an issuer that no second node has seen at the same time within a day, while at least two others agree on another one: something on its way opens TLS connections.',
	look: "The certificate as the node sees it, the node's proxy and its trusted certificates.",
	silence:
		'A new certificate of the registry is seen by a second node within minutes, before the half hour is over. Fewer than three nodes cannot be compared. It ends 30 minutes after the node sees what others see.',
};

/** What TLS shows. */
export const certificateAlerts: Group = {
	name: 'registry-probe.certificates',
	interval: '1m',
	rules: [expiring, expired, issuerUnusual],
};
