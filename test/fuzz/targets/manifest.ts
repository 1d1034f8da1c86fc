import { isDigest } from '../../../src/registry/digest.ts';
import { ManifestInvalid, readManifest, smallestLayer } from '../../../src/registry/manifest.ts';
import { choosePlatform } from '../../../src/registry/platform.ts';
import { allowing, gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const imageType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';

/** The first line is the Content-Type, the rest the body. */
function check(input: Buffer): readonly string[] {
	const text = input.toString();
	const end = text.indexOf('\n');
	const [type, body] = end < 0 ? [imageType, text] : [text.slice(0, end), text.slice(end + 1)];
	const manifest = allowing(() => readManifest(body, type), ManifestInvalid);
	if (manifest instanceof ManifestInvalid) {
		mustPrint(manifest.message, 200);
		return [gist(manifest.message)];
	}
	mustBeSmall(manifest, 16 * input.length + 1000);
	if (manifest.kind === 'image') {
		must(
			[manifest.config, ...manifest.layers].every((one) => isDigest(one.digest)),
			'a digest that is none',
		);
		const layer = smallestLayer(manifest);
		must(!layer || layer.size > 0, 'an empty layer');
		return [`image ${magnitude(manifest.layers.length)} ${layer !== undefined}`];
	}
	const platforms = [
		{ os: 'linux', architecture: 'amd64' },
		{ os: 'linux', architecture: 'arm64', variant: 'v9' },
		{ os: 'linux', architecture: 'arm', variant: 'v7' },
	];
	const chosen = platforms.map((platform) => choosePlatform(manifest, platform));
	must(
		chosen.every((entry) => !entry || manifest.platforms.includes(entry)),
		'a platform from elsewhere',
	);
	return [
		`index ${magnitude(manifest.platforms.length)} ${chosen
			.map((entry) => entry?.architecture ?? '-')
			.join()
			.slice(0, 30)}`,
	];
}

const layer = (size: number) => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest, size });
const entry = (platform: object) => ({ mediaType: imageType, digest, size: 7, platform });

export const target: Target = {
	name: 'manifest',
	source: 'src/registry/manifest.ts, platform.ts',
	writer: 'a registry',
	shape: 'json',
	most: 4 * 1024 * 1024,
	seeds: [
		`${imageType}\n${JSON.stringify({ schemaVersion: 2, mediaType: imageType, config: layer(3), layers: [layer(2), { ...layer(1), urls: ['https://a'] }] })}`,
		`${indexType}; charset=utf-8\n${JSON.stringify({ schemaVersion: 2, manifests: [entry({ os: 'linux', architecture: 'amd64' }), entry({ os: 'linux', architecture: 'arm', variant: 'v6' }), entry({ os: 'unknown', architecture: 'unknown' }), entry({ os: 'windows', architecture: 'amd64', 'os.features': ['win32k'] })] })}`,
		`application/vnd.docker.distribution.manifest.list.v2+json\n{"manifests":null}`,
		`text/plain\n{"fsLayers":[]}`,
	],
	words: [
		'mediaType',
		'config',
		'layers',
		'manifests',
		'digest',
		'size',
		'urls',
		'platform',
		'os',
		'architecture',
		'variant',
		'os.features',
		'fsLayers',
		digest,
		imageType,
		indexType,
		'v8.5',
		'aarch64',
		'x86_64',
		'armhf',
	],
	check,
};
