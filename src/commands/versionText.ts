import { revision, version } from './version.ts';

/** What `--version` says: the program, then what it was built from and what it stands on, each in a line. */
export function versionText(): string {
	const { node, openssl } = process.versions;
	return [
		`registry-probe ${version}`,
		...(revision === '' ? [] : [`revision ${revision}`]),
		`Node.js ${node}`,
		`OpenSSL ${openssl}`,
	].join('\n');
}
