import type { Issued } from '../fakes/authority.ts';
import { writeCertificate } from './certificate.ts';
import type { Directory } from './directory.ts';
import { type Program, startOnFreePort } from './running.ts';

export interface NginxOptions {
	/** Where its configuration and its temporary files are. */
	readonly directory: Directory;
	/** Absent: plain HTTP. */
	readonly issued?: Issued;
	/** What stands in `server { … }` beside the listener and the certificate. */
	readonly server: readonly string[];
}

function configuration({ directory, issued, server }: NginxOptions, port: number): string {
	const own = (name: string) => directory.at(`nginx-${port}-${name}`);
	const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	const files = issued && writeCertificate(directory, { name: 'nginx', port }, issued);
	const tls = files && [`ssl_certificate ${files.certificate};`, `ssl_certificate_key ${files.key};`];
	return `
daemon off;
master_process off;
pid ${own('pid')};
error_log stderr info;
events { worker_connections 64; }
http {
	access_log off;
	default_type application/octet-stream;
	${kinds.map((kind) => `${kind}_temp_path ${own(kind)};`).join('\n\t')}
	server {
		listen 127.0.0.1:${port}${issued ? ' ssl' : ''};
		${[...(tls ?? []), ...server].join('\n\t\t')}
	}
}
`;
}

/** Starts nginx as one process of the user who runs the tests. */
export async function startNginx(options: NginxOptions): Promise<Program> {
	const { directory } = options;
	return await startOnFreePort((port) => {
		const file = directory.write(`nginx-${port}.conf`, configuration(options, port));
		return { name: 'nginx', port, args: ['-e', 'stderr', '-p', directory.path, '-c', file] };
	});
}
