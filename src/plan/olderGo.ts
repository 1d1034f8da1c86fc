import type { Runtime } from './pullHost.ts';

/**
 * The last release, as major and minor version, whose TLS is that of a Go before 1.22. Measured: containerd 1.6.20 takes
 * RSA key exchange and greets in 264 bytes; 1.7.35, 2.2.9, 2.4.2 and CRI-O 1.37.0 refuse it and need two packets. Later
 * patches of containerd 1.6 keep the old rules under a newer Go, because its go.mod names an older one
 * (https://go.dev/doc/godebug, tlsrsakex).
 */
const last: Readonly<Partial<Record<Runtime['name'], readonly [number, number]>>> = { containerd: [1, 6] };

/** Whether a runtime was built with a Go before 1.22; one whose version is not known was not. */
export function hasOlderGo(runtime: Runtime | undefined): boolean {
	const row = runtime && last[runtime.name];
	const [, major, minor] = /^(\d{1,6})\.(\d{1,6})/.exec(runtime?.version ?? '') ?? [];
	if (!row || major === undefined) return false;
	return Number(major) < row[0] || (Number(major) === row[0] && Number(minor) <= row[1]);
}
