import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManifestInvalid, readManifest, smallestLayer } from '../../src/registry/manifest.ts';
import { isManifestType, isSchema1Type, manifestAccept } from '../../src/registry/mediaType.ts';

const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const object = (size: number, digit = 'a', more = {}) => ({
	mediaType: 'x/layer',
	size,
	digest: digest(digit),
	...more,
});
const image = (more = {}) => JSON.stringify({ schemaVersion: 2, config: object(7), layers: [object(9, 'b')], ...more });
const index = (more = {}) => JSON.stringify({ schemaVersion: 2, manifests: [object(7)], ...more });

test('the Accept header is that of containerd', () => {
	expect(manifestAccept).toBe(
		'application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, */*',
	);
});

describe('the type of an answer', () => {
	test.each([ociImage, ociIndex, dockerImage, `${ociImage}; charset=utf-8`, ociImage.toUpperCase()])(
		'%s is that of a manifest',
		(type) => expect(isManifestType(type)).toBe(true),
	);

	test.each([undefined, '', 'application/json', 'text/html', 'application/vnd.oci.image.config.v1+json'])(
		'%s is not',
		(type) => expect(isManifestType(type)).toBe(false),
	);

	test.each(['application/vnd.docker.distribution.manifest.v1+prettyjws', 'text/plain; charset=utf-8'])(
		'%s is that of schema 1',
		(type) => expect(isSchema1Type(type)).toBe(true),
	);
});

describe('a manifest', () => {
	test('of an image lists its objects', () => {
		expect(readManifest(image(), `${ociImage}; charset=utf-8`)).toEqual({
			kind: 'image',
			mediaType: ociImage,
			config: object(7),
			layers: [object(9, 'b')],
		});
	});

	test('of an index lists its platforms', () => {
		const platform = { os: 'linux', architecture: 'arm', variant: 'v7', 'os.features': ['x'] };
		const body = index({ manifests: [object(7, 'a', { platform }), object(8)] });
		expect(readManifest(body, ociIndex)).toEqual({
			kind: 'index',
			mediaType: ociIndex,
			platforms: [{ ...object(7), os: 'linux', architecture: 'arm', variant: 'v7', osFeatures: ['x'] }, object(8)],
		});
	});

	test('without layers, or without entries, is one', () => {
		expect(readManifest(image({ layers: null }), dockerImage)).toMatchObject({ layers: [] });
		expect(readManifest('{}', ociIndex)).toMatchObject({ platforms: [] });
	});

	test.each([
		['an unknown type', image(), 'application/json', 'content type'],
		['no type', image(), undefined, 'content type'],
		['schema 1 by type', '{}', 'text/plain', 'schema 1'],
		['schema 1 by content', image({ fsLayers: [] }), dockerImage, 'schema 1'],
		['text that is not JSON', '<html>', ociImage, 'JSON'],
		['a JSON list', '[]', ociImage, 'JSON object'],
		['an index served as an image', index(), ociImage, 'but is an index'],
		['an image served as an index', image(), ociIndex, 'but is the manifest'],
		['a type of its own that differs', image({ mediaType: ociIndex }), ociImage, 'but is an index'],
		['a missing config', '{}', ociImage, 'config'],
		['a layer that is no object', image({ layers: [5] }), ociImage, 'layers[0]'],
		['layers that are no list', image({ layers: {} }), ociImage, 'layers'],
		['a short digest', index({ manifests: [{ ...object(1), digest: 'sha256:abc' }] }), ociIndex, 'digest'],
		['a negative size', image({ config: object(-1) }), ociImage, 'size'],
		['a size that is a text', image({ config: { ...object(1), size: '1' } }), ociImage, 'size'],
		['more than 4 MiB', `${image()}${' '.repeat(4 * 1024 * 1024)}`, ociImage, '4 MiB'],
	])('with %s is refused', (_, body, type, why) => {
		expect(() => readManifest(body, type)).toThrow(ManifestInvalid);
		expect(() => readManifest(body, type)).toThrow(why);
	});

	test('any body is read or refused with the documented error', () => {
		const descriptor = fc.record({
			mediaType: fc.anything(),
			digest: fc.constantFrom(digest('a'), 'x', 5),
			size: fc.anything(),
		});
		const like = fc.record(
			{
				config: descriptor,
				layers: fc.array(descriptor),
				manifests: fc.anything(),
				mediaType: fc.constantFrom(ociIndex, 5),
			},
			{ requiredKeys: [] },
		);
		const body = fc.oneof(
			fc.json(),
			fc.string(),
			fc.oneof(like, descriptor).map((it) => stringify(it)),
		);
		fc.assert(
			fc.property(body, fc.constantFrom(ociImage, ociIndex), (text, type) => {
				expect(['image', 'index', 'ManifestInvalid']).toContain(outcome(text, type));
			}),
		);
	});
});

describe('the smallest layer', () => {
	const smallest = (layers: object[]) =>
		smallestLayer({ kind: 'image', mediaType: ociImage, config: object(1), layers: layers as [] });

	test('is the first of the smallest', () => {
		expect(smallest([object(9, 'a'), object(3, 'b'), object(3, 'c')])?.digest).toBe(digest('b'));
	});

	test('is neither empty nor kept elsewhere', () => {
		const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
		const layers = [
			object(0),
			object(1, 'b', { mediaType: foreign }),
			object(2, 'c', { urls: ['https://x'] }),
			object(5, 'd'),
		];
		expect(smallest(layers)?.digest).toBe(digest('d'));
	});

	test('is none where there is none', () => expect(smallest([])).toBeUndefined());
});

function stringify(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '';
	}
}

function outcome(body: string, type: string): string {
	try {
		return readManifest(body, type).kind;
	} catch (error) {
		return error instanceof Error ? error.name : 'unknown';
	}
}
