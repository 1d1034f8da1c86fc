import { isRecord } from '../registry/json.ts';

/** What is kept of an event that the kubelet wrote about a pod. */
export interface PodEvent {
	/** `Pulling`, `Pulled`, `Failed`, `BackOff`, `InspectFailed`, `FailedToRetrieveImagePullSecret`. */
	readonly reason: string;
	readonly message: string;
	/** The container that it is about; absent where it is about the pod. */
	readonly container?: string;
	/** How often it happened. */
	readonly count: number;
	/** When it happened first and last, in milliseconds since the epoch. */
	readonly firstAt: number;
	readonly lastAt: number;
}

const longestReason = 128;
/** The API takes 1,024 bytes (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/). */
const longestMessage = 2000;
/** In the kubelet's way to name what an event is about: `spec.containers{app}`. */
const containerPath = /^spec\.(?:containers|initContainers|ephemeralContainers)\{([a-z0-9.-]{1,63})\}$/;
const mostTimes = 1_000_000;

/**
 * What is kept of an event of the API, old form (https://pkg.go.dev/k8s.io/api/core/v1#Event); undefined for what is none, or
 * is not the kubelet's. Bounded, whatever it holds.
 */
export function readPodEvent(value: unknown): PodEvent | undefined {
	const event = record(value);
	const { reason, message } = event;
	if (typeof reason !== 'string' || reason === '' || reason.length > longestReason) return undefined;
	if (typeof message !== 'string' || writerOf(event) !== 'kubelet') return undefined;
	const series = record(event['series']);
	const firstAt = timeOf(event['firstTimestamp']) ?? timeOf(event['eventTime']);
	const lastAt = timeOf(series['lastObservedTime']) ?? timeOf(event['lastTimestamp']) ?? firstAt;
	if (firstAt === undefined || lastAt === undefined) return undefined;
	const path = record(event['involvedObject'])['fieldPath'];
	const container = typeof path === 'string' ? containerPath.exec(path)?.[1] : undefined;
	return {
		reason,
		message: message.slice(0, longestMessage).toWellFormed(),
		...(container !== undefined && { container }),
		count: timesOf(series['count']) ?? timesOf(event['count']) ?? 1,
		firstAt,
		lastAt: Math.max(firstAt, lastAt),
	};
}

type Raw = Readonly<Record<string, unknown>>;

/** Who wrote it: events of the newer form have another field for that. */
function writerOf(event: Raw): unknown {
	const component = record(event['source'])['component'];
	return component === undefined || component === '' ? event['reportingComponent'] : component;
}

function timesOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value > 0 ? Math.min(value, mostTimes) : undefined;
}

function timeOf(value: unknown): number | undefined {
	const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isFinite(at) ? at : undefined;
}

function record(value: unknown): Raw {
	return isRecord(value) ? value : {};
}
