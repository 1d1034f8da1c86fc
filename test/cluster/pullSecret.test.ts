import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readPullSecret } from '../../src/cluster/pullSecret.ts';
import { aSecret, auth, secretOf } from './secrets.ts';

const json = 'kubernetes.io/dockerconfigjson';
const usersIn = (secret: object) => {
	const { config, fault } = readPullSecret(secret);
	return fault ?? config?.entries.map(({ location, login }) => `${location} ${login?.username}`);
};

test('logins, version and the time of the last change', () => {
	const managedFields = [{ time: '2026-03-01T03:00:00Z' }, { time: '2026-03-02T03:00:00Z' }, {}];
	const metadata = { resourceVersion: '77', creationTimestamp: '2026-02-01T00:00:00Z', managedFields };
	const secret = aSecret('regcred', { 'r.example': 'me:hunter2' }, { metadata });
	const { config, ...about } = readPullSecret(secret);
	expect(about).toEqual({ version: '77', updatedAt: Date.UTC(2026, 2, 2, 3) / 1000 });
	expect(config?.entries[0]?.login?.password.reveal()).toBe('hunter2');
});

test('a Secret whose writers are not told has the time of its making', () => {
	const secret = aSecret('regcred', {}, { metadata: { creationTimestamp: '2026-02-01T00:00:00Z' } });
	expect(readPullSecret(secret)).toMatchObject({ updatedAt: Date.UTC(2026, 1, 1) / 1000 });
});

test('the older form has its entries at the top', () => {
	const value = { 'r.example': { auth: auth('me', 'x') } };
	expect(usersIn(secretOf('old', 'kubernetes.io/dockercfg', '.dockercfg', value))).toEqual(['r.example me']);
});

test('without auths there are no logins', () => {
	expect(usersIn(secretOf('empty', json, '.dockerconfigjson', {}))).toEqual([]);
	expect(usersIn(secretOf('empty', json, '.dockerconfigjson', { auths: null }))).toEqual([]);
});

test.each([
	['another type', secretOf('s', 'Opaque', '.dockerconfigjson', { auths: {} })],
	['another key', secretOf('s', json, 'config.json', { auths: {} })],
	['the key of the other form', secretOf('s', 'kubernetes.io/dockercfg', '.dockerconfigjson', {})],
	['an empty value', { type: json, data: { '.dockerconfigjson': '' } }],
	['no data', { type: json }],
])('%s is passed over', (_, secret) => {
	expect(readPullSecret(secret)).toMatchObject({ fault: 'secret_wrong_type' });
});

test.each([
	['no JSON', { type: json, data: { '.dockerconfigjson': Buffer.from('{"auths":').toString('base64') } }],
	['a list', secretOf('s', json, '.dockerconfigjson', [])],
	['auths that are no map', secretOf('s', json, '.dockerconfigjson', { auths: [] })],
	['an auth that is not base64', aSecret('s', { 'r.example': { auth: '%%%' }, good: 'me:x' })],
	['an auth without a colon', aSecret('s', { 'r.example': { auth: btoa('me') } })],
	['a user that is no text', aSecret('s', { 'r.example': { username: 7, password: 'x' } })],
])('%s is refused as a whole', (_, secret) => {
	const read = readPullSecret(secret);
	expect(read).toMatchObject({ fault: 'secret_malformed' });
	expect(read.config).toBeUndefined();
});

test('any answer is read', () => {
	const metadata = fc.record({ resourceVersion: fc.jsonValue(), managedFields: fc.jsonValue() });
	const data = fc.record({ '.dockerconfigjson': fc.oneof(fc.base64String(), fc.jsonValue()) });
	const anySecret = fc.record({ metadata, type: fc.constantFrom(json, 'Opaque'), data });
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), anySecret), (value) => {
			const { config, fault, version = '' } = readPullSecret(value);
			expect(config === undefined).toBe(fault !== undefined);
			expect(version.length).toBeLessThanOrEqual(64);
		}),
	);
});
