import { describe, expect, test } from 'vitest';
import { type Login, Secret } from '../../src/registry/secret.ts';
import { type HttpServer, type Override, type ReceivedRequest, startHttp } from '../fakes/http.ts';
import { json } from '../fakes/reply.ts';
import { attempt, makeWorld, names, type World } from '../probe/world.ts';

const login: Login = { username: 'robot', password: new Secret('planted-password') };

/** Who sends the agent from https to plain http. */
type Sender = 'realm' | 'token service' | 'manifest' | 'blob';

/** A plain server that takes everything, and a world whose one sender leads there. `host` is the name that it is called by. */
async function leading(sender: Sender, host: string): Promise<{ world: World; plain: HttpServer }> {
	const plain = await startHttp({}, () => json(200, { token: 'from-plain' }));
	const location = `${plain.origin(host)}/away`;
	const onward = { status: 307, headers: { location } };
	const challenge = { 'www-authenticate': `Bearer realm="${location}",service="registry.test"` };
	const asked: Override = ({ headers, path }) => {
		if (headers.authorization === undefined) {
			return sender === 'realm' ? { status: 401, headers: challenge } : undefined;
		}
		return path.includes(`/${sender}s/`) ? onward : undefined;
	};
	const world = await makeWorld({
		registry: { respond: asked },
		token: { respond: () => (sender === 'token service' ? onward : undefined) },
	});
	return { world, plain };
}

/** Everything secret that the world has seen, in every form in which it travels. */
function secretsOf({ token }: World): string[] {
	const pair = Buffer.from(`${login.username}:${login.password.reveal()}`).toString('base64');
	return [login.password.reveal(), pair, ...token.tokens];
}

const everything = ({ target, headers, body }: ReceivedRequest) => `${target} ${JSON.stringify(headers)} ${body}`;

describe.each<Sender>(['realm', 'token service', 'manifest', 'blob'])('by the %s', (sender) => {
	test.each([
		['of the same name', names.registry],
		['of the same name as the token service', names.token],
		['of another name', 'plain.test'],
	])('neither login nor token goes to a plain host %s', async (_title, host) => {
		const { world, plain } = await leading(sender, host);
		await using _world = world;
		await using _plain = plain;
		world.answers['plain.test'] = { A: ['127.0.0.1'] };
		await attempt(world.node, world.target, { logins: { registry: login } });
		const sent = plain.requests.map(everything).join('\n');
		expect(plain.requests.length).toBeGreaterThan(0);
		expect(plain.requests.map(({ headers }) => headers.authorization).filter(Boolean)).toEqual([]);
		for (const secret of secretsOf(world)) expect(sent).not.toContain(secret);
	});
});

test('what the registry may know, it is told: the test above can fail', async () => {
	await using world = await makeWorld();
	await attempt(world.node, world.target, { logins: { registry: login } });
	const sent = [...world.registry.requests, ...world.token.requests].map(everything).join('\n');
	const [, pair = '', token = ''] = secretsOf(world);
	expect(sent).toContain(pair);
	expect(sent).toContain(token);
});
