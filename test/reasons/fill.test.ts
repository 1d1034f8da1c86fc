import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/reasons/explain.ts';
import { fill, fillCommand } from '../../src/reasons/fill.ts';
import { messageReasons, probeReasons } from '../../src/reasons/reason.ts';

describe('a text', () => {
	test('gets the values', () => {
		expect(fill('{hostname} on {port}', { hostname: 'ghcr.io', port: '443' })).toBe('ghcr.io on 443');
	});

	test('gets words in capitals where values are missing or empty', () => {
		expect(fill('{image} from {registry}, {surprise}', { image: '' })).toBe('IMAGE from REGISTRY, SURPRISE');
	});

	test('never reads a value as a template', () => {
		expect(fill('{image} {host}', { image: '{host}{place}$&', host: '{image}' })).toBe('{host}{place}$& {image}');
	});

	test('leaves braces alone that are no placeholders', () => {
		expect(fill("jq '{a, b}' {.x} {}", {})).toBe("jq '{a, b}' {.x} {}");
	});

	test('begins a sentence with a capital and ends it without a comma', () => {
		expect(fill('{place} answers. It is {place}.', { role: 'token', peer: 'auth.test', registry: 'r.test' })).toBe(
			'The token service auth.test of r.test answers. It is the token service auth.test of r.test.',
		);
		expect(fill('No way to {place}.', { role: 'blob', peer: 'cdn.test', registry: 'r.test' })).toBe(
			'No way to cdn.test, where r.test keeps its layers.',
		);
	});
});

describe('what follows from the values', () => {
	test.each([
		[{ host: 'ghcr.io' }, 'ghcr.io 443 ghcr.io:443'],
		[{ host: 'ghcr.io', scheme: 'http' }, 'ghcr.io 80 ghcr.io:80'],
		[{ host: 'registry-1.docker.io', peer: 'auth.docker.io:8443' }, 'auth.docker.io 8443 auth.docker.io:8443'],
		[{ peer: '[2001:db8::1]:5000' }, '2001:db8::1 5000 [2001:db8::1]:5000'],
		[{ peer: '[2001:db8::1]' }, '2001:db8::1 443 [2001:db8::1]:443'],
		[{ host: 'mirror.test:5000/prefix' }, 'mirror.test 5000 mirror.test:5000'],
		[{ hostname: 'a.test', port: '1' }, 'a.test 1 a.test:1'],
	])('peer %o', (values, expected) => {
		expect(fill('{hostname} {port} {authority}', values)).toBe(expected);
	});

	test.each([
		['192.0.2.1', '192.0.2.1:443'],
		['2001:db8::1', '[2001:db8::1]:443'],
	])('address %s', (address, dialled) => {
		expect(fill('{dialled}', { peer: 'ghcr.io', address })).toBe(dialled);
	});

	test.each([
		['10.0.0.2', 'dig +timeout=5 @10.0.0.2', '10.0.0.2:53'],
		['10.0.0.2:5353', 'dig +timeout=5 -p 5353 @10.0.0.2', '10.0.0.2:5353'],
		['fd00::53', 'dig +timeout=5 @fd00::53', '[fd00::53]:53'],
		['[fd00::53]:5353', 'dig +timeout=5 -p 5353 @fd00::53', '[fd00::53]:5353'],
	])('nameserver %s', (nameserver, dig, authority) => {
		expect(fillCommand('{dig}', { nameserver })).toBe(dig);
		expect(fill('{nameserverAuthority}', { nameserver })).toBe(authority);
	});

	test.each([
		['http://proxy:3128', 'proxy:3128'],
		['socks5://10.0.0.9', '10.0.0.9:1080'],
		['https://[::1]', '[::1]:443'],
	])('proxy %s', (proxy, authority) => {
		expect(fill('{proxyAuthority}', { proxy })).toBe(authority);
	});
});

describe('a command', () => {
	const everyReason = [...probeReasons, ...messageReasons];
	/** Ends in a word that can be looked for, behind something that a shell reads. */
	const hostile = fc
		.tuple(
			fc.string(),
			fc.constantFrom(' ', '\n', ';', '|', '&', '$', '`', "'", '"', '\\', '(', '<', '*', '?', '!', '#', '~'),
		)
		.map(([before, special]) => `a${before}${special}planted`);

	test('takes plain words only', () => {
		expect(fillCommand('nc {hostname} {port}', { hostname: '$(reboot).example', port: '443' })).toBe('nc HOST 443');
		expect(fillCommand('nc {hostname} {port}', { hostname: '-e', port: '443' })).toBe('nc HOST 443');
	});

	test.each(everyReason)('of %s holds no value that a shell would read', (reason) => {
		fc.assert(
			fc.property(hostile, (text) => {
				const values = { registry: text, image: text, peer: text, repository: text, reference: text };
				const more = { address: text, nameserver: text, proxy: `http://${text}`, digest: text, scheme: text };
				expect(explain(reason, { ...values, ...more }).confirm).not.toContain('planted');
			}),
			{ numRuns: 20 },
		);
	});

	test('no text makes filling fail', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (template, value) => {
				expect(typeof fill(template, { peer: value, nameserver: value, proxy: value, role: value })).toBe('string');
			}),
		);
	});
});
