import { LineCounter, parseDocument } from 'yaml';

import { type Fault, Wrong } from './fault.ts';
import type { Environment } from './interpolate.ts';
import type { Places, Position } from './place.ts';
import { syntaxFault } from './syntax.ts';
import { ValueReader } from './values.ts';

/** A YAML file as plain values, with the place of each. */
export interface Document {
	/** As it was named on the command line. */
	readonly file: string;
	/** Undefined when the file says nothing or is not YAML. */
	readonly value: unknown;
	readonly places: Places;
	readonly faults: readonly Fault[];
}

/** One broken line makes many errors; more than these help nobody. */
const maximumFaults = 20;

/**
 * Reads YAML 1.2 text (https://yaml.org/spec/1.2.2/). Variables are put into texts; a key without a value counts as not
 * written. Never throws: everything that is wrong stands in `faults`.
 */
export function readDocument(file: string, text: string, environment: Environment): Document {
	const lines = new LineCounter();
	const positionAt = (offset: number): Position => {
		const { line, col } = lines.linePos(offset);
		return { line, column: col };
	};
	const faultOf = (position: Position, { wrong, remedy }: Wrong): Fault => ({
		file,
		...position,
		path: '',
		wrong,
		remedy,
	});
	const yaml = parse(text, lines);
	if (!yaml) {
		const fault = faultOf({ line: 1, column: 1 }, new Wrong('the file is nested too deeply', 'nest less deeply'));
		return { file, value: undefined, places: new Map(), faults: [fault] };
	}
	const refused = [...yaml.errors, ...yaml.warnings];
	if (refused.length > 0) {
		const faults = refused.map((error) => faultOf(positionAt(error.pos[0]), syntaxFault(error)));
		return { file, value: undefined, places: new Map(), faults: faults.slice(0, maximumFaults) };
	}
	const reader = new ValueReader({ file, yaml, positionAt, environment });
	const value = reader.read(yaml.contents, []);
	return { file, value, places: reader.places, faults: reader.faults };
}

function parse(text: string, lineCounter: LineCounter) {
	try {
		// Duplicate keys are found by the reader of values, which knows their path.
		const options = { prettyErrors: false, uniqueKeys: false, stringKeys: true, logLevel: 'error' } as const;
		return parseDocument(text, { lineCounter, ...options });
	} catch {
		// The stack is the only thing that runs out here: everything else becomes an error of the document.
		return undefined;
	}
}
