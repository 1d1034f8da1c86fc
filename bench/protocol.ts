/** What the world's process tells once it serves. */
export interface Ready {
	/** PEM of the authority that all its servers' certificates come from. */
	readonly ca: string;
	/** The IPv4 address of all its servers. */
	readonly address: string;
	readonly ports: Readonly<Record<ServerName, number>>;
	/** The port of an API server of Kubernetes, as far as discovery asks one. */
	readonly api: number;
}

/** The servers: a registry behind a token service, its token service, the host of its layers, and a registry for all. */
export const serverNames = ['guarded', 'token', 'blob', 'open'] as const;

export type ServerName = (typeof serverNames)[number];

/** What came to the servers since they were asked last. */
export interface Counts {
	/** By server, then by kind: `HEAD manifest` → 2. */
	readonly requests: Readonly<Record<ServerName, Readonly<Record<string, number>>>>;
	/** TCP connections that ended. */
	readonly connections: number;
	/** Bytes above TCP, TLS included, of these connections, both ways. */
	readonly bytes: number;
}

/** The name that every server answers to, and has its certificate for. */
export const hostOf = (name: ServerName) => `${name}.bench.test`;

export const repository = 'bench/app';

/** A token that the guarded registry always takes, for a client that cannot ask for one itself. */
export const lastingToken = 'bench-token';
