import { kustomizations, patchFiles, readManifest, readYaml, resourceFiles } from '../manifests/files.ts';
import { containersOf, type PodSpec, podOf } from '../manifests/manifest.ts';

/** As much of roles and their bindings as the table needs (https://kubernetes.io/docs/reference/access-authn-authz/rbac/). */
interface Rbac {
	readonly kind: string;
	readonly metadata: { readonly name: string };
	readonly rules?: readonly {
		readonly apiGroups: readonly string[];
		readonly resources: readonly string[];
		readonly verbs: readonly string[];
	}[];
	readonly roleRef?: { readonly name: string };
	readonly subjects?: readonly { readonly kind: string; readonly name: string }[];
}

interface Row {
	readonly name: string;
	readonly api: readonly string[];
	readonly node: readonly string[];
	readonly pod: readonly string[];
}

/** What each part of the manifests lets an agent do, as tables of Markdown. */
export function rightsTable(): string {
	const rows = kustomizations.map(rowOf);
	const giving = rows.filter(({ api, node, pod }) => api.length + node.length + pod.length > 0);
	const others = rows.filter((row) => !giving.includes(row)).map(({ name }) => code(name));
	return [
		'| part | of the API | of the node, for reading | the pod |',
		'|---|---|---|---|',
		...giving.map(({ name, api, node, pod }) => `| ${[code(name), ...[api, node, pod].map(cell)].join(' | ')} |`),
		'',
		`Nothing is added by ${others.join(', ')}.`,
	].join('\n');
}

const code = (text: string) => `\`${text}\``;
const cell = (parts: readonly string[]) => (parts.length === 0 ? '–' : parts.join('; '));

function rowOf(directory: string): Row {
	const pods = [...resourceFiles(directory), ...patchFiles(directory)].map((path) => podOf(readManifest(path)));
	return {
		name: directory.replace('components/', ''),
		api: apiRights(resourceFiles(directory).map((path) => readYaml(path) as Rbac)),
		node: pods.flatMap(directoriesOf),
		pod: pods.flatMap(settingsOf),
	};
}

/** Only what is bound to the agent: a role for those who read agents is none of its rights. */
function apiRights(objects: readonly Rbac[]): readonly string[] {
	const bindings = objects.filter(({ subjects = [] }) => subjects.some(({ name }) => name === 'registry-probe'));
	return bindings.flatMap(({ kind, roleRef }) => {
		const where = kind === 'ClusterRoleBinding' ? 'everywhere' : 'in one namespace';
		const roles = objects.filter(({ rules, metadata }) => rules && metadata.name === roleRef?.name);
		return roles.flatMap(({ rules = [] }) =>
			rules.map(({ apiGroups, resources, verbs }) => {
				const groups = apiGroups.filter((group) => group !== '').map((group) => ` (${code(group)})`);
				return `${verbs.map(code).join(', ')} ${resources.join(', ')}${groups.join('')} ${where}`;
			}),
		);
	});
}

function directoriesOf(pod: PodSpec): readonly string[] {
	const mounted = (pod.volumes ?? []).flatMap(({ hostPath }) => (hostPath ? [code(hostPath.path)] : []));
	const mounts = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts);
	const removed = mounts
		.filter((mount) => '$patch' in mount)
		.map(({ mountPath }) => code(mountPath.replace('/host', '')));
	return [mounted.join(', '), removed.length === 0 ? '' : `not ${removed.join(', ')}`].filter((text) => text !== '');
}

/** What the table looks at of a securityContext, of a pod or of a container. */
interface Security {
	readonly runAsUser?: number;
	readonly capabilities?: { readonly add?: readonly string[] };
	readonly appArmorProfile?: object;
}

function settingsOf(pod: PodSpec): readonly string[] {
	const settings: Readonly<Record<string, unknown>> = { ...pod };
	const security = [pod, ...containersOf(pod)].map(({ securityContext = {} }): Security => securityContext);
	const added = security.flatMap(({ capabilities }) => capabilities?.add ?? []);
	const user = security.flatMap(({ runAsUser }) => (runAsUser === undefined ? [] : [`user ${runAsUser}`]));
	const profile = security.some(({ appArmorProfile }) => appArmorProfile !== undefined);
	const secrets = (pod.volumes ?? []).flatMap((volume) =>
		'secret' in volume ? [`the Secret of ${code(volume.name)}`] : [],
	);
	return [
		...(settings['hostNetwork'] === true ? ['network of the node'] : []),
		...(settings['hostNetwork'] === null ? ['network of pods'] : []),
		...(settings['automountServiceAccountToken'] === true ? ['a token of its service account'] : []),
		...user,
		...added.map((name) => `capability ${code(name)}`),
		...(profile ? ['no profile of AppArmor'] : []),
		...secrets,
	];
}
