import type { Setup } from '../../parity/site.ts';
import type { Incident } from '../incident.ts';

const healthy: Setup = async (site) => void (await site.registry());

function kubelet(id: string, what: string, words: string, state: string): Incident {
	return { id, kind: 'kubelet', what, causes: ['kubelet'], setup: healthy, words, state };
}

/** The registry is well; kubelet, runtime or a rule of the node does not let the image in. */
export const ofKubelet: readonly Incident[] = [
	kubelet('throttled', 'kubelet pulls no more for now', 'pull QPS exceeded', 'ErrImagePull'),
	kubelet(
		'never',
		'the pod forbids to pull, and the node does not have the image',
		'Container image "IMAGE" is not present with pull policy of Never',
		'ErrImageNeverPull',
	),
	kubelet(
		'disk-full',
		'the disk of the node is full',
		'failed to pull and unpack image "IMAGE": failed to extract layer sha256:0a: write /var/lib/containerd/x: no space left on device: unknown',
		'ErrImagePull',
	),
	kubelet(
		'unsigned',
		'a rule of the node wants a signature',
		'SignatureValidationFailed: image pull failed for IMAGE because the signature validation failed: Source image rejected: A signature was required, but no signature exists',
		'SignatureValidationFailed',
	),
];

/** Layers of one registry hang, and pulls of another wait for their turn. */
export const waiting: readonly Incident[] = [
	...['one', 'two', 'three'].map((at): Incident => ({
		id: `hanging-${at}`,
		kind: 'registry',
		what: 'a layer stops half-way and holds a place of the runtime',
		causes: ['registry'],
		like: 'blob-stalled',
		words: '',
		since: 600,
	})),
	...['one', 'two'].map((at): Incident => ({
		id: `waiting-${at}`,
		kind: 'kubelet',
		what: 'the pull waits behind hanging ones of another registry',
		causes: ['kubelet'],
		setup: healthy,
		words: '',
		since: 300,
	})),
];
