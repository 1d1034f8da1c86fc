/** One thing that is wrong with the configuration, with the place and the remedy. Safe to print: no secret is in it. */
export interface Fault {
	/** The file as it was named on the command line. */
	readonly file: string;
	/** From 1; absent when the fault is about the file as a whole. */
	readonly line?: number;
	readonly column?: number;
	/** `registries[2].interval`; empty when the fault is about the file as a whole. */
	readonly path: string;
	/** What is wrong: `"5 minutes" is not a duration`. */
	readonly wrong: string;
	/** What to do: `write 5m`. */
	readonly remedy: string;
}

/** Why a value cannot be what its key wants. Readers of single values return it instead of throwing. */
export class Wrong {
	/** Follows the value as it stands in the file: `is not a duration`. Never holds the value itself. */
	readonly wrong: string;
	/** What to write instead, in general: `write for example 90s, 5m or 1h`. */
	readonly remedy: string;
	/** A remedy made from the value (`write 5m`), for where the value may be shown. */
	readonly better: string | undefined;

	constructor(wrong: string, remedy: string, better?: string) {
		this.wrong = wrong;
		this.remedy = remedy;
		this.better = better;
	}
}

/** The configuration cannot be used. Carries every fault, in the order of the file. */
export class ConfigurationError extends Error {
	override readonly name = 'ConfigurationError';
	readonly faults: readonly Fault[];
	/** The files that the configuration names, itself included: when one of them changes, the faults may be gone. */
	readonly files: readonly string[];

	constructor(faults: readonly Fault[], files: readonly string[]) {
		super(faults.map(formatFault).join('\n'));
		this.faults = faults;
		this.files = files;
	}
}

function place({ file, line, column }: Fault): string {
	return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** One line: `config.yaml:14:13  registries[1].interval: "5 minutes" is not a duration; write 5m`. */
export function formatFault(fault: Fault): string {
	return `${place(fault)}  ${fault.path === '' ? '' : `${fault.path}: `}${fault.wrong}; ${fault.remedy}`;
}

/** The lines of `formatFault` with their places aligned. */
export function formatFaults(faults: readonly Fault[]): string[] {
	const width = Math.max(0, ...faults.map((fault) => place(fault).length));
	return faults.map((fault) => {
		const at = place(fault);
		return at.padEnd(width) + formatFault(fault).slice(at.length);
	});
}
