import { createHash } from 'node:crypto';
import { type Lock, nameAt, resolveFrom } from './lock.ts';

/** What a bill of materials is made from. */
export interface Materials {
	readonly lock: Lock;
	/** Directories of the packages of which something is in the program. */
	readonly packages: readonly string[];
	/** The files that are handed out. */
	readonly files: readonly { readonly name: string; readonly content: string }[];
	/** What package.json says of the program. */
	readonly program: {
		readonly name: string;
		readonly version: string;
		readonly description: string;
		readonly license: string;
		/** The versions of Node.js that it runs on: `>=24.12`. */
		readonly node: string;
	};
	/** The commit that it was built from; absent when the build does not know. */
	readonly revision?: string;
	/** When it was built, in seconds since the epoch; absent when that must not matter. */
	readonly time?: number;
}

/**
 * The bill of materials as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): the program with the hashes of its files,
 * the packages that it was made of, and Node, which comes with the base of the image. The same materials give the same
 * bytes.
 */
export function sbomOf(materials: Materials): string {
	const rest = {
		version: 1,
		metadata: metadataOf(materials),
		components: [...packagesIn(materials), nodeOf(materials)],
		dependencies: dependenciesOf(materials),
	};
	const head = {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		serialNumber: serialOf(JSON.stringify(rest)),
	};
	return `${JSON.stringify({ ...head, ...rest }, null, '\t')}\n`;
}

function metadataOf(materials: Materials): object {
	const { program, files, lock, revision, time } = materials;
	const { name, version, description, license } = program;
	return {
		...(time !== undefined && { timestamp: new Date(time * 1000).toISOString() }),
		lifecycles: [{ phase: 'build' }],
		tools: { components: [{ type: 'application', name: 'esbuild', version: lock['node_modules/esbuild']?.version }] },
		component: {
			type: 'application',
			'bom-ref': programRef(materials),
			name,
			version,
			description,
			licenses: declared(license),
			components: files.map((file) => ({ type: 'file', name: file.name, hashes: [sha256(file.content)] })),
		},
		...(revision !== undefined && { properties: [{ name: 'registry-probe:revision', value: revision }] }),
	};
}

function packagesIn({ packages, lock }: Materials): readonly object[] {
	return packages.map((directory) => {
		const { version, license = '', integrity } = lockedAt(directory, lock);
		const [name = '', group] = nameAt(directory).split('/').toReversed();
		const purl = purlOf(directory, lock);
		return {
			type: 'library',
			'bom-ref': purl,
			...(group !== undefined && { group }),
			name,
			version,
			...(integrity !== undefined && { hashes: [hashOf(integrity)] }),
			licenses: declared(license),
			purl,
		};
	});
}

const nodeRef = 'pkg:generic/node';

/** Without a version: one file runs on every image, and `--version` says what it stands on there. */
function nodeOf({ program }: Materials): object {
	return {
		type: 'platform',
		'bom-ref': nodeRef,
		name: 'node',
		description: 'What runs the program. It is not in the bundle: it comes with the base of the image.',
		licenses: declared('MIT'),
		purl: nodeRef,
		properties: [{ name: 'registry-probe:versions', value: program.node }],
	};
}

/** Who needs whom, as far as both are in it. A package that only others need which are left out belongs to the program. */
function dependenciesOf(materials: Materials): readonly object[] {
	const { packages, lock } = materials;
	const needs = new Map(packages.map((directory) => [directory, neededBy(directory, materials)]));
	const needed = new Set([...needs.values()].flat());
	const direct = new Set(neededBy('', materials));
	const own = packages.filter((directory) => direct.has(directory) || !needed.has(directory));
	const refs = (directories: readonly string[]) => directories.map((directory) => purlOf(directory, lock));
	return [
		{ ref: programRef(materials), dependsOn: [...refs(own), nodeRef] },
		...packages.map((directory) => ({ ref: purlOf(directory, lock), dependsOn: refs(needs.get(directory) ?? []) })),
		{ ref: nodeRef },
	];
}

function neededBy(directory: string, { packages, lock }: Materials): readonly string[] {
	const { dependencies = {}, optionalDependencies = {} } = lockedAt(directory, lock);
	const names = Object.keys({ ...dependencies, ...optionalDependencies });
	const found = new Set(names.flatMap((name) => resolveFrom(directory, name, lock) ?? []));
	return packages.filter((each) => found.has(each));
}

function lockedAt(directory: string, lock: Lock): Lock[string] {
	const locked = lock[directory];
	if (!locked) throw new Error(`package-lock.json does not know ${directory}`);
	return locked;
}

const programRef = ({ program }: Materials) => `pkg:generic/${program.name}@${program.version}`;

/** The address of a package (https://github.com/package-url/purl-spec). */
function purlOf(directory: string, lock: Lock): string {
	return `pkg:npm/${nameAt(directory).replace('@', '%40')}@${lockedAt(directory, lock).version}`;
}

const declared = (id: string) => [{ license: { id, acknowledgement: 'declared' } }];

/** `sha512-…` in base64 (https://www.w3.org/TR/SRI/) as CycloneDX writes it. */
function hashOf(integrity: string): object {
	const [, bits = '', base64 = ''] = /^sha(\d+)-([\w+/=]+)$/.exec(integrity) ?? [];
	return { alg: `SHA-${bits}`, content: Buffer.from(base64, 'base64').toString('hex') };
}

function sha256(content: string): object {
	return { alg: 'SHA-256', content: createHash('sha256').update(content).digest('hex') };
}

/** A name for this content and no other, in the form of a UUID of one's own making (RFC 9562, section 5.8). */
function serialOf(content: string): string {
	const hex = createHash('sha256').update(content).digest('hex');
	const parts = [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	];
	return `urn:uuid:${parts.join('-')}`;
}
