import type { Directory } from '../real/directory.ts';

/** What the places of a checkout say that name a version. */
export interface Places {
	readonly package: string;
	readonly lock: string;
	readonly dockerfile: string;
	readonly kustomization: string;
	readonly changelog: string;
}

/** All the same, and ready to be released. */
export const agreed: Places = {
	package: '1.2.0',
	lock: '1.2.0',
	dockerfile: '1.2.0',
	kustomization: '1.2.0',
	changelog: '# Changelog\n\n## 1.2.0 (2027-03-01)\n\n- Add much.\n- Mend more.\n\n## 1.1.0 (2027-01-01)\n\n- Begin.\n',
};

/** Writes as much of a checkout as a release looks at, and gives its path. */
export function writeCheckout(directory: Directory, name: string, places: Places): string {
	const write = (path: string, text: string) => directory.write(`${name}/${path}`, text);
	write('package.json', JSON.stringify({ version: places.package }));
	write('package-lock.json', JSON.stringify({ packages: { '': { version: places.lock } } }));
	write('Dockerfile', `FROM scratch\nARG REVISION=unknown\nARG VERSION=${places.dockerfile}\n`);
	write(
		'manifests/base/kustomization.yaml',
		`# Says much.\nresources:\n  - namespace.yaml\n# Where it is set.\nimages:\n  - name: registry-probe\n    newTag: ${places.kustomization}\n`,
	);
	write('manifests/base/namespace.yaml', 'kind: Namespace\n');
	write('CHANGELOG.md', places.changelog);
	return directory.at(name);
}
