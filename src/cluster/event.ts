import { createHash } from 'node:crypto';

import { printable } from '../registry/redact.ts';
import { redactText } from '../registry/redactText.ts';

/** The object that an Event is about. */
export type Regarding =
	| { readonly kind: 'Pod'; readonly namespace: string; readonly name: string; readonly uid: string }
	| { readonly kind: 'Node'; readonly name: string };

/** Something that is to be told as an Event, for as long as it holds. */
export interface EventWish {
	readonly regarding: Regarding;
	/** A word in CamelCase, as people and programs select Events by it. */
	readonly reason: string;
	/** Tells this Event from others with the same reason about the same object: there is one for each. */
	readonly about: string;
	/** For people. May hold anything and have any length: it is made harmless and cut here. */
	readonly note: string;
}

/** Where an Event is in the API. */
export interface EventPlace {
	/** Path of the Events of its namespace. */
	readonly collection: string;
	readonly name: string;
	/** The path of the Event itself: its identity. */
	readonly path: string;
}

/** Value of `reportingController`: the manifests' policy knows it too. */
export const controller = 'registry-probe';

/** Bytes and characters that the API takes (https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/events.go). */
const mostOfNote = 1024;
const mostOfInstance = 128;
/** Of the object's name at the front of an Event's own, which has 253 characters at most. */
const mostOfName = 200;

/**
 * The place of an Event. It follows from what the Event says, so that an agent that was started anew finds the one that
 * it has written before. Events about nodes are in the namespace `default`, as those of the kubelet are.
 */
export function placeOf({ regarding, reason, about }: EventWish): EventPlace {
	const { uid, namespace } = objectOf(regarding);
	const hash = createHash('sha256').update([regarding.kind, uid, reason, about].join('\n')).digest('hex').slice(0, 16);
	const collection = `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(namespace ?? 'default')}/events`;
	const name = `${regarding.name.slice(0, mostOfName).replace(/[^a-z0-9]+$/, '')}.${hash}`;
	return { collection, name, path: `${collection}/${encodeURIComponent(name)}` };
}

/**
 * The Event of a wish (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/), first seen by
 * the agent of `node` at `at`, milliseconds since the epoch.
 */
export function eventOf(wish: EventWish, node: string, at: number): object {
	const object = objectOf(wish.regarding);
	return {
		apiVersion: 'events.k8s.io/v1',
		kind: 'Event',
		metadata: { name: placeOf(wish).name, namespace: object.namespace ?? 'default' },
		eventTime: microTime(at),
		type: 'Warning',
		reason: wish.reason,
		action: 'Explain',
		note: boundedNote(wish.note),
		regarding: { apiVersion: 'v1', kind: wish.regarding.kind, ...object },
		reportingController: controller,
		reportingInstance: node.slice(0, mostOfInstance),
	};
}

/** What says that an Event was seen `count` times, the last time at `at`, milliseconds since the epoch; a merge patch. */
export function seriesOf(count: number, at: number): object {
	return { series: { count: Math.max(2, count), lastObservedTime: microTime(at) } };
}

/** A text of one line that shows no secret, of at most 1,024 bytes in UTF-8. */
export function boundedNote(text: string): string {
	const line = printable(redactText(text.slice(0, mostOfNote * 4)), mostOfNote);
	let end = line.length;
	while (Buffer.byteLength(line.slice(0, end)) > mostOfNote) end -= 1;
	return line.slice(0, end).toWellFormed();
}

/** How the object is named in an Event. The kubelet gives a node's name for its uid, and kubectl looks for that. */
function objectOf(regarding: Regarding): { readonly name: string; readonly uid: string; readonly namespace?: string } {
	const { name } = regarding;
	if (regarding.kind === 'Node') return { name, uid: name };
	return { name, namespace: regarding.namespace, uid: regarding.uid };
}

/** MicroTime of the API: RFC 3339 with six digits. */
function microTime(at: number): string {
	return new Date(at).toISOString().replace('Z', '000Z');
}
