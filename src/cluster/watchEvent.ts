import { isRecord, parseJson } from '../registry/json.ts';
import { ApiFailure, refusal } from './apiFailure.ts';
import { asItIs } from './concealing.ts';

const types = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'] as const;

/** One line of a watch. */
export interface WatchEvent {
	readonly type: (typeof types)[number];
	readonly object: Readonly<Record<string, unknown>>;
	/** The state of the cluster after it: where a later watch goes on. */
	readonly version: string;
}

/**
 * Reads one line of a watch (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).
 * A line in which the server ends the watch is the failure that it tells, through `conceal`; one that is no event is a failure
 * too.
 */
export function readWatchEvent(line: string, conceal = asItIs): WatchEvent | ApiFailure {
	const event = parseJson(line);
	if (!isRecord(event) || !isRecord(event['object'])) return new ApiFailure('a line of the watch is no event');
	const { object } = event;
	if (event['type'] === 'ERROR') {
		const { code } = object;
		return refusal(typeof code === 'number' ? code : 500, object, { conceal });
	}
	const type = types.find((known) => known === event['type']);
	const { metadata } = object;
	const version = isRecord(metadata) ? metadata['resourceVersion'] : undefined;
	if (!type || typeof version !== 'string' || !/^[\w.-]{1,64}$/.test(version)) {
		return new ApiFailure('a line of the watch is no event');
	}
	return { type, object, version };
}
