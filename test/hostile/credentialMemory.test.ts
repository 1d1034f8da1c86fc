import { describe, expect, test } from 'vitest';

import { SecretMemory } from '../../src/probe/secretMemory.ts';
import { Secrets } from '../../src/probe/secrets.ts';
import { Secret } from '../../src/registry/secret.ts';
import { startHttp } from '../fakes/http.ts';
import { makeNode } from '../fakes/node.ts';
import { json } from '../fakes/reply.ts';
import { attempt, targetAt } from '../probe/world.ts';
import { basic, user } from './canary.ts';

const password = 'canary-of-another-7f3a';
const loginOf = (text: string) => ({ username: user, password: new Secret(text) });

describe('a login that was shown to one registry', () => {
	test('is not told when another one says it back, later and without a login of its own', async () => {
		let last = '';
		await using one = await startHttp({}, ({ headers }) => {
			last = headers.authorization ?? last;
			return last === '' ? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } } : json(404, {});
		});
		const said = Buffer.from(basic(password).slice('Basic '.length), 'base64').toString();
		await using two = await startHttp({}, () => {
			const headers = { 'docker-ratelimit-source': password, 'ratelimit-remaining': '7;w=60' };
			return { ...json(403, { message: `${said} is what one.test was shown` }), headers };
		});
		await using node = await makeNode();
		const memory = new SecretMemory();
		const at = (port: number) => targetAt({ scheme: 'http', hostname: '127.0.0.1', port }, { timeout: 2 });
		await attempt(node, at(one.port), { logins: { registry: loginOf(password) }, memory });
		expect(last).toBe(basic(password));
		expect(JSON.stringify(await attempt(node, at(two.port)))).toContain(password);
		expect(JSON.stringify(await attempt(node, at(two.port), { memory }))).not.toContain(password);
	});

	test('is forgotten when fifty others were shown since', () => {
		const memory = new SecretMemory();
		const shown = (text: string) => new Secrets([], memory).addLogin(loginOf(text));
		const isTold = () => new Secrets([], memory).conceal(`said ${password}`).includes(password);
		shown(password);
		for (let at = 0; at < 24; at++) shown(`other-password-${at}`);
		expect(isTold()).toBe(false);
		shown(password);
		for (let at = 0; at < 24; at++) shown(`another-password-${at}`);
		expect(isTold()).toBe(false);
		for (let at = 0; at < 24; at++) shown(`one-more-password-${at}`);
		expect(isTold()).toBe(true);
	});

	test('is looked for in what was told before it was shown', () => {
		const memory = new SecretMemory();
		const said = `said ${password}`;
		const conceal = () => new Secrets([], memory).conceal(said);
		expect(conceal()).toBe(said);
		new Secrets([], memory).addLogin(loginOf(password));
		expect(conceal()).toBe('said REDACTED');
		expect(new Secrets([password], memory).conceal(said)).toBe(said);
		expect(conceal()).toBe('said REDACTED');
	});

	test('hides no name of another registry, and no word', () => {
		const memory = new SecretMemory();
		new Secrets([], memory).addLogin(loginOf('registry.test'));
		new Secrets([], memory).addLogin(loginOf('docker'));
		const others = new Secrets(['registry.test'], memory);
		expect(others.conceal('registry.test')).toBe('registry.test');
		expect(others.conceal('auth.docker.io')).toBe('auth.docker.io');
	});
});

test('of a header that names parameters each value is concealed', () => {
	const secrets = new Secrets();
	secrets.addHeaders({ Cookie: 'session=canary-session-7f3a; x=y', Authorization: 'Token token="canary-token-7f3a"' });
	secrets.addHeaders({ 'Accept-Key': 'canary-accept-7f3a' });
	expect(secrets.conceal('canary-session-7f3a, canary-token-7f3a, canary-accept-7f3a')).toBe(
		'REDACTED, REDACTED, REDACTED',
	);
});
