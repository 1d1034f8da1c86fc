import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Secrets } from '../../src/probe/secrets.ts';
import { shortestSpelling, spellingsOf } from '../../src/probe/spellings.ts';
import { Secret } from '../../src/registry/secret.ts';
import { timeOf } from '../processorTime.ts';

const password = fc.string({ unit: 'binary', minLength: 12, maxLength: 40 }).filter((text) => text.isWellFormed());
const around = fc.string({ maxLength: 20 });

test('a text that holds a login is concealed, in base64 of it too', () => {
	fc.assert(
		fc.property(password, around, around, (secret, before, after) => {
			const secrets = new Secrets();
			secrets.addLogin({ username: 'robot', password: new Secret(secret) });
			const whole = `${before}${secret}${after}`;
			expect(secrets.conceal(whole)).not.toContain(secret);
			const encoded = Buffer.from(whole).toString('base64');
			expect(Buffer.from(secrets.conceal(encoded), 'base64').toString()).not.toContain(secret);
		}),
	);
});

test('a text without any is left as it is, and so is what the configuration says itself', () => {
	const secrets = new Secrets(['registry.test']);
	for (const secret of ['planted', 'registry.test', 'regis', 'abc']) secrets.add(secret);
	for (const text of ['registry.test', 'abcdef', 'plant', '']) expect(secrets.conceal(text)).toBe(text);
	expect(secrets.conceal('at Registry.TEST')).toBe('at REDACTEDtry.TEST');
});

test('no spelling is shorter than the shortest one', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', minLength: 4 }), (secret) => {
			const lengths = spellingsOf(secret).map(({ length }) => length);
			expect(Math.min(...lengths.filter((length) => length > 0))).toBeGreaterThanOrEqual(shortestSpelling(secret));
		}),
	);
	expect(shortestSpelling('a\n\n\nb')).toBe(3);
});

test('a beginning of a token is concealed where it was cut, and what is shorter than that is left', () => {
	const token = `${'Abc0123456789-_'.repeat(300)}.end`;
	const secrets = new Secrets();
	secrets.add(token);
	expect(secrets.conceal(`said ${token.slice(0, 300)}… at ${token.slice(4, 9)}`)).toBe('said REDACTED… at 12345');
});

test('no spelling of a token is made for texts that are shorter than it', () => {
	const token = `${'Abc0123456789-_'.repeat(300)}.end`;
	const concealing = (text: string) =>
		timeOf(() => {
			for (let attempt = 0; attempt < 100; attempt++) {
				const secrets = new Secrets();
				secrets.add(token);
				for (let times = 0; times < 50; times++) secrets.conceal(text);
			}
		});
	expect(concealing('a name of a host')).toBeLessThan(concealing('-'.repeat(token.length)) / 4);
});

test('a word in a header that a node adds is no secret: names and facts hold such words', () => {
	const secrets = new Secrets();
	secrets.addHeaders({ 'X-Forwarded-Proto': 'https', 'X-Site': 'docker, Basic me', 'X-Key': '12345678' });
	expect(secrets.conceal('https://auth.docker.io/12345678')).toBe('https://auth.docker.io/REDACTED');
});

test('facts keep their form', () => {
	const secrets = new Secrets();
	secrets.addHeaders({ Authorization: 'Basic cm9ib3Q6cGxhbnRlZA==', 'X-Key': 'other-key', Accept: 'text/plain' });
	const facts = {
		names: ['PLANTED.test', 'a'],
		at: { type: 'text/plain', source: 'other-key' },
		status: 200,
		ok: true,
	};
	expect(secrets.concealFacts(facts)).toEqual({
		names: ['REDACTED.test', 'a'],
		at: { type: 'text/plain', source: 'REDACTED' },
		status: 200,
		ok: true,
	});
});
