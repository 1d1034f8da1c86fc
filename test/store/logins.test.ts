import { expect, test } from 'vitest';

import { aStore, aTarget } from './literals.ts';

const hub = aTarget();

test('a target tells the login that it was last used with', () => {
	const store = aStore(hub);
	store.setLogin(hub.id, { source: 'node', notAfter: 7 });
	expect(store.states()[0]?.login).toEqual({ source: 'node', notAfter: 7 });
	store.setLogin(hub.id, undefined);
	expect(store.states()[0]).not.toHaveProperty('login');
});

test('the same login again changes nothing', () => {
	const store = aStore(hub);
	store.setLogin(hub.id, { source: 'node', notAfter: 7 });
	const before = store.states()[0]?.revision;
	store.setLogin(hub.id, { source: 'node', notAfter: 7 });
	expect(store.states()[0]?.revision).toBe(before);
	store.setLogin(hub.id, { source: 'node', notAfter: 8 });
	expect(store.states()[0]?.revision).not.toBe(before);
});

test('a login of a target that is not planned is dropped', () => {
	const store = aStore();
	store.setLogin(hub.id, { source: 'node' });
	expect(store.states()).toEqual([]);
});

test('providers keep their last duration and count their failures', () => {
	const store = aStore();
	store.recordProvider({ provider: 'ecr', seconds: 1, failed: true });
	store.recordProvider({ provider: 'acr', seconds: 2, failed: false });
	store.recordProvider({ provider: 'ecr', seconds: 3, failed: true });
	expect(Object.fromEntries(store.agent().providers ?? [])).toEqual({
		ecr: { seconds: 3, failures: 2 },
		acr: { seconds: 2, failures: 0 },
	});
});

test('no more providers are kept than a node can have', () => {
	const store = aStore();
	for (let at = 0; at < 300; at++) store.recordProvider({ provider: `p${at}`, seconds: 1, failed: false });
	expect([...(store.agent().providers?.keys() ?? [])]).toHaveLength(100);
});
