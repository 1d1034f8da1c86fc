import { afterEach, expect, test } from 'vitest';

import { mostSecrets, SecretShelf } from '../../src/cluster/secretShelf.ts';
import type { HttpServer } from '../fakes/http.ts';
import { json, type Reply } from '../fakes/reply.ts';
import { startServer } from './apiServer.ts';
import { aSecret } from './secrets.ts';

let server: HttpServer | undefined;
let clock = 0;
let failures: string[] = [];

afterEach(async () => {
	await server?.close();
	clock = 0;
	failures = [];
});

/** A shelf over a server that gives these answers, the last one again and again. */
async function shelfOf(...replies: readonly Reply[]): Promise<SecretShelf> {
	let given = 0;
	const reached = await startServer(() => replies[given++] ?? replies.at(-1) ?? 'close');
	({ server } = reached);
	return new SecretShelf(reached.access, {
		signal: new AbortController().signal,
		interval: () => 300,
		onFailure: (namespace, name, { message }) => failures.push(`${namespace}/${name} ${message}`),
		now: () => clock,
	});
}

const good = json(200, aSecret('regcred', { 'r.example': 'me:x' }));
const targets = () => server?.requests.map(({ method, target }) => `${method} ${target}`);
const userIn = async (shelf: SecretShelf) => {
	const { config, fault } = await shelf.read('shop', 'regcred');
	return fault ?? config?.entries[0]?.login?.username;
};

test('a Secret is asked for once an interval, by its name, whoever reads it', async () => {
	const shelf = await shelfOf(good);
	expect(await Promise.all([userIn(shelf), userIn(shelf)])).toEqual(['me', 'me']);
	clock = 299_000;
	expect(await userIn(shelf)).toBe('me');
	expect(targets()).toEqual(['GET /api/v1/namespaces/shop/secrets/regcred?resourceVersion=0']);
	clock = 301_000;
	await userIn(shelf);
	expect(targets()).toHaveLength(2);
});

test('one that is doubted is asked for again, but not at once', async () => {
	const shelf = await shelfOf(good, json(200, aSecret('regcred', { 'r.example': 'new:x' })));
	expect(await userIn(shelf)).toBe('me');
	shelf.doubt('shop', 'regcred');
	clock = 9000;
	expect(await userIn(shelf)).toBe('me');
	clock = 11_000;
	expect(await userIn(shelf)).toBe('new');
});

test.each([
	[404, 'secret_not_found'],
	[403, 'secret_forbidden'],
])('after a %i what was there is forgotten', async (status, fault) => {
	const shelf = await shelfOf(good, json(status, { message: 'no' }));
	await userIn(shelf);
	clock = 301_000;
	expect(await userIn(shelf)).toBe(fault);
});

test.each([json(500, {}), json(429, {}), json(401, {}), 'close' as const, { status: 200, body: '<html>' }])(
	'while the server fails, what was there stands: %j',
	async (reply) => {
		const shelf = await shelfOf(good, reply);
		await userIn(shelf);
		clock = 301_000;
		expect(await userIn(shelf)).toBe('me');
		expect(failures).toHaveLength(1);
		clock = 330_000;
		await userIn(shelf);
		expect(targets()).toHaveLength(2);
	},
);

test('what was never read is unknown, and asked for again soon', async () => {
	const shelf = await shelfOf('close', good);
	expect(await userIn(shelf)).toBe('secret_unavailable');
	clock = 31_000;
	expect(await userIn(shelf)).toBe('me');
});

test('a server that asks to wait is left alone for so long', async () => {
	const shelf = await shelfOf(json(429, {}, { 'retry-after': '60' }), good);
	await userIn(shelf);
	clock = 80_000;
	expect(await userIn(shelf)).toBe('secret_unavailable');
	clock = 91_000;
	expect(await userIn(shelf)).toBe('me');
});

test.each(['..', '.', 'a/b', 'A', 'x?watch=1', '-a', ''])('nothing is asked for the name %j', async (name) => {
	const shelf = await shelfOf(good);
	expect(await shelf.read('shop', name)).toEqual({ fault: 'secret_not_found' });
	expect(targets()).toEqual([]);
});

test('no more are held than there is room for; what nobody wants makes room', async () => {
	const shelf = await shelfOf(good);
	const names = Array.from({ length: mostSecrets }, (_, at) => `s${at}`);
	await Promise.all(names.map((name) => shelf.read('shop', name)));
	expect(await shelf.read('shop', 'more')).toEqual({ fault: 'secret_unavailable' });
	expect(targets()).toHaveLength(mostSecrets);
	shelf.keep([['shop', 'more']]);
	expect(await shelf.read('shop', 'more')).toMatchObject({ version: '1' });
	expect(targets()).toHaveLength(mostSecrets + 1);
});
