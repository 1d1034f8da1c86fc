import { isDockerHub } from '../registry/hosts.ts';
import { parseReference } from '../registry/image.ts';
import { readEndpoint } from './endpoint.ts';
import { entriesOf, isMap, type Raw } from './entries.ts';
import { Wrong } from './fault.ts';
import { readImage } from './image.ts';
import { listenerRules } from './listener.ts';
import type { Path } from './place.ts';

/** Something wrong with the value at `path`. */
export interface Finding {
	readonly path: Path;
	readonly wrong: Wrong;
	/** Where the better remedy repeats other values than the one at `path`: their paths. */
	readonly others?: readonly Path[];
}

/** What is wrong between keys. Works on what stands in the file, so that it speaks beside the faults of single keys. */
export function brokenRules(value: unknown): Finding[] {
	const entries = entriesOf(value);
	const names = entries.map(({ entry }) =>
		typeof entry['name'] === 'string' ? entry['name'].toLowerCase() : undefined,
	);
	const ofEntries = entries.flatMap(({ path, entry }, index) => {
		const name = names[index];
		const first = name === undefined ? index : names.indexOf(name);
		const twice = first < index ? [{ path: [...path, 'name'], wrong: standsTwice(first) }] : [];
		return [...twice, ...rules.flatMap((rule) => rule(entry, path))];
	});
	return [...listenerRules(value), ...ofEntries, ...secretsOfPods(value)];
}

/** Each Secret costs requests on every node, and each namespace a role: whoever needs more wants something else. */
const mostNamespaces = 50;

/** Which Secrets are read follows from the pods. */
function secretsOfPods(value: unknown): Finding[] {
	const { pull_secrets: secrets, discovery } = isMap(value) ? value : {};
	const namespaces = isMap(secrets) ? secrets['namespaces'] : undefined;
	if (!Array.isArray(namespaces) || namespaces.length === 0) return [];
	const path = ['pull_secrets', 'namespaces'];
	const many = new Wrong(`has more than ${mostNamespaces} names`, 'leave some out');
	const blind = new Wrong('needs the pods of this node, which discovery.images leaves out', 'write images: true');
	return [
		...(namespaces.length > mostNamespaces ? [{ path, wrong: many }] : []),
		...(isMap(discovery) && discovery['images'] === false ? [{ path, wrong: blind }] : []),
	];
}

function standsTwice(first: number): Wrong {
	return new Wrong(
		`is the name of registries[${first}] too`,
		'give it another; names are labels, the host comes from image or endpoint',
	);
}

type Rule = (entry: Raw, path: Path) => Finding[];

const rules: readonly Rule[] = [manifestsOfDockerHub, imageElsewhere, blobOfNothing, nowhere];

/** Every GET of a manifest counts as a pull there, also through a mirror. */
function manifestsOfDockerHub(entry: Raw, path: Path): Finding[] {
	const image = readImage(entry['image']);
	const endpoint = readEndpoint(entry['endpoint']);
	const hosts = [
		typeof entry['name'] === 'string' ? entry['name'] : '',
		image instanceof Wrong ? '' : image.domain,
		endpoint instanceof Wrong ? '' : endpoint.hostname,
	];
	if (entry['manifest_get'] !== 'allowed' || !hosts.some(isDockerHub)) return [];
	const wrong = new Wrong('cannot be had for docker.io, where a GET of a manifest counts as a pull', 'write never');
	return [{ path: [...path, 'manifest_get'], wrong }];
}

/** `name: ghcr.io` with `image: org/app` asks Docker Hub, which nobody means. */
function imageElsewhere({ name, image, endpoint }: Raw, path: Path): Finding[] {
	if (typeof name !== 'string' || typeof image !== 'string' || endpoint !== undefined) return [];
	if (!isRegistryHost(name) || isDockerHub(name)) return [];
	const read = readImage(image);
	if (read instanceof Wrong || read.domain !== 'docker.io' || /^(?:index\.)?docker\.io\//.test(image)) return [];
	const wrong = new Wrong('is an image of docker.io', 'write it with its registry', `write ${name}/${image}`);
	return [{ path: [...path, 'image'], wrong, others: [[...path, 'name']] }];
}

/** A layer belongs to an image; without one, none is read. */
function blobOfNothing({ name, image, blob }: Raw, path: Path): Finding[] {
	if (image !== undefined || !isMap(blob) || blob['digest'] === undefined || blob['bytes'] === 0) return [];
	if (typeof name !== 'string' || isHub(name)) return [];
	const wrong = new Wrong('has no image to belong to', 'add the key image, or remove blob');
	return [{ path: [...path, 'blob'], wrong }];
}

/** Without image and endpoint the name must say where the registry is. */
function nowhere({ name, image, endpoint }: Raw, path: Path): Finding[] {
	if (typeof name !== 'string' || image !== undefined || endpoint !== undefined) return [];
	if (isRegistryHost(name) || isHub(name)) return [];
	const wrong = new Wrong('is not the host of a registry', 'write a host, or add the key image or endpoint');
	return [{ path: [...path, 'name'], wrong }];
}

/** Whether the name has an image of its own: the other names of Docker Hub are hosts like any other. */
function isHub(name: string): boolean {
	return name === 'docker.io' || name === 'index.docker.io';
}

/** Whether an image reference could begin with this name: `ghcr.io`, `localhost`, `registry:5000`. */
function isRegistryHost(name: string): boolean {
	try {
		return parseReference(`${name}/any`).domain === name;
	} catch {
		return false;
	}
}
