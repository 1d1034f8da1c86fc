import { describe, expect, test } from 'vitest';
import { read } from '../docs/markdown.ts';
import { kustomizations, patchFiles, readManifest, resourceFiles } from './files.ts';
import { containersOf, podOf } from './manifest.ts';

const pods = kustomizations.flatMap((directory) => {
	return [...resourceFiles(directory), ...patchFiles(directory)].map((path) => podOf(readManifest(path)));
});
const volumes = pods.flatMap((pod) =>
	(pod.volumes ?? []).flatMap(({ name, hostPath }) => {
		const mounts = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts);
		return hostPath ? [{ hostPath, mounts: mounts.filter((mount) => mount.name === name) }] : [];
	}),
);
const mounted = volumes.map(({ hostPath }) => hostPath.path);

const isBelow = (path: string, directory: string) => path === directory || path.startsWith(`${directory}/`);
/** The paths of the node that docs/node.md names: each in backquotes; `/host/…` are examples of a root. */
const named = new Set(
	[...read('docs/node.md').matchAll(/`(\/(?!host\/)[.a-z][\w./@:*-]*)`/g)].map(([, path = '']) => path),
);
/** Directories that hold mounts of every container on the node: to mount one is to hold them all. */
const crowded = ['/', '/run', '/var', '/var/run', '/var/lib', '/var/lib/containerd', '/var/lib/containers'];

test('there are directories of the node', () => {
	expect(mounted).toContain('/etc');
	expect(new Set(mounted).size).toBe(mounted.length);
});

describe.each(volumes)('$hostPath.path', ({ hostPath, mounts }) => {
	const { path, type } = hostPath;

	test('is mounted once, where `--root` looks for it, for reading', () => {
		expect(mounts).toEqual([expect.objectContaining({ mountPath: `/host${path}`, readOnly: true })]);
	});

	test('is a whole directory, and no pod waits for it', () => {
		expect(type).toBeUndefined();
		expect(mounts.filter(({ subPath }) => subPath !== undefined)).toEqual([]);
	});

	test('holds no mounts of other containers, or lets go of them', () => {
		expect(crowded).not.toContain(path);
		const [{ mountPropagation } = {}] = mounts;
		expect(mountPropagation).toBe(path === '/var/lib/kubelet' ? 'HostToContainer' : undefined);
	});

	test('is where docs/node.md says that something is read', () => {
		expect([...named].filter((one) => isBelow(one, path))).not.toEqual([]);
	});
});

test('what docs/node.md names and no manifest mounts is told in docs/kubernetes.md', () => {
	const told = read('docs/kubernetes.md')
		.split(/^## /m)
		.find((section) => section.startsWith('What is not mounted\n'));
	const missing = [...named].filter((path) => {
		return !mounted.some((directory) => isBelow(path, directory)) && !told?.includes(`\`${path}\``);
	});
	expect(missing).toEqual([]);
});
