import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';

import { noPullSecrets, type PullSecretLogin, type PullSecrets } from '../../src/cluster/pullSecrets.ts';
import { ImageTries, type Wanted } from '../../src/commands/imageTries.ts';
import type { DemandOptions } from '../../src/commands/demandProbe.ts';
import type { Demanded } from '../../src/explain/diagnosis/situation.ts';
import { parseReference } from '../../src/registry/image.ts';
import { formatReference, type Reference } from '../../src/registry/reference.ts';
import { loginOf } from './demandWorld.ts';

const image = parseReference('registry.corp.example/acme/cart:2.41');
const red: Demanded = {
	login: 'none',
	observations: [],
	pull: { registry: 'registry.corp.example', image: formatReference(image), success: false },
};
const green: Demanded = {
	...red,
	pull: {
		registry: 'registry.corp.example',
		image: formatReference(image),
		success: true,
		via: 'registry.corp.example',
	},
};
const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
	pod: { namespace: 'shop', pullSecrets: [] },
	image,
	mark: 'told manifest_not_found',
	...changes,
});

/** Tries on a clock that stands until it is moved. */
function triesWith(
	found: Demanded | ((options: DemandOptions) => Demanded) = red,
	secrets: PullSecrets = noPullSecrets,
) {
	const world = { time: 0, asked: [] as string[], errors: [] as unknown[] };
	const demand = (reference: Reference, options: DemandOptions) => {
		world.asked.push(`${formatReference(reference)} ${options.login?.password.reveal() ?? 'anonymous'}`);
		return Promise.resolve(typeof found === 'function' ? found(options) : found);
	};
	const tries = new ImageTries({
		demand,
		secrets,
		signal: new AbortController().signal,
		onFound: () => undefined,
		onError: (error) => world.errors.push(error),
		now: () => world.time,
		random: () => 0.5,
	});
	const want = async (...all: readonly Wanted[]) => {
		tries.want(all);
		for (let turn = 0; turn < 5; turn++) await nextTurn();
	};
	return { world, tries, want };
}

test('an image is tried at once, and again after five minutes', async () => {
	const { world, want } = triesWith();
	await want(wanted());
	world.time = 299_000;
	await want(wanted());
	expect(world.asked).toHaveLength(1);
	world.time = 300_000;
	await want(wanted());
	expect(world.asked).toHaveLength(2);
});

test('nodes that fail together do not ask a public registry together', async () => {
	const { world, want } = triesWith();
	const hub = wanted({ image: parseReference('nginx:1.99') });
	await want(hub);
	world.time = 9999;
	await want(hub);
	expect(world.asked).toEqual([]);
	world.time = 10_000;
	await want(hub);
	expect(world.asked).toHaveLength(1);
});

test('pods that would pull alike share a try', async () => {
	const { world, tries, want } = triesWith();
	const other = wanted({ pod: { namespace: 'other', pullSecrets: ['unread'] } });
	await want(wanted(), other);
	expect(world.asked).toEqual(['registry.corp.example/acme/cart:2.41 anonymous']);
	expect(tries.of(other)).toMatchObject({ tries: [{ found: red }], secretsRead: false });
});

test('it is tried sooner where the kubelet meets something else, but not at every turn', async () => {
	const { world, want } = triesWith();
	await want(wanted());
	world.time = 10_000;
	await want(wanted({ mark: 'told tcp_timeout' }));
	expect(world.asked).toHaveLength(1);
	world.time = 30_000;
	await want(wanted({ mark: 'told tcp_timeout' }));
	expect(world.asked).toHaveLength(2);
});

test('it is tried sooner where it was found to come, and failed again', async () => {
	const { world, want } = triesWith(green);
	await want(wanted());
	world.time = 30_000;
	await want(wanted({ failedAt: Date.now() / 1000 - 5 }));
	expect(world.asked).toHaveLength(1);
	await want(wanted({ failedAt: Date.now() / 1000 + 5 }));
	expect(world.asked).toHaveLength(2);
});

test('it is tried sooner where the registry wanted to be left alone', async () => {
	const { world, want } = triesWith({ login: 'none', observations: [], unasked: 'paused' });
	await want(wanted());
	world.time = 60_000;
	await want(wanted());
	expect(world.asked).toHaveLength(2);
});

test('what no pod waits for is forgotten', async () => {
	const { tries, want } = triesWith();
	await want(wanted());
	await want();
	expect(tries.of(wanted()).tries).toEqual([]);
});

test('logins are tried one after the other, until one will do', async () => {
	const logins: readonly PullSecretLogin[] = [
		{ name: 'old', login: loginOf('old'), updatedAt: 7 },
		{ name: 'new', login: loginOf('new') },
		{ name: 'spare', login: loginOf('spare') },
		{ name: 'gone', reason: 'secret_not_found' },
	];
	const secrets: PullSecrets = { optedIn: () => true, loginsFor: () => Promise.resolve(logins) };
	const { world, tries, want } = triesWith(({ login }) => (login?.password.reveal() === 'new' ? green : red), secrets);
	const pod = { namespace: 'shop', pullSecrets: ['old', 'new', 'spare', 'gone'] };
	await want(wanted({ pod }));
	expect(world.asked.map((line) => line.split(' ')[1])).toEqual(['old', 'new']);
	expect(tries.of(wanted({ pod }))).toMatchObject({
		tries: [{ secret: 'old' }, { secret: 'new', found: { pull: { success: true } } }],
		secretsRead: true,
		unusableSecrets: [{ name: 'gone', fault: 'secret_not_found' }],
		changed: [{ at: 7, text: 'Secret shop/old was written' }],
	});
});

test('a fault of our own is told, and ends nothing', async () => {
	const { world, want } = triesWith(() => {
		throw new Error('out of descriptors');
	});
	await want(wanted());
	expect(world.errors).toHaveLength(1);
});
