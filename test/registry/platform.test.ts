import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlatformEntry } from '../../src/registry/manifest.ts';
import { choosePlatform, type Platform } from '../../src/registry/platform.ts';

const descriptor = { mediaType: 'x', digest: `sha256:${'a'.repeat(64)}`, size: 1 };

/** `linux/arm/v7`; `-` names no platform. */
function entry(text: string): PlatformEntry {
	const [os = '', architecture = '', variant] = text.split('/');
	return text === '-' ? descriptor : { ...descriptor, os, architecture, ...(variant && { variant }) };
}

function platform(text: string): Platform {
	const [os = '', architecture = '', variant] = text.split('/');
	return { os, architecture, ...(variant && { variant }) };
}

test.each([
	['linux/amd64', ['linux/arm64', 'linux/amd64'], 1],
	['linux/amd64', ['linux/386', 'linux/amd64'], 1],
	['linux/amd64', ['linux/386'], 0],
	['linux/amd64', ['linux/x86_64'], 0],
	['linux/amd64', ['linux/amd64/v1'], 0],
	['linux/amd64', ['linux/amd64/v3'], undefined],
	['linux/amd64/v3', ['linux/amd64', 'linux/amd64/v2'], 1],
	['linux/amd64', ['windows/amd64', 'linux/arm64'], undefined],
	['linux/amd64', ['unknown/unknown'], undefined],
	['linux/amd64', ['-', 'linux/amd64'], 1],
	['linux/amd64', ['unknown/unknown', '-'], 1],
	['linux/amd64', [], undefined],
	['linux/arm64', ['linux/arm64/v8'], 0],
	['linux/arm64', ['linux/arm/v7', 'linux/arm64'], 1],
	['linux/arm64', ['linux/arm/v6', 'linux/arm/v7'], 1],
	['linux/arm64', ['linux/arm64/v9'], undefined],
	['linux/arm64/v9.1', ['linux/arm64', 'linux/arm64/v8.6', 'linux/arm64/v8.7'], 1],
	['linux/arm/v7', ['linux/arm/v5', 'linux/arm/v6'], 1],
	['linux/arm/v7', ['linux/arm/v5'], 0],
	['linux/arm/v6', ['linux/arm/v7', 'linux/arm/v6'], 1],
	['linux/arm/v6', ['linux/arm'], undefined],
	['linux/arm/v7', ['linux/armhf'], 0],
	['linux/s390x', ['linux/amd64', 'linux/s390x'], 1],
])('%s takes of %j number %s', (own, entries, chosen) => {
	const platforms = entries.map(entry);
	const found = choosePlatform({ kind: 'index', mediaType: 'x', platforms }, platform(own));
	expect(found && platforms.indexOf(found)).toBe(chosen);
});

test('an entry that asks for features of the system is not taken', () => {
	const platforms = [{ ...entry('linux/amd64'), osFeatures: ['erofs'] }];
	expect(choosePlatform({ kind: 'index', mediaType: 'x', platforms }, platform('linux/amd64'))).toBeUndefined();
});

test('whatever an index lists, the choice is one of its entries or none', () => {
	const word = fc.oneof(fc.constantFrom('linux', 'arm', 'arm64', 'amd64', 'v7', 'v9', '__proto__'), fc.string());
	const listed = fc.record({ os: word, architecture: word, variant: word }).map((it) => ({ ...descriptor, ...it }));
	fc.assert(
		fc.property(fc.array(listed), word, word, (platforms, architecture, variant) => {
			const found = choosePlatform(
				{ kind: 'index', mediaType: 'x', platforms },
				{ os: 'linux', architecture, variant },
			);
			expect([undefined, ...platforms]).toContain(found);
		}),
	);
});
