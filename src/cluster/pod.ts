import { isRecord } from '../registry/json.ts';
import type { Reference } from '../registry/reference.ts';
import { readImage } from './image.ts';

/** An image that a container of a pod has, as the pod names it. */
export interface PodImage {
	readonly image: string;
	/** Absent where the runtime would refuse that name. Read here, while a list arrives, and not of all pods at once. */
	readonly reference?: Reference;
	/** The runtime has it: the container has come past the pull at least once. */
	readonly pulled: boolean;
}

/** A container that waits, as the kubelet says why. */
export interface Waiting {
	readonly container: string;
	readonly image: string;
	/** `ErrImagePull`, `ImagePullBackOff`, `ContainerCreating`. */
	readonly reason: string;
	readonly message: string;
}

/** What is kept of a pod. */
export interface PodFacts {
	readonly uid: string;
	readonly namespace: string;
	readonly name: string;
	/** Of init, ephemeral and other containers, each once. */
	readonly images: readonly PodImage[];
	/** Names of Secrets in the pod's namespace. */
	readonly pullSecrets: readonly string[];
	readonly waiting: readonly Waiting[];
}

const kinds = ['init', 'ephemeral', ''] as const;
const mostContainers = 60;
const mostSecrets = 20;
const mostWaiting = 10;
const longestName = 253;
/** A registry's name, a repository and a digest have at most 255 characters each. */
const longestImage = 600;
const longestMessage = 2000;

/** What is kept of a pod of the API; undefined for what is no pod. Bounded, whatever a pod holds. */
export function readPod(value: unknown): PodFacts | undefined {
	const { metadata, spec, status } = record(value);
	const { uid, namespace, name } = record(metadata);
	if (!isName(uid) || !isName(namespace) || !isName(name)) return undefined;
	const specified = kinds.flatMap((kind) => records(record(spec)[key(kind, 'containers')])).slice(0, mostContainers);
	const states = kinds.flatMap((kind) => records(record(status)[key(kind, 'containerStatuses')]));
	const stateOf = new Map(states.slice(0, mostContainers).map((state) => [state['name'], state]));
	return {
		uid,
		namespace,
		name,
		images: imagesOf(specified, stateOf),
		pullSecrets: secretsOf(record(spec)['imagePullSecrets']),
		waiting: specified.flatMap((container) => waitingOf(container, stateOf)).slice(0, mostWaiting),
	};
}

type Raw = Readonly<Record<string, unknown>>;
type States = ReadonlyMap<unknown, Raw>;

/** `initContainers`, `containers`. */
function key(kind: (typeof kinds)[number], plural: string): string {
	return kind === '' ? plural : `${kind}${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
}

function imagesOf(containers: readonly Raw[], stateOf: States): readonly PodImage[] {
	const images = new Map<string, boolean>();
	for (const { name, image } of containers) {
		if (!isText(image, longestImage)) continue;
		const pulled = isText(stateOf.get(name)?.['imageID'], longestImage);
		images.set(image, pulled || images.get(image) === true);
	}
	return [...images].map(([image, pulled]) => {
		const reference = readImage(image);
		return { image, ...(reference && { reference }), pulled };
	});
}

function secretsOf(value: unknown): readonly string[] {
	const names = records(value).flatMap(({ name }) => (isName(name) ? [name] : []));
	return [...new Set(names)].slice(0, mostSecrets);
}

function waitingOf({ name, image }: Raw, stateOf: States): readonly Waiting[] {
	const { reason, message = '' } = record(record(stateOf.get(name)?.['state'])['waiting']);
	if (!isName(name) || !isText(image, longestImage) || !isName(reason) || typeof message !== 'string') return [];
	return [{ container: name, image, reason, message: message.slice(0, longestMessage).toWellFormed() }];
}

function record(value: unknown): Raw {
	return isRecord(value) ? value : {};
}

function records(value: unknown): readonly Raw[] {
	return Array.isArray(value) ? value.slice(0, mostContainers).filter(isRecord) : [];
}

function isName(value: unknown): value is string {
	return isText(value, longestName);
}

function isText(value: unknown, longest: number): value is string {
	return typeof value === 'string' && value !== '' && value.length <= longest;
}
