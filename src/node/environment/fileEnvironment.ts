import type { NodeFault } from '../fault.ts';
import { type Installation, installations } from '../runtime/installations.ts';
import { type Sources, sourcesOf } from './sources.ts';
import { type UnitEnvironment, readUnitEnvironment, readVariablesFile } from './unitEnvironment.ts';
import { unitPlaces } from './unitPaths.ts';
import { concernsPulls, type Variable, type Variables } from './variable.ts';

/** The environment that files would give a runtime that is started now. */
export interface FileEnvironment {
	/** Absent where the node has no such unit. */
	readonly unit?: string;
	readonly variables: Variables;
	readonly files: readonly string[];
	readonly faults: readonly NodeFault[];
}

type Which = Pick<Installation, 'name' | 'distribution'>;

/**
 * What the files of the node below `root` say: its unit (`running`, where its process tells which one it is), or
 * without one the files that its start script reads. Throws only when this process is out of descriptors.
 */
export function readFileEnvironment(root: string, runtime: Which, running?: string): FileEnvironment {
	const known = installations.find(
		({ name, distribution }) => name === runtime.name && distribution === runtime.distribution,
	);
	const units = [...(running === undefined ? [] : [running]), ...(known?.units ?? [])];
	const sources = sourcesOf(runtime);
	const unit = readUnitEnvironment(root, units);
	const after = readAll(root, unit ? sources.sourced : [...sources.withoutUnit, ...sources.sourced]);
	const variables = new Map([...(unit?.variables ?? []), ...after.variables]);
	return {
		...(unit && { unit: unit.unit }),
		variables: withoutPrefix(variables, sources.prefix),
		files: [...(unit?.files ?? unitPlaces(units)), ...after.files],
		faults: [...(unit?.faults ?? []), ...after.faults, ...(unit ? lookalikes(root, unit, sources) : [])],
	};
}

function readAll(root: string, files: readonly string[]): Omit<FileEnvironment, 'unit'> {
	const read = files.map((file) => readVariablesFile(root, file));
	const variables = read.flatMap((part) => part.variables).map((variable) => [variable.name, variable] as const);
	return { variables: new Map(variables), files, faults: read.flatMap((part) => part.faults) };
}

function withoutPrefix(variables: Variables, prefix: string | undefined): Variables {
	if (prefix === undefined) return variables;
	const handedOn = new Map<string, Variable>(variables);
	for (const [name, variable] of variables) {
		if (name.startsWith(prefix)) handedOn.set(name.slice(prefix.length), variable);
	}
	return handedOn;
}

/** A proxy that stands in a file which the unit does not name, while the runtime has none of that name. */
function lookalikes(root: string, unit: UnitEnvironment, { lookalikes: files }: Sources): NodeFault[] {
	const others = files.filter((file) => !unit.files.includes(file));
	const has = new Set([...unit.variables.keys()].map((name) => name.toUpperCase()));
	return others.flatMap((file) =>
		readVariablesFile(root, file)
			.variables.filter(({ name }) => concernsPulls(name) && !has.has(name.toUpperCase()))
			.map(({ name, source }) => ({
				...source,
				fault: 'setting_ignored' as const,
				detail: `${unit.unit} does not read this file: the runtime is started without ${name}`,
			})),
	);
}
