import type { Image } from '../fakes/image.ts';
import { type Ended, runCommand } from './command.ts';
import { componentPath } from './component.ts';
import { Directory } from './directory.ts';

/** What skopeo is told beside what it is to do. */
export interface SkopeoOptions {
	/** A PEM file: all that it trusts. Default: what the machine trusts. */
	readonly bundle?: string;
	/** The URL of a proxy for whatever is not on this machine by its name. */
	readonly proxy?: string;
	readonly login?: { readonly user: string; readonly password: string };
}

/** Runs skopeo without the settings and logins of the person who runs the tests. */
async function skopeo(args: readonly string[], { bundle, proxy }: SkopeoOptions = {}): Promise<Ended> {
	using directory = new Directory();
	return await runCommand(componentPath('skopeo'), args, {
		REGISTRY_AUTH_FILE: directory.write('auth.json', '{}'),
		CONTAINERS_REGISTRIES_CONF: directory.write('registries.conf', ''),
		...(bundle !== undefined && { SSL_CERT_FILE: bundle, SSL_CERT_DIR: directory.path }),
		...(proxy !== undefined && { HTTPS_PROXY: proxy, NO_PROXY: '' }),
	});
}

/** `skopeo inspect` of an image: it reads the manifest and the configuration, which is a blob. */
export async function inspect(image: string, options: SkopeoOptions = {}): Promise<Ended> {
	const { login } = options;
	const creds = login ? ['--creds', `${login.user}:${login.password}`] : [];
	return await skopeo(['inspect', '--no-tags', ...creds, `docker://${image}`], options);
}

/** Pushes an image as it is, an index with all that it lists, to a registry in plain HTTP. Throws with what skopeo said. */
export async function push(image: Image, name: string): Promise<void> {
	using layout = layoutOf(image);
	const flags = ['--insecure-policy', '--all', '--preserve-digests', '--dest-tls-verify=false'];
	const { code, stderr } = await skopeo(['copy', ...flags, `oci:${layout.path}:image`, `docker://${name}`]);
	if (code !== 0) throw new Error(`skopeo did not push ${name}: ${stderr}`);
}

/** The image as a directory, https://github.com/opencontainers/image-spec/blob/main/image-layout.md. */
function layoutOf(image: Image): Directory {
	const directory = new Directory();
	const { digest, mediaType, body } = image;
	const annotations = { 'org.opencontainers.image.ref.name': 'image' };
	const manifests = [{ digest, mediaType, size: body.length, annotations }];
	directory.write('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' }));
	directory.write('index.json', JSON.stringify({ schemaVersion: 2, manifests }));
	for (const content of [...image.manifests.values(), ...image.blobs.values()]) {
		directory.write(`blobs/${content.digest.replace(':', '/')}`, content.body);
	}
	return directory;
}
