import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bundle, makeBundle, sbomFile } from '../../build/bundle.ts';
import { nameAt, readLock, resolveFrom } from '../../build/lock.ts';
import { sbomOf } from '../../build/sbom.ts';
import { checkout, described } from '../image/startForm.ts';

/** As much of a bill of materials as the tests look at (https://cyclonedx.org/docs/1.6/json/). */
interface Bill {
	readonly serialNumber: string;
	readonly metadata: {
		readonly timestamp?: string;
		readonly properties?: readonly { readonly name: string; readonly value: string }[];
		readonly component: Component;
	};
	readonly components: readonly Component[];
	readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface Component {
	readonly 'bom-ref': string;
	readonly type: string;
	readonly name: string;
	readonly group?: string;
	readonly version?: string;
	readonly purl?: string;
	readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
	readonly licenses?: readonly { readonly license: { readonly id: string } }[];
	readonly components?: readonly Component[];
}

const lock = readLock(checkout);
const told = { revision: 'a'.repeat(40), time: 1_800_000_000 };
let bundle: Bundle;
let bill: Bill;

const billOf = ({ files }: Bundle) => files.find(({ name }) => name === sbomFile)?.content ?? '';

beforeAll(async () => {
	bundle = await makeBundle(told);
	bill = JSON.parse(billOf(bundle)) as Bill;
});

test('follows the schema of CycloneDX', () => {
	const schemas = createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json');
	const read = (name: string) =>
		JSON.parse(readFileSync(new URL(`res/schema/${name}.SNAPSHOT.schema.json`, `file://${schemas}`), 'utf8')) as object;
	const ajv = new Ajv({ strict: false, validateFormats: false });
	for (const name of ['spdx', 'jsf-0.82'])
		ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
	const validate = ajv.compile(read('bom-1.6'));
	validate(bill);
	expect(validate.errors).toBeNull();
	expect(validate({ ...bill, specVersion: 6 })).toBe(false);
	expect(validate({ ...bill, components: [{ ...bill.components[0], licenses: [{ license: { id: 'MINE' } }] }] })).toBe(
		false,
	);
});

test('names each package of the bundle with its version, license and hash, and nothing else but Node', () => {
	const libraries = bill.components.filter(({ type }) => type === 'library');
	const named = libraries.map(({ group, name, version, licenses, hashes = [] }) => ({
		name: group === undefined ? name : `${group}/${name}`,
		version,
		license: licenses?.[0]?.license.id,
		integrity: `sha512-${Buffer.from(hashes[0]?.content ?? '', 'hex').toString('base64')}`,
	}));
	const expected = bundle.packages.map((directory) => {
		const { version, license, integrity } = lock[directory] ?? {};
		return { name: nameAt(directory), version, license, integrity };
	});
	expect(named).toEqual(expected);
	expect(named.length).toBeGreaterThan(10);
	expect(bill.components.filter(({ type }) => type !== 'library')).toMatchObject([
		{ type: 'platform', name: 'node', purl: 'pkg:generic/node' },
	]);
});

test('names the program with the hashes of all files that are handed out beside it', () => {
	const { name, version, components = [] } = bill.metadata.component;
	expect({ name, version }).toEqual({ name: 'registry-probe', version: described.version });
	const others = bundle.files.filter((file) => file.name !== sbomFile);
	const sums = others.map(({ name: file, content }) => [file, createHash('sha256').update(content).digest('hex')]);
	expect(components.map((file) => [file.name, file.hashes?.[0]?.content])).toEqual(sums);
});

test('says what each part needs, by references that are there', () => {
	const refs = [bill.metadata.component, ...bill.components].map((component) => component['bom-ref']);
	expect(new Set(refs).size).toBe(refs.length);
	expect(bill.dependencies.map(({ ref }) => ref)).toEqual(refs);
	const needed = bill.dependencies.flatMap(({ dependsOn = [] }) => dependsOn);
	expect(new Set(needed)).toEqual(new Set(refs.slice(1)));
	const needs = (name: string) =>
		bill.dependencies
			.filter(({ ref }) => ref.startsWith(`pkg:npm/${name}@`))
			.flatMap(({ dependsOn = [] }) => dependsOn.map((ref) => ref.replace(/@[^@]*$/, '')));
	expect(needs('dns-packet')).toEqual(['pkg:npm/%40leichtgewicht/ip-codec']);
	expect(needs('prom-client')).toContain('pkg:npm/tdigest');
});

test('names the commit and the time of the build', () => {
	expect(bill.metadata.timestamp).toBe('2027-01-15T08:00:00.000Z');
	expect(bill.metadata.properties).toEqual([{ name: 'registry-probe:revision', value: told.revision }]);
});

describe('of made-up packages', () => {
	const program = { name: 'p', version: '1.0.0', description: 'P.', license: 'MIT', node: '>=24' };
	const made = {
		'': { version: '1.0.0', dependencies: { a: '1' } },
		'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { '@s/b': '2', c: '1' } },
		'node_modules/a/node_modules/@s/b': { version: '2.0.0', license: 'ISC' },
		'node_modules/@s/b': { version: '1.0.0', license: 'ISC' },
		'node_modules/c': { version: '1.0.0', license: 'ISC', dependencies: { d: '1' } },
		'node_modules/d': { version: '1.0.0', license: 'ISC' },
	};
	const packages = ['node_modules/@s/b', 'node_modules/a', 'node_modules/a/node_modules/@s/b', 'node_modules/d'];
	const materials = { lock: made, packages, files: [{ name: 'p.mjs', content: 'a' }], program };

	test('two versions of one package are two, each where it is found from', () => {
		expect(resolveFrom('node_modules/a', '@s/b', made)).toBe('node_modules/a/node_modules/@s/b');
		expect(resolveFrom('node_modules/c', '@s/b', made)).toBe('node_modules/@s/b');
		expect(resolveFrom('node_modules/a/node_modules/@s/b', 'c', made)).toBe('node_modules/c');
		expect(resolveFrom('node_modules/a', 'lost', made)).toBeUndefined();
		const { dependencies } = JSON.parse(sbomOf(materials)) as Bill;
		expect(dependencies).toContainEqual({ ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/%40s/b@2.0.0'] });
	});

	test('what only something needs that is left out belongs to the program', () => {
		const { dependencies } = JSON.parse(sbomOf(materials)) as Bill;
		const [own] = dependencies;
		expect(own?.dependsOn).toEqual(['pkg:npm/%40s/b@1.0.0', 'pkg:npm/a@1.0.0', 'pkg:npm/d@1.0.0', 'pkg:generic/node']);
	});

	test('a build that knows neither commit nor time names none', () => {
		const { metadata } = JSON.parse(sbomOf(materials)) as Bill;
		expect(Object.keys(metadata)).toEqual(['lifecycles', 'tools', 'component']);
	});

	test('another byte in a file is another bill', () => {
		const serial = (content: string) =>
			(JSON.parse(sbomOf({ ...materials, files: [{ name: 'p.mjs', content }] })) as Bill).serialNumber;
		expect(serial('a')).toBe(serial('a'));
		expect(serial('a')).not.toBe(serial('b'));
		expect(serial('a')).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	test('a package that the lock file does not know makes no bill', () => {
		expect(() => sbomOf({ ...materials, packages: ['node_modules/lost'] })).toThrow('does not know node_modules/lost');
	});
});
