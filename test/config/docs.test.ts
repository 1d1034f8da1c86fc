import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createAuthority } from '../fakes/authority.ts';
import { Folder } from './folder.ts';
import { everyKey } from './keys.ts';

const text = readFileSync('docs/configuration.md', 'utf8');
const sections = text.split(/^#{2,3} /m).slice(1);
const documented = sections.flatMap((section) => /^`(.+)`$/m.exec(section.split('\n', 1)[0] ?? '')?.[1] ?? []);

test('every key is documented, in the order of the schema, and no other', () => {
	expect(documented).toEqual(everyKey());
	expect(documented).toContain('registries[].credentials.file');
});

test.each(documented)('%s says what it is without it, or which keys are in it', (key) => {
	const section = sections.find((candidate) => candidate.startsWith(`\`${key}\``));
	expect(section).toMatch(/default|required|^Map: /im);
});

describe('examples', () => {
	const examples = [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml = '']) => yaml);
	let folder: Folder;
	let certificates: string;
	let login: string;

	beforeAll(async () => {
		folder = await Folder.make();
		certificates = await folder.write('ca.pem', (await createAuthority()).pem);
		const auths = { 'registry.corp.example': { username: 'me', password: 'x' } };
		login = await folder.write('login.json', JSON.stringify({ auths }));
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	test('are found', () => {
		expect(examples.length).toBeGreaterThan(2);
	});

	test.each(examples.map((yaml, index) => [index + 1, yaml] as const))('the block %i loads', async (_index, yaml) => {
		const here = yaml.replace('/etc/ssl/corp.pem', certificates).replace('/etc/registry-probe/config.json', login);
		expect(await folder.faults(here, { NODE_NAME: 'n', PROXY_PASSWORD: 'x' })).toEqual([]);
	});
});
