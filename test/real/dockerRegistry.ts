import type { Issued } from '../fakes/authority.ts';
import { writeCertificate } from './certificate.ts';
import type { Directory } from './directory.ts';
import { type Program, startOnFreePort } from './running.ts';

/** Who may pull, in the words of https://distribution.github.io/distribution/about/configuration/#auth. */
export type RegistryAuth =
	| { readonly htpasswd: { readonly realm: string; readonly path: string } }
	| {
			readonly token: {
				readonly realm: string;
				readonly service: string;
				readonly issuer: string;
				/** A PEM file of whose authorities the token service's certificate comes. */
				readonly rootcertbundle: string;
			};
	  };

export interface DockerRegistryOptions {
	/** Where the configuration is written. */
	readonly directory: Directory;
	/** The directory of the images. */
	readonly store: string;
	/** Absent: plain HTTP. */
	readonly issued?: Issued;
	/** Absent: everybody may do everything. */
	readonly auth?: RegistryAuth;
	/** Blobs are not served but redirected to this URL with the path in the store behind it. */
	readonly blobsAt?: string;
}

/** One line of the registry's access log. */
export interface LoggedRequest {
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly agent: string;
}

function configuration(options: DockerRegistryOptions, port: number): object {
	const { directory, store, issued, auth, blobsAt } = options;
	return {
		version: '0.1',
		log: { level: 'info' },
		storage: { cache: { blobdescriptor: 'inmemory' }, filesystem: { rootdirectory: store } },
		http: {
			addr: `127.0.0.1:${port}`,
			secret: 'one registry alone',
			...(issued && { tls: writeCertificate(directory, { name: 'docker-registry', port }, issued) }),
		},
		...(auth && { auth }),
		...(blobsAt !== undefined && {
			middleware: { storage: [{ name: 'redirect', options: { baseurl: blobsAt } }] },
		}),
	};
}

/** Starts Debian's docker-registry. */
export async function startDockerRegistry(options: DockerRegistryOptions): Promise<Program> {
	return await startOnFreePort((port) => {
		// YAML holds JSON.
		const text = JSON.stringify(configuration(options, port));
		const file = options.directory.write(`docker-registry-${port}.yml`, text);
		return { name: 'docker-registry', port, args: ['serve', file] };
	});
}

/** The requests that a registry has logged, in the order in which it had answered them. */
export function loggedRequests(output: string): readonly LoggedRequest[] {
	const lines = output.matchAll(/^\S+ - \S+ \[[^\]]+\] "(\S+) (\S+) HTTP\/[\d.]+" (\d{3}) \d+ "[^"]*" "([^"]*)"$/gm);
	return [...lines].map(([, method = '', path = '', status = '', agent = '']) => {
		return { method, path, status: Number(status), agent };
	});
}
