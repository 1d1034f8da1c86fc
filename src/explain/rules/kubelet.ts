import type { Rule } from './rule.ts';
import { sources } from './sources.ts';

const invalid = { reason: 'invalid_reference' } as const;
const policy = { reason: 'policy_blocked' } as const;

/** A file of the node's own configuration that the runtime cannot use: it fails before it sends anything. */
function unusable(texts: readonly RegExp[], from: string): readonly Rule[] {
	return texts.map((says) => ({ says, reason: 'node_config_unusable', stage: 'tls', from }));
}

/** What kubelet and the node decide without any registry. */
export const kubelet: readonly Rule[] = [
	{ says: /^pull QPS exceeded/, reason: 'pull_throttled_by_kubelet', from: sources.kubeletPuller },
	{ says: /^ErrImageNeverPull\b/, reason: 'pull_never', from: sources.kubeletErrors },
	{ says: /is not present with pull policy of Never/, reason: 'pull_never', from: sources.kubelet },
	{ says: /^InvalidImageName\b/, ...invalid, from: sources.kubeletErrors },
	{ says: /^couldn't parse image (?:name|reference) "/, ...invalid, from: sources.kubelet },
	{ says: /^invalid reference format\b/, ...invalid, from: sources.reference },
	{ says: /^repository name (?:\(.*\) )?must be (?:lowercase|canonical)/, ...invalid, from: sources.reference },
	{
		says: /^(?:invalid tag format|invalid digest format|invalid checksum digest)/,
		...invalid,
		from: sources.reference,
	},
	{ says: /^cannot parse input$/, ...invalid, from: sources.measured },
	{ says: /^SignatureValidationFailed\b/, ...policy, from: sources.kubeletErrors },
	{ says: /because the signature validation failed\b/, ...policy, from: sources.kubelet },
	{ says: /^Signature for (?:identity|digest) /, ...policy, from: sources.imagePolicy },
	{ says: /^Source image rejected$/, ...policy, from: sources.imagePolicy },
	{ says: /is rejected by policy\b/, ...policy, from: sources.imagePolicy },
	{ says: /^A signature was required, but no signature exists/, ...policy, from: sources.imagePolicy },
	{ says: /^image verifier (?:\S+ )?blocked pull of /, ...policy, from: sources.verifier },
	{ says: /^no space left on device\b/, reason: 'node_disk_full', from: sources.errno },
	{ says: /^disk quota exceeded\b/, reason: 'node_disk_full', from: sources.errno },
	...unusable([/^unable to (?:read|load) (?:CA cert|CERT file) /, /^unable to initialize cert pool$/], sources.hosts),
	...unusable([/^failed to load (?:X509 key pair|cert file|certificate)/], sources.hosts),
	...unusable([/^missing (?:key|client certificate) \S+ for /, /^open \/\S*\/certs\.d\/\S+$/], sources.imageTls),
];
