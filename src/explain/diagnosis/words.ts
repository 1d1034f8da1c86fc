import type { Waiting } from '../../cluster/pod.ts';
import type { PodEvent } from '../../cluster/podEvent.ts';
import { readMessage } from '../readMessage.ts';
import type { Reading } from '../reading.ts';

/** What the kubelet says about a container whose image does not come. */
export interface Words {
	readonly reading: Reading;
	/** When it said so, in seconds since the epoch, where an event tells. */
	readonly at?: number;
	/** `told`: a reason, or a choice of them. `strange`: words that are not understood. `silent`: none about the cause. */
	readonly kind: 'told' | 'strange' | 'silent';
}

/** States of a container in which it waits for its image without any error. */
export const quietStates: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** States that the kubelet has for images that do not come (https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/images/types.go). */
export const failingStates: ReadonlySet<string> = new Set([
	'ErrImagePull',
	'ImagePullBackOff',
	'InvalidImageName',
	'ImageInspectError',
	'ErrImageNeverPull',
	'RegistryUnavailable',
	'SignatureValidationFailed',
]);

const failures: ReadonlySet<string> = new Set(['Failed', 'InspectFailed', 'ErrImageNeverPull']);
/** What the kubelet's recorder puts before events that it has merged. */
const combined = /^\(combined from similar events\): /;

/**
 * The kubelet's words about the cause: those of the container's state, else those of its events, the newest first. The name
 * of the state alone tells the cause where a pull was never begun.
 */
export function wordsOf({ reason, message }: Pick<Waiting, 'reason' | 'message'>, events: readonly PodEvent[]): Words {
	if (quietStates.has(reason)) return { reading: readMessage(''), kind: 'silent' };
	const failed = events.filter((event) => failures.has(event.reason)).toReversed();
	const last = failed[0]?.lastAt;
	const said = [
		spoken(message, last),
		...failed.map((event) => spoken(event.message.replace(combined, ''), event.lastAt)),
	].find(({ kind }) => kind !== 'silent');
	const state = spoken(reason, last);
	if (state.kind === 'told' && said?.kind !== 'told') return state;
	return said ?? spoken('', undefined);
}

function spoken(text: string, at: number | undefined): Words {
	const reading = readMessage(text);
	return { reading, kind: kindOf(reading), ...(at !== undefined && { at: at / 1000 }) };
}

function kindOf({ reason, open, outerOnly, said }: Reading): Words['kind'] {
	if (reason !== null || open.length > 0) return 'told';
	return outerOnly || said === '' ? 'silent' : 'strange';
}
