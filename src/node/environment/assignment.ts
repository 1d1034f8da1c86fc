/** One `NAME=value` of a file. The value may hold a password. */
export interface Assignment {
	readonly name: string;
	readonly value: string;
	/** Where it begins, from 1. */
	readonly line: number;
}

/** Whether systemd takes a name for a variable: others are passed over (systemd.exec(5)). */
export function isVariableName(name: string): boolean {
	return /^[A-Za-z_][A-Za-z0-9_]{0,1000}$/.test(name);
}
