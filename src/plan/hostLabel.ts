import { hostOf } from '../registry/endpoint.ts';
import type { Reference } from '../registry/reference.ts';
import type { PullHost } from './pullHost.ts';
import { shownPath } from './shownPath.ts';

/**
 * The values of the label `host` for the hosts of one image: as dialled, and with the path where two would be the same
 * (`mirror.example/hub`, `mirror.example/quay`). All are different; a host that stands twice with the same path is
 * counted from the second on.
 */
export function labelsOf(hosts: readonly PullHost[], image: Reference): readonly string[] {
	const names = hosts.map(({ endpoint }) => hostOf(endpoint));
	const shared = (name: string) => names.filter((other) => other === name).length > 1;
	const seen = new Map<string, number>();
	return hosts.map((host, at) => {
		const name = names[at] ?? '';
		const label = shared(name) ? `${name}${pathOf(host, image)}` : name;
		const times = (seen.get(label) ?? 0) + 1;
		seen.set(label, times);
		return times === 1 ? label : `${label}#${times}`;
	});
}

/** What stands before the image's own path: containerd has it in the root, CRI-O in the repository. */
function pathOf({ root, repository }: PullHost, image: Reference): string {
	const before = shownPath(root.replace(/\/v2$/, ''));
	if (repository === undefined || repository === image.repository) return before;
	const own = repository.endsWith(`/${image.repository}`)
		? repository.slice(0, -image.repository.length - 1)
		: repository;
	return `${before}${shownPath(`/${own}`)}`;
}
