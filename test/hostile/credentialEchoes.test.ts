import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { AgentProcess, until } from '../commands/agent.ts';
import { type HttpServer, startHttp } from '../fakes/http.ts';
import { makeNode } from '../fakes/node.ts';
import { basic, holds, readingOf, user } from './canary.ts';
import { runCommand } from './commandRun.ts';
import { seriesOf } from './crowd.ts';
import { echoes } from './echoes.ts';

/** A hostile registry with the login that is meant for it alone. */
interface Hostile {
	readonly name: string;
	readonly password: string;
	readonly server: HttpServer;
}

const titles = Object.keys(echoes);
const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };

describe('a registry says back the login that it was shown', () => {
	const stack = new AsyncDisposableStack();
	const all = new Map<string, Hostile>();
	let told: string;
	let isTold: (secret: string) => boolean;

	beforeAll(async () => {
		for (const [at, [title, { plain = false, answer }]] of Object.entries(echoes).entries()) {
			const password = plain ? `canary-${at}-7f3a9c` : `Canary<${at}>&"7f3a9c"'+/=$`;
			const server = await startHttp({}, ({ headers, path }) =>
				headers.authorization === undefined ? challenge : answer({ password, path }),
			);
			all.set(title, { name: `echo-${at}.test`, password, server: stack.use(server) });
		}
		const node = stack.use(await makeNode());
		const login = ({ name, password }: Hostile) => [name, { username: user, password }] as const;
		const auths = Object.fromEntries([...all.values()].map(login));
		await node.write('/login.json', JSON.stringify({ auths }));
		const entry = ({ name, server }: Hostile) => {
			const asked = `name: ${name}, image: '${name}/team/app:1', endpoint: '${server.origin()}'`;
			return `  - { ${asked}, credentials: { file: ${join(node.root, 'login.json')} } }`;
		};
		const settings = `listen: 127.0.0.1:0\ninterval: 1s\ntimeout: 1s\nproxy: none\nnode: { name: n, root: ${node.root} }`;
		const text = `${settings}\nregistries:\n${[...all.values()].map(entry).join('\n')}\n`;
		const agent = stack.use(new AgentProcess(text, ['--log-level', 'debug']));
		await until(
			async () => (await seriesOf(agent, 'attempts_total')).filter(({ value }) => value > 1).length === all.size,
			() => `not all were tried: ${agent.errors}`,
			30,
		);
		told = await everythingOf(agent);
		isTold = readingOf(told);
	});

	afterAll(() => stack.disposeAsync());

	test.each(titles)('%s: it is nowhere in what the agent tells', (title) => {
		const { name = '', password = '', server } = all.get(title) ?? {};
		expect(server?.requests.map(({ headers }) => headers.authorization)).toContain(basic(password));
		expect(told).toContain(name);
		// Its beginning alone is too much: texts are cut.
		expect(isTold(password.slice(0, 11))).toBe(false);
	});

	test('each was shown its own login, and no other', () => {
		for (const { password, server } of all.values()) {
			const shown = server.requests.flatMap(({ headers }) => headers.authorization ?? []);
			expect(new Set(shown)).toEqual(new Set([basic(password)]));
		}
	});
});

/** All that an agent and the commands beside it say to anybody. */
async function everythingOf(agent: AgentProcess): Promise<string> {
	const { address } = await agent.told('agent listens');
	const ask = async (path: string, accept = '*/*') =>
		await (await fetch(`http://${String(address)}${path}`, { headers: { accept } })).text();
	const paths = ['/metrics', '/', '/api/v1/observations', '/api/v1/plan', '/api/v1/pods'];
	const answers = await Promise.all([
		...paths.map((path) => ask(path)),
		ask('/metrics', 'application/openmetrics-text'),
	]);
	const commands = ['check --verbose', 'check --output json', 'plan --output json'].map(async (words) => {
		const { stdout, stderr } = await runCommand(...words.split(' '), '--config', agent.file);
		return stdout + stderr;
	});
	return [...answers, ...(await Promise.all(commands)), agent.errors, agent.output].join('\n');
}

describe('what looks for a secret finds it', () => {
	const password = 'Canary<0>&"7f3a9c"\'+/=$';

	test.each(Object.entries(echoes).filter(([, { plain }]) => plain !== true))('said back %s', (_title, { answer }) => {
		const reply = answer({ password, path: '/' });
		expect(holds(typeof reply === 'string' ? reply : String(reply.body), password)).toBe(true);
	});
});
