import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidReference, parseReference, parseTargetName } from '../../src/registry/image.ts';
import { formatReference, type Reference } from '../../src/registry/reference.ts';

const hex = 'c1ec31eb59444d78df06a974d155e597c894ab4cda84f08294145e845394988e';
const digest = `sha256:${hex}`;

/** The target, or the message of the documented error; any other error is thrown on. */
function attempt(text: string): { image?: Reference; message: string } {
	try {
		return { ...parseTargetName(text), message: '' };
	} catch (error) {
		if (error instanceof InvalidReference) return { message: error.message };
		throw error;
	}
}

function reread({ image }: { image?: Reference }): Reference | undefined {
	return image && parseReference(formatReference(image));
}

describe('a reference is read as kubelet and containerd read it', () => {
	test.each([
		['nginx', 'docker.io/library/nginx:latest'],
		['nginx:1.27', 'docker.io/library/nginx:1.27'],
		['nginx:5000', 'docker.io/library/nginx:5000'],
		['192.168.1.1:5000', 'docker.io/library/192.168.1.1:5000'],
		['user/app', 'docker.io/user/app:latest'],
		['docker.io/nginx', 'docker.io/library/nginx:latest'],
		['index.docker.io/nginx', 'docker.io/library/nginx:latest'],
		['index.docker.io/user/app:1', 'docker.io/user/app:1'],
		['registry-1.docker.io/library/nginx', 'registry-1.docker.io/library/nginx:latest'],
		['registry-1.docker.io/nginx', 'registry-1.docker.io/nginx:latest'],
		['localhost/app', 'localhost/app:latest'],
		['localhost:5000/app:1', 'localhost:5000/app:1'],
		['myhost/app', 'docker.io/myhost/app:latest'],
		['MYHOST/app', 'MYHOST/app:latest'],
		['test:5000/repo:tag', 'test:5000/repo:tag'],
		['my_registry.corp/app', 'my_registry.corp/app:latest'],
		['ghcr.io/org/app:1.2', 'ghcr.io/org/app:1.2'],
		['[2001:db8::1]:5000/app', '[2001:db8::1]:5000/app:latest'],
		['[::1]/app:1', '[::1]/app:1'],
		[`repo:tag@${digest}`, `docker.io/library/repo@${digest}`],
		[`ghcr.io/a/b@${digest}`, `ghcr.io/a/b@${digest}`],
		[`busybox@sha512:${hex}${hex}`, `docker.io/library/busybox@sha512:${hex}${hex}`],
		['lowercase:Uppercase', 'docker.io/library/lowercase:Uppercase'],
		['dock__er/a---b.c_d', 'docker.io/dock__er/a---b.c_d:latest'],
		[`docker.io/${hex}`, `docker.io/library/${hex}:latest`],
		[`example.com/${'a'.repeat(255)}:tag`, `example.com/${'a'.repeat(255)}:tag`],
		[`example.com/app:${'a'.repeat(128)}`, `example.com/app:${'a'.repeat(128)}`],
	])('%s is %s', (text, canonical) => {
		expect(formatReference(parseReference(text))).toBe(canonical);
	});

	test.each([
		['', 'empty'],
		[hex, 'id of an image'],
		['docker.io/docker/Docker', 'write docker/docker'],
		['Nginx', 'lower case'],
		['https://ghcr.io/a/b', 'scheme'],
		['nginx ', 'white space'],
		['nginx\n', 'white space'],
		['nginx:', 'tag'],
		['nginx:-a', 'tag'],
		[`nginx:${'a'.repeat(129)}`, 'tag'],
		[`nginx@sha256:${hex.slice(1)}`, 'digest'],
		[`nginx@sha256:${hex.toUpperCase()}`, 'digest'],
		[`nginx@md5:${hex}`, 'digest'],
		[`nginx@constructor:${hex}`, 'digest'],
		['docker///docker', 'repository'],
		['docker/', 'repository'],
		['ghcr.io/', 'missing'],
		['docker.io/', 'missing'],
		['-docker/docker', 'repository'],
		['dock..er/docker', 'registry'],
		['dock_.er/docker', 'registry'],
		['user/dock_.er', 'repository'],
		['-docker.io/docker', 'registry'],
		['fc00::1:5000/debian', 'registry'],
		['[fe80::1%eth0]:5000/debian', 'registry'],
		['[::ffff:192.0.2.1]:5000/debian', 'registry'],
		['[:::]:5000/debian', 'registry'],
		['localhost:0/app', 'registry'],
		['localhost:65536/app', 'registry'],
		['localhost:/app', 'registry'],
		[`example.com/${'a'.repeat(256)}`, '255'],
		['a/'.repeat(2000), 'too long'],
	])('%j is refused and the message says why', (text, word) => {
		expect(() => parseReference(text)).toThrow(InvalidReference);
		expect(() => parseReference(text)).toThrow(word);
	});

	test('a canonical reference reads as itself', () => {
		const component = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:[._]|__|-{1,3})[a-z0-9]{1,8}){0,3}$/);
		const domain = fc.constantFrom('docker.io', 'ghcr.io', 'localhost:5000', '[2001:db8::1]:5000', 'Registry:443');
		const tag = fc.stringMatching(/^\w[\w.-]{0,127}$/);
		fc.assert(
			fc.property(domain, fc.array(component, { minLength: 2, maxLength: 4 }), tag, (name, path, version) => {
				const text = `${name}/${path.join('/')}:${version}`;
				expect(formatReference(parseReference(text))).toBe(text);
			}),
		);
	});
});

describe('what a person names is a registry or an image', () => {
	test.each([
		['docker.io', 'docker.io'],
		['index.docker.io', 'docker.io'],
		['ghcr.io', 'ghcr.io'],
		['GHCR.io/', 'ghcr.io'],
		['localhost', 'localhost'],
		['localhost:5000', 'localhost:5000'],
		['10.0.0.1:5000', '10.0.0.1:5000'],
		['[::1]:5000', '[::1]:5000'],
		['::1', '[::1]'],
		['registry.corp', 'registry.corp'],
		['https://docker.io', 'docker.io'],
	])('%s alone is the registry %s', (text, name) => {
		expect(parseTargetName(text)).toEqual({ name });
	});

	test.each([
		['nginx', 'docker.io', 'docker.io/library/nginx:latest'],
		['busybox:1.36', 'docker.io', 'docker.io/library/busybox:1.36'],
		['registry:5000', 'docker.io', 'docker.io/library/registry:5000'],
		['my.app:v1', 'docker.io', 'docker.io/library/my.app:v1'],
		['ghcr.io/org/app:1.2', 'ghcr.io', 'ghcr.io/org/app:1.2'],
		[`localhost:5000/app@${digest}`, 'localhost:5000', `localhost:5000/app@${digest}`],
		['https://docker.io/nginx', 'docker.io', 'docker.io/library/nginx:latest'],
	])('%s is an image of %s', (text, name, image) => {
		const target = parseTargetName(text);
		expect(target.name).toBe(name);
		expect(target.image && formatReference(target.image)).toBe(image);
		expect(target.endpoint).toBeUndefined();
	});

	test.each([
		['http://localhost:5000', 'localhost:5000', undefined, { scheme: 'http', hostname: 'localhost', port: 5000 }],
		[
			'HTTPS://Registry.Corp/v2/',
			'registry.corp',
			undefined,
			{ scheme: 'https', hostname: 'registry.corp', port: 443 },
		],
		['http://registry/app:1', 'registry', 'registry/app:1', { scheme: 'http', hostname: 'registry', port: 80 }],
		['https://[::1]:5000/a/b', '[::1]:5000', '[::1]:5000/a/b:latest', { scheme: 'https', hostname: '::1', port: 5000 }],
	])('%s fixes the endpoint', (text, name, image, endpoint) => {
		const target = parseTargetName(text);
		expect({ name: target.name, endpoint: target.endpoint }).toEqual({ name, endpoint });
		expect(target.image && formatReference(target.image)).toBe(image);
	});

	test.each(['', 'http://', 'https:///app', 'ftp://host/app', 'foo.bar:70000', '.', 'http://host/app?x=1', 'a b'])(
		'%j is refused',
		(text) => {
			expect(() => parseTargetName(text)).toThrow(InvalidReference);
		},
	);

	test.each(['https://user:hunter2@ghcr.io/app', 'user:hunter2@ghcr.io/app', 'user:hunter2@ghcr.io'])(
		'the password in %s is not repeated',
		(text) => {
			expect(() => parseTargetName(text)).toThrow(InvalidReference);
			expect(() => parseTargetName(text)).not.toThrow('hunter2');
		},
	);

	test('any text gives a target or the documented error, with a short printable message', () => {
		const part = fc.constantFrom(
			'a',
			'A',
			'.',
			':',
			'/',
			'@',
			'-',
			'_',
			'[',
			']',
			'0',
			'5000',
			'sha256:',
			'http://',
			hex,
		);
		const texts = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const result = attempt(text);
				expect(reread(result)).toEqual(result.image);
				expect(result.message).toMatch(/^\P{Cc}{0,1500}$/u);
			}),
			{ numRuns: 2000 },
		);
	});
});
