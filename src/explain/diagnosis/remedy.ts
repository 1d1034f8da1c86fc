import { explain } from '../../reasons/explain.ts';
import type { Values } from '../../reasons/placeholder.ts';
import { printable } from '../../registry/redact.ts';
import { formatReference } from '../../registry/reference.ts';
import { imageName } from '../image.ts';
import type { Diagnosis } from './diagnose.ts';
import type { Silence } from './silence.ts';
import type { Stuck } from './situation.ts';

const longest = 1000;
const again = 'kubelet tries again within 5 min; delete the pod to try at once.';

/**
 * What to do: a sentence or two in the first line, then a command to paste where there is one, and when the kubelet tries
 * again.
 */
export function remedyOf(diagnosis: Silence, stuck: Stuck): string {
	const { culprit, standing, cause } = diagnosis;
	if (culprit) return `${aboutCulprit(culprit.findings.stuck)}\nThe pull goes on by itself as soon as that one ends.`;
	if (standing === 'works') return `Nothing, if it does not come back: the way works now.\n${again}`;
	const command = cause === 'credentials' ? secretCommand(diagnosis, stuck) : undefined;
	return [inWords(diagnosis, stuck), ...(command === undefined ? [] : [command]), again].join('\n');
}

function aboutCulprit({ pod, waiting }: Stuck): string {
	const whom = `${imageName(waiting.image)} of ${pod.namespace}/${pod.name}`;
	return printable(`Mend the way to the registry of ${whom}, or delete that pod to free its place.`, longest);
}

function inWords(diagnosis: Diagnosis, { reference, waiting }: Stuck): string {
	const { reason, seen, role, stage, host } = diagnosis;
	if (reason === null)
		return 'Run `registry-probe check` for this image on the node: a probe sees what the text leaves out.';
	const values: Values = {
		image: reference ? formatReference(reference) : imageName(waiting.image),
		...(reference && {
			registry: reference.domain,
			repository: reference.repository,
			reference: reference.digest ?? reference.tag ?? '',
		}),
		...(role && { role }),
		...(stage && { stage }),
		...((host ?? seen?.host) !== undefined && { peer: host ?? seen?.host ?? '', host: host ?? seen?.host ?? '' }),
	};
	return printable(explain(reason, values).remedy, longest);
}

/** What Kubernetes takes as the name of an object, and a shell as one plain word. */
const plainName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const plainHost = /^[A-Za-z0-9[][A-Za-z0-9._:[\]-]{0,260}$/;

/** The line that writes a new login into the pod's pull secret, or makes one; names that a shell could misread stand as words. */
function secretCommand({ seen }: Diagnosis, { pod, reference }: Stuck): string {
	const { namespace, pullSecrets } = pod;
	const plain = (name: string, word: string) => (plainName.test(name) ? name : word);
	const name = plain(seen?.secret ?? pullSecrets[0] ?? 'registry-login', 'SECRET');
	const server = serverOf(reference?.domain ?? '');
	const make = [
		`kubectl -n ${plain(namespace, 'NAMESPACE')} create secret docker-registry ${name}`,
		`--docker-server=${server} --docker-username=USER --docker-password=PASSWORD`,
		'--dry-run=client -o yaml | kubectl apply -f -',
	].join(' ');
	if (pullSecrets.length > 0) return make;
	return `${make}\nThen name ${name} in imagePullSecrets of the pod, or of its service account.`;
}

/** Docker Hub's logins stand under its old address. */
function serverOf(domain: string): string {
	if (domain === 'docker.io') return 'https://index.docker.io/v1/';
	return plainHost.test(domain) ? quoted(domain) : 'REGISTRY';
}

/** A shell may read brackets, which IPv6 addresses stand in, as a pattern. */
function quoted(host: string): string {
	return host.startsWith('[') ? `'${host}'` : host;
}
