import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { formatFaults } from '../../src/config/fault.ts';
import { Folder } from './folder.ts';

let folder: Folder;

beforeAll(async () => {
	folder = await Folder.make();
	await folder.write('note.txt', 'nothing');
	await folder.write('broken.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
	await folder.write('empty.json', '{"auths":{}}');
	await folder.write('helper.json', '{"credsStore":"desktop"}');
});

afterAll(() => folder[Symbol.asyncDispose]());

/** YAML and the one fault that it has. */
const single: readonly (readonly [yaml: string, fault: string])[] = [
	['interval: 5 minutes', '1:11  interval: "5 minutes" is not a duration; write 5m'],
	['interval: 500ms', '1:11  interval: "500ms" is too short; write 1s or more'],
	['timeout: 0s', '1:10  timeout: "0s" is too short; write 1ms or more'],
	['intervall: 5m', '1:1  unknown key "intervall"; did you mean "interval"?'],
	['concurrency: 0', '1:14  concurrency: 0 is not a whole number from 1 to 1000; write for example 4'],
	["concurrency: '4'", '1:14  concurrency: "4" is not a whole number from 1 to 1000; write for example 4'],
	['registries: docker.io', '1:13  registries: "docker.io" is not a list; begin each entry with "- "'],
	['node: n1', '1:7  node: "n1" is not a map of keys; write the keys below it, one a line'],
	['node: { network: hosts }', '1:18  node.network: "hosts" is not known here; did you mean "host"?'],
	[
		'node: { credential_providers: always }',
		'1:31  node.credential_providers: "always" is not known here; write list or run',
	],
	['node: { network: wifi }', '1:18  node.network: "wifi" is not known here; write host or pod'],
	["node: { name: '' }", '1:15  node.name: "" is empty; write a value, or remove the key'],
	['- x', '1:1  the file is not a map of keys; write the keys below it, one a line'],
	['interval: 5m\ninterval: 6m', '2:1  key "interval" stands twice; keep one; the first is on line 1'],
	['timeout: ${NO}s', '1:10  timeout: the environment has no NO; set NO, or write $${ for a plain ${'],
	[
		'timeout: ${hunter2}',
		'1:10  timeout: the environment has no variable of this name; set it, or write $${ for a plain ${',
	],
	[
		'proxy: http://me:${PASSWORD}@proxy',
		'1:8  proxy: the environment has no variable of this name; set it, or write $${ for a plain ${',
	],
	["cluster: { 'a:b': 1 }", '1:12  cluster: unknown key; the keys here are events, condition, condition_after'],
	['timeout: ${', '1:10  timeout: holds "${" without the name of a variable; write ${NAME}, or $${ for a plain ${'],
	['registries:\n  - image: a/b', '2:5  registries[0]: key "name" is missing; add it'],
	['registries:\n  -\n', '2:4  registries[0]: this is not a map of keys; write the keys below it, one a line'],
];

/** Keys of the one registry `r.example`, on line 2, and the fault they have. */
const ofRegistry: readonly (readonly [keys: string, fault: string])[] = [
	['imgae: x', '2:24  registries[0]: unknown key "imgae"; did you mean "image"?'],
	[
		'image: r.example/A/b',
		'2:31  registries[0].image: "r.example/A/b" is not an image reference; the repository must be lower case; write a/b',
	],
	['image: org/app', '2:31  registries[0].image: "org/app" is an image of docker.io; write r.example/org/app'],
	['insecure: "yes"', '2:34  registries[0].insecure: "yes" is neither true nor false; write true or false'],
	['manifest_get: maybe', '2:38  registries[0].manifest_get: "maybe" is not known here; write never or allowed'],
	['ratelimit: { floor: 10 }', '2:44  registries[0].ratelimit.floor: 10 is not a percentage; write 10%'],
	[
		"blob: { digest: 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }",
		'2:30  registries[0].blob: this has no image to belong to; add the key image, or remove blob',
	],
	[
		"image: r.example/a, blob: { digest: 'sha256:a' }",
		'2:60  registries[0].blob.digest: "sha256:a" is not a digest; write sha256: and 64 lower-case hexadecimal digits',
	],
	[
		'ca: absent.pem',
		'2:28  registries[0].ca: "absent.pem" cannot be read: no such file; check the path, as this process sees it',
	],
	[
		'ca: note.txt',
		'2:28  registries[0].ca: "note.txt" holds no certificate; name a PEM file with -----BEGIN CERTIFICATE-----',
	],
	[
		'ca: broken.pem',
		'2:28  registries[0].ca: "broken.pem" holds no certificate; name a PEM file with -----BEGIN CERTIFICATE-----',
	],
	['ca: .', '2:28  registries[0].ca: "." cannot be read: it is a directory; check the path, as this process sees it'],
	[
		'credentials: { file: note.txt }',
		'2:45  registries[0].credentials.file: "note.txt" is not a docker config.json: it holds no JSON object; write {"auths": {"HOST": {"username": …, "password": …}}}',
	],
	[
		'credentials: { file: empty.json }',
		'2:45  registries[0].credentials.file: "empty.json" has no entry for this registry under "auths"; write {"auths": {"HOST": {"username": …, "password": …}}}',
	],
	[
		'credentials: { file: helper.json }',
		'2:45  registries[0].credentials.file: "helper.json" names only credential helpers, which are not run; write {"auths": {"HOST": {"username": …, "password": …}}}',
	],
	[
		'credentials: { secret: a/b }',
		'2:37  registries[0].credentials: this names a Secret, which is not read for this; mount it, and use { file: … } with the path of its docker config.json',
	],
	['credentials: { fil: x }', '2:39  registries[0].credentials: unknown key; did you mean "file"?'],
	[
		'credentials: password1',
		'2:37  registries[0].credentials: the value is not known here; write anonymous, node or { file: … }',
	],
	[
		'image: "dokcer.io/A"',
		'2:31  registries[0].image: "dokcer.io/A" is not an image reference; the repository must be lower case; write a',
	],
	['interval: 20', '2:34  registries[0].interval: 20 is not a duration; write 20s'],
	['blob: { bytes: 2GiB }', '2:39  registries[0].blob.bytes: "2GiB" is too much; write 64MiB or less'],
	[
		'credentials: { file: /etc/registry-probe/absent }',
		'2:45  registries[0].credentials.file: "/etc/registry-probe/absent" cannot be read: no such file; check the path, as this process sees it',
	],
	[
		'endpoint: mirror:5000',
		'2:34  registries[0].endpoint: "mirror:5000" is not a host with its scheme; write https://mirror:5000',
	],
];

describe('a fault says its place, what is wrong and what to do', () => {
	test.each(single)('%j', async (yaml, fault) => {
		expect(await folder.faults(yaml)).toEqual([`config.yaml:${fault}`]);
	});

	test.each(ofRegistry)('%j', async (keys, fault) => {
		expect(await folder.faults(`registries:\n  - { name: r.example, ${keys} }`)).toEqual([`config.yaml:${fault}`]);
	});
});

describe('rules between keys', () => {
	test.each(['docker.io', 'Docker.io'])('the name %s is taken', async (name) => {
		const [fault] = await folder.faults(`registries:\n  - name: docker.io\n  - name: ${name}\n`);
		expect(fault).toContain(`registries[1].name: "${name}" is the name of registries[0] too`);
	});

	test.each([
		'name: docker.io',
		'name: hub, image: busybox',
		'name: hub, image: mirror.example/a, endpoint: https://registry-1.docker.io',
		'name: docker.io, endpoint: https://mirror.example',
	])('a GET of a manifest is never allowed with %s', async (keys) => {
		const [fault] = await folder.faults(`registries:\n  - { ${keys}, manifest_get: allowed }`);
		expect(fault).toContain('manifest_get: "allowed" cannot be had for docker.io');
	});

	test('a label alone is no registry', async () => {
		const [fault] = await folder.faults('registries:\n  - name: corp');
		expect(fault).toContain('registries[0].name: "corp" is not the host of a registry');
		expect(await folder.faults('registries:\n  - { name: corp, endpoint: http://10.0.0.1 }')).toEqual([]);
		expect(await folder.faults('registries:\n  - { name: corp, image: busybox }')).toEqual([]);
	});
});

test('all faults are said at once, in the order of the file', async () => {
	const yaml =
		'registries:\n  - { name: a.example, interval: x, ca: absent }\n  - { name: a.example, imgae: b }\nconcurrency: x\n';
	const faults = await folder.faults(yaml);
	expect(faults.map((fault) => /registries\S*|concurrency/.exec(fault)?.[0])).toEqual([
		'registries[0].interval:',
		'registries[0].ca:',
		'registries[1].name:',
		'registries[1]:',
		'concurrency',
	]);
});

test('places are aligned', () => {
	const fault = { file: 'c.yaml', line: 1, path: 'a', wrong: 'wrong', remedy: 'right' };
	expect(
		formatFaults([
			{ ...fault, column: 5 },
			{ ...fault, column: 13 },
		]),
	).toEqual(['c.yaml:1:5   a: wrong; right', 'c.yaml:1:13  a: wrong; right']);
});

test('control characters reach no fault', async () => {
	const faults = await folder.faults(
		'"a\\u001b[31m": 1\ninterval: "\\u001b[31mx"\nnode: { "\\u0007": 1, "\\u0007": 2 }',
	);
	expect(faults).toHaveLength(4);
	expect(faults.join('')).not.toMatch(/\p{Cc}/u);
});

test('no text makes anything but a configuration or faults', async () => {
	const word = fc.constantFrom(
		'registries',
		'name',
		'proxy',
		'node',
		'__proto__',
		'constructor',
		'- ',
		': ',
		'\n  ',
		'\n',
		'${A}',
		'*a',
		'&a',
		'{',
		'}',
		'[',
		']',
		'"',
		'!!binary',
		'? ',
		'5m',
		'docker.io',
		'---',
		'%YAML 9',
		'\0',
		'~',
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 200 }),
		fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
	);
	await fc.assert(
		fc.asyncProperty(text, async (yaml) => {
			const faults = await folder.faults(yaml, { A: 'x' });
			for (const fault of faults) expect(fault).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 500, examples: [['%YAML 9\0']] },
	);
});
