import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { walks } from '../probe/walks.ts';
import { runCommand } from './command.ts';
import { writePasswords } from './passwords.ts';
import { without } from './running.ts';
import { startSquid } from './squid.ts';
import { suite } from './suite.ts';
import { cdnOf, password, type RealWorld, sharedWorld, user } from './world.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const schema = JSON.parse(readFileSync(path('docs/observations.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema);

/** What the tests read of the document. */
interface Document {
	readonly pulls: readonly { readonly success: boolean; readonly blame?: object }[];
	readonly observations: readonly { readonly records: readonly { role: string; stage: string }[] }[];
}

interface Checked {
	readonly code: number;
	readonly document: Document;
	/** `role stage` of each record. */
	readonly walked: readonly string[];
}

/** Runs the command as a person does and gives its document, which must follow its schema. */
async function check(...args: readonly string[]): Promise<Checked> {
	const command = [path('src/main.ts'), 'check', '--output', 'json', ...args];
	const { code, stdout, stderr } = await runCommand(process.execPath, command);
	expect(stderr).toBe('');
	const document = JSON.parse(stdout) as Document;
	validate(document);
	expect(validate.errors).toBeNull();
	const records = document.observations.flatMap((observation) => observation.records);
	return { code, document, walked: records.map(({ role, stage }) => `${role} ${stage}`) };
}

/** An image of a world as a person types it. */
const typed = ({ registry }: RealWorld, image: string) => `registry.test:${registry.port}/${image}`;

suite('check of a docker-registry with tokens and a CDN', ['docker-registry', 'skopeo', 'dnsmasq', 'nginx'], () => {
	const world = sharedWorld({ auth: 'token', cdn: true });

	test('finds the whole path green', async () => {
		const { code, document, walked } = await check(typed(world(), 'team/app:1'), '--root', world().node.root);
		expect(code).toBe(0);
		expect(document.pulls).toMatchObject([{ success: true }]);
		expect(walked).toEqual(walks.whole);
	});

	test('names the CDN that is down', async () => {
		const { code, document } = await without(cdnOf(world()), () => {
			return check(typed(world(), 'team/app:1'), '--root', world().node.root);
		});
		expect(code).toBe(1);
		const host = typed(world(), '').slice(0, -1);
		const blame = { host, role: 'blob', stage: 'tcp', reason: 'tcp_refused' };
		expect(document.pulls).toMatchObject([{ success: false, blame }]);
	});
});

suite(
	'check with a configuration',
	['docker-registry', 'skopeo', 'dnsmasq', 'squid', 'basic_ncsa_auth', 'htpasswd'],
	() => {
		const world = sharedWorld({ auth: 'htpasswd' });

		test('shows logins to the registry and to the proxy', async () => {
			const { directory, node } = world();
			const hosts = { 'registry.test': '127.0.0.1' };
			const passwords = await writePasswords(directory, 'squid', { node: 'let me out' });
			await using squid = await startSquid({ directory, hosts, passwords });
			const auth = Buffer.from(`${user}:${password}`).toString('base64');
			const host = typed(world(), '').slice(0, -1);
			directory.write('login.json', JSON.stringify({ auths: { [host]: { auth } } }));
			const registry = { name: 'corp', image: typed(world(), 'private/app:1'), credentials: { file: 'login.json' } };
			const configuration = {
				node: { name: 'node-1', root: node.root },
				proxy: `http://node:let%20me%20out@127.0.0.1:${squid.port}`,
				registries: [registry],
			};
			const { code, walked } = await check('--config', directory.write('config.yaml', JSON.stringify(configuration)));
			expect(code).toBe(0);
			expect(walked).toEqual([
				'registry proxy',
				'registry tls',
				'registry challenge',
				'registry manifest',
				'registry blob',
			]);
		});
	},
);

/** Without TLS the same path has one stage less. */
const locally = ['registry dns', 'registry tcp', 'registry tls', 'registry challenge', 'registry manifest'];

suite('check of localhost without any configuration', ['docker-registry', 'skopeo', 'dnsmasq'], () => {
	const secured = sharedWorld();
	const plain = sharedWorld({ plain: true });

	test.each([
		['with TLS', secured, locally],
		['in plain HTTP', plain, locally.filter((each) => each !== 'registry tls')],
	])('shows a registry %s, and its image', async (_how, world, expected) => {
		const host = `localhost:${world().registry.port}`;
		const bare = await check(host);
		expect([bare.code, bare.walked]).toEqual([0, expected]);
		const image = await check(`${host}/team/app:1`);
		expect([image.code, image.walked]).toEqual([0, [...expected, 'registry blob']]);
	});
});
