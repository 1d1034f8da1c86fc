import { expect, test } from 'vitest';

import { targetFor } from './only.ts';
import { InvalidReference, parseReference } from '../../src/registry/image.ts';
import { formatReference } from '../../src/registry/reference.ts';
import { configOf, entryOf } from './settings.ts';

const config = configOf({
	registries: [
		entryOf({
			name: 'r.example',
			image: parseReference('r.example/app:1'),
			interval: 7,
			blobDigest: `sha256:${'a'.repeat(64)}`,
			credentials: { source: 'file', file: '/login.json' },
		}),
		entryOf({ name: 'corp', image: parseReference('r.example/other') }),
	],
});

test('a configured registry is probed as configured', () => {
	expect(targetFor('r.example', config)).toMatchObject({ interval: 7, source: { file: 'config.yaml', line: 3 } });
	expect(targetFor('r.example', config).blob?.digest).toBeDefined();
});

test('a configured label is a name too', () => {
	expect(formatReference(targetFor('corp', config).image)).toBe('r.example/other:latest');
});

test('another image keeps the settings of its registry but not the layer of the former', () => {
	const target = targetFor('r.example/app:2', config);
	expect(formatReference(target.image)).toBe('r.example/app:2');
	expect(target.credentials).toEqual({ source: 'file', file: '/login.json' });
	expect(target.blob).toEqual({ bytes: 65_536, byDefault: false });
});

test('the login does not follow to another host', () => {
	expect(targetFor('http://r.example', config)).toMatchObject({
		endpoint: { scheme: 'http', port: 80 },
		credentials: { source: 'anonymous' },
	});
	expect(targetFor('https://r.example', config).credentials.source).toBe('file');
});

test('what is not configured needs no configuration', () => {
	expect(targetFor('localhost:5000', config)).toMatchObject({ registry: 'localhost:5000', bare: true });
	expect(formatReference(targetFor('docker.io', config).image)).toBe('docker.io/library/hello-world:latest');
	expect(targetFor('ghcr.io/org/app:1.2', config)).toMatchObject({ registry: 'ghcr.io', bare: false });
});

test('what is no reference is refused', () => {
	expect(() => targetFor('Not/A Reference', config)).toThrow(InvalidReference);
});
