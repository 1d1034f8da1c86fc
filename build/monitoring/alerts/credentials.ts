import { inCluster, named, nodes, nodesOf, ofAlert, onNodes } from '../phrases.ts';
import { loginEnd } from '../recordings/parts.ts';
import type { Alert, Group } from '../rule.ts';
import { failing } from '../series.ts';

const own = ['cluster', 'registry'];
const rejectedOn = onNodes('stage_failure', own, 'reason="auth_rejected"');

const expiring: Alert = {
	alert: 'RegistryProbeCredentialsExpiring',
	by: ['registry'],
	severity: 'warning',
	area: 'credentials',
	expr: `
min by (cluster, registry) (
  ${loginEnd}{source!~"provider:.+"} - time() < 7 * 86400
    and ${loginEnd} == ${loginEnd} offset 1d
  or
  ${loginEnd}{source!~"provider:.+"} - time() < 3600
  or
  ${loginEnd}{source=~"provider:.+"} - time() < -3600
)`,
	for: '15m',
	keepFiringFor: '15m',
	summary:
		'The login for {{ $labels.registry }} {{ if gt $value 0.0 }}ends in {{ humanizeDuration $value }}{{ else }}has ended{{ end }}',
	description: `The login that nodes use for {{ $labels.registry }}${inCluster} {{ if gt $value 0.0 }}ends in {{ humanizeDuration $value }}{{ else }}has ended{{ end }}, and nobody renews it: private images will not come from then on. It is from: ${named('source', `${ofAlert(loginEnd, own)} - time() < 7 * 86400`, own)}. Renew it, or mend what should.`,
	runbook: 'runbook.md#auth_rejected',
	means:
		'A login ends within a week and has not been renewed for a day, or ends within the hour, or a credential provider has not given a new one for an hour after the last had ended.',
	look: 'Whoever renews it: a job, a secret store, a credential provider of the kubelet. The source in the description says where the login is read.',
	silence:
		'A login that is renewed in time, however short it lives, stays silent. It ends 15 minutes after a newer one is seen.',
};

const rejected: Alert = {
	alert: 'RegistryProbeCredentialsRejected',
	by: ['registry'],
	severity: 'warning',
	area: 'credentials',
	expr: `
count by (cluster, registry) (
  ${failing}
  and on (cluster, node, registry)
    registry_probe_stage_failure{network="host", reason="auth_rejected"}
)`,
	for: '10m',
	keepFiringFor: '15m',
	summary: `{{ $labels.registry }} rejects the login on ${nodes}${inCluster}`,
	description: `The login for {{ $labels.registry }} is rejected on ${nodes}: changed, revoked or expired. The agents try it again only when it changes, or after 10 minutes, 1 hour and then every 6 hours, so that no account is locked. Rejected by: ${named('host', rejectedOn, own)}. ${nodesOf(rejectedOn, own)}`,
	runbook: 'runbook.md#auth_rejected',
	means: 'The registry or its token service refuses the login that the configuration names.',
	look: 'Whether the account still exists and its password or token was changed; then the file or provider that the login comes from (`registry-probe plan` names it).',
	silence: 'It ends 15 minutes after the login is taken again.',
};

const secretLabels = ['cluster', 'registry', 'namespace', 'secret'];
const secretWorks = onNodes('pull_secret_success', secretLabels);
const secretFails = onNodes('pull_secret_failure', secretLabels);

const pullSecret: Alert = {
	alert: 'RegistryProbePullSecretRejected',
	by: ['registry', 'namespace', 'secret'],
	severity: 'warning',
	area: 'credentials',
	expr: 'max by (cluster, registry, namespace, secret) (registry_probe_pull_secret_success{network="host"}) == 0',
	for: '15m',
	keepFiringFor: '15m',
	summary: `Pull secret {{ $labels.namespace }}/{{ $labels.secret }}${inCluster} does not work at {{ $labels.registry }}`,
	description: `No node gets an image from {{ $labels.registry }} with the pull secret {{ $labels.secret }} of the namespace {{ $labels.namespace }}, though the way there is well: pods that need it wait. Reason: ${named('reason', secretFails, secretLabels)}. Make it anew: kubectl create secret docker-registry. ${nodesOf(`${secretWorks} == 0`, secretLabels)}`,
	runbook: 'runbook.md#auth_rejected',
	means:
		'A Secret that pods name in `imagePullSecrets` gets their image on none of the nodes that use it: the login is refused, may not pull this repository, or the Secret itself cannot be used.',
	look: '`registry-probe explain NAMESPACE/POD` for a pod that names it; who renews it.',
	silence:
		'Only namespaces in `pull_secrets.namespaces` are looked at. Where the path is broken nothing is known of the Secret, and this stays silent. It ends 15 minutes after the Secret works on a node.',
};

/** Logins that end, and that are refused. */
export const credentialAlerts: Group = {
	name: 'registry-probe.credentials',
	interval: '1m',
	rules: [expiring, rejected, pullSecret],
};
