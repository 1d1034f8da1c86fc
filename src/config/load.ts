import type { core } from 'zod/mini';

import { complete, type Overrides } from './complete.ts';
import type { Config } from './config.ts';
import { faultAt } from './describe.ts';
import { type Document, readDocument } from './document.ts';
import { ConfigurationError, type Fault, Wrong } from './fault.ts';
import { readLabel } from './field.ts';
import type { Environment } from './interpolate.ts';
import { faultsOf } from './issues.ts';
import { checkNamedFiles } from './namedFiles.ts';
import { pathText } from './place.ts';
import { brokenRules, type Finding } from './rules.ts';
import { readFile } from './readFile.ts';
import { schema } from './schema.ts';

/** As much as a ConfigMap can hold. */
const mostBytes = 1024 ** 2;

export interface LoadOptions {
	/** Without it the built-in defaults hold. */
	readonly file?: string | undefined;
	readonly environment: Environment;
	readonly overrides?: Overrides;
}

/**
 * The configuration of a file, or the built-in one. Reads the file and those that it names, nothing else. Throws
 * `ConfigurationError` with every fault at once; nothing else is thrown because of what stands in a file.
 */
export async function loadConfig({ file, environment, overrides = {} }: LoadOptions): Promise<Config> {
	const nameFaults = faultsOfNodeName(environment, overrides);
	if (file === undefined) {
		if (nameFaults.length > 0) throw new ConfigurationError(nameFaults, []);
		return { ...complete({}, undefined, environment, overrides), files: [] };
	}
	const text = await readFile(file, mostBytes);
	if (text instanceof Wrong) {
		const fault = { file, path: '', wrong: `the file ${text.wrong}`, remedy: text.remedy };
		throw new ConfigurationError([fault, ...nameFaults], [file]);
	}
	const document = readDocument(file, text, environment);
	const { value = {} } = document;
	const named = await checkNamedFiles(file, value);
	const files = [...new Set([file, ...named.files])];
	const result = schema.safeParse(value);
	const found = [...brokenRules(value), ...named.findings];
	const faults = inOrder(document, result.error?.issues ?? [], found);
	if (!result.success || faults.length + nameFaults.length > 0) {
		throw new ConfigurationError([...faults, ...nameFaults], files);
	}
	return { ...complete(result.data, document, environment, overrides), files };
}

/** All faults of a file by their place; where the schema has spoken about a value, the rules between keys keep silent. */
function inOrder(document: Document, issues: readonly core.$ZodIssue[], findings: readonly Finding[]): Fault[] {
	const own = [
		...document.faults,
		...issues.filter((issue) => !overshadowed(issue, issues)).flatMap((issue) => faultsOf(document, issue)),
	];
	const said = new Set(own.map(({ path }) => path));
	const rest = findings.filter(({ path }) => !said.has(pathText(path)));
	const faults = [...own, ...rest.map(({ path, wrong, others }) => faultAt(document, path, wrong, others))];
	return faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** What a map lacks is not worth a word beside the key in it that is not known. */
function overshadowed({ code, path }: core.$ZodIssue, issues: readonly core.$ZodIssue[]): boolean {
	const same = (other: core.$ZodIssue) => other.path.join() === path.join();
	return code === 'custom' && issues.some((other) => other.code === 'unrecognized_keys' && same(other));
}

/** The node's name is a label; one from outside the file is held to the same rule as one in it. */
function faultsOfNodeName(environment: Environment, overrides: Overrides): Fault[] {
	const { NODE_NAME } = environment;
	const outside = { '--node': overrides.node, NODE_NAME: NODE_NAME === '' ? undefined : NODE_NAME };
	return Object.entries(outside).flatMap(([file, name]) => {
		const wrong = name === undefined ? name : readLabel(name);
		return wrong instanceof Wrong
			? [{ file, path: '', wrong: `the node's name ${wrong.wrong}`, remedy: wrong.remedy }]
			: [];
	});
}
