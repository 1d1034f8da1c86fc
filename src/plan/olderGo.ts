import { hasSince } from '../registry/version.ts';
import type { Runtime } from './pullHost.ts';

/**
 * The first release whose TLS is that of Go 1.22 or later, where older ones are known. Measured: containerd 1.6.20 takes
 * RSA key exchange and greets in 264 bytes; 1.7.35, 2.2.9, 2.4.2 and CRI-O 1.37.0 refuse it and need two packets. Later
 * patches of containerd 1.6 keep the old rules under a newer Go, because its go.mod names an older one
 * (https://go.dev/doc/godebug, tlsrsakex).
 */
const first: Readonly<Partial<Record<Runtime['name'], string>>> = { containerd: '1.7.0' };

/** Whether a runtime was built with a Go before 1.22; one whose version is not known was not. */
export function hasOlderGo(runtime: Runtime | undefined): boolean {
	const since = runtime ? first[runtime.name] : undefined;
	return runtime !== undefined && since !== undefined && !hasSince(runtime.version, [since]);
}
