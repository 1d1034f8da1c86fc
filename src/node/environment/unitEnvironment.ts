import type { NodeFault } from '../fault.ts';
import { readNodeFile } from '../nodeFile.ts';
import { isVariableName } from './assignment.ts';
import { parseEnvironmentFile } from './environmentFile.ts';
import { applyEnvironment, applyFiles, applyWords, type NamedFile } from './environmentSettings.ts';
import { expandGlob } from './glob.ts';
import { readProcessVariables } from './processVariables.ts';
import { type Specifiers, specifiersOf } from './specifiers.ts';
import { dropIns, managerDirectories, unitPlaces } from './unitPaths.ts';
import { type PlacedSetting, readService, readSettings, type Service } from './unitSettings.ts';
import { concernsPulls, type Variable, type Variables } from './variable.ts';

/** The environment that systemd would start a service with, as far as files say it. */
export interface UnitEnvironment {
	readonly unit: string;
	readonly variables: Variables;
	/** Files and directories that it came from, or would have come from. */
	readonly files: readonly string[];
	readonly faults: readonly NodeFault[];
}

/** The environment of the first of these services that the node has. Throws as `readServiceEnvironment` does. */
export function readUnitEnvironment(root: string, units: readonly string[]): UnitEnvironment | undefined {
	const service = readService(root, units);
	return service && readServiceEnvironment(root, service);
}

/**
 * The environment of a service, by the rules of systemd.exec(5): the manager's DefaultEnvironment=, then
 * PassEnvironment=, Environment=, EnvironmentFile=, each over those before it, and UnsetEnvironment= last.
 * /etc/environment is not among it: systemd does not read it for services. What was set by `systemctl set-environment` or on the kernel's command line is not seen. Throws only when this process is out of
 * descriptors.
 */
export function readServiceEnvironment(root: string, service: Service): UnitEnvironment {
	const named = (key: string) => service.settings.filter((setting) => setting.key === key);
	const specifiers = specifiersOf(root, service.unit, service.file);

	const manager = readManager(root, specifiers);
	const passed = passedVariables(root, applyWords(named('PassEnvironment')));
	const set = applyEnvironment(named('Environment'), specifiers);
	const files = applyFiles(named('EnvironmentFile'), specifiers);
	const read = readFiles(root, files.result);

	const variables = new Map([...manager.variables, ...passed.variables, ...set.result, ...read.variables]);
	for (const word of applyWords(named('UnsetEnvironment'))) unset(variables, word);
	return {
		unit: service.unit,
		variables,
		files: [...unitPlaces(service.names), ...service.files, ...manager.files, ...read.files],
		faults: [service, manager, passed, set, files, read].flatMap((part) => part.faults),
	};
}

interface Part {
	readonly variables: Variables;
	readonly files: readonly string[];
	readonly faults: readonly NodeFault[];
}

function readManager(root: string, specifiers: Specifiers): Part {
	const mains = managerDirectories.map((directory) => `${directory}/system.conf`);
	const main = mains.find((file) => readNodeFile(root, file).state !== 'missing');
	const directories = managerDirectories.map((directory) => `${directory}/system.conf.d`);
	const files = [...(main === undefined ? [] : [main]), ...dropIns(root, directories)];
	const { settings, faults } = readSettings(root, files, 'Manager');
	const ofKey = settings.filter(({ key }) => key === 'DefaultEnvironment');
	const { result, faults: invalid } = applyEnvironment(ofKey, specifiers);
	return { variables: result, files: [...files, ...directories.slice(0, 2)], faults: [...faults, ...invalid] };
}

/** What the manager, process 1, hands on of its own environment. */
function passedVariables(root: string, names: readonly string[]): Part {
	if (!names.some(concernsPulls)) return { variables: new Map(), files: [], faults: [] };
	const { variables, fault } = readProcessVariables(root, 1);
	const passed = [...variables].filter(([name]) => names.includes(name));
	return { variables: new Map(passed), files: [], faults: fault ? [fault] : [] };
}

function readFiles(root: string, named: readonly NamedFile[]): Part {
	const variables = new Map<string, Variable>();
	const files: string[] = [];
	const faults: NodeFault[] = [];
	for (const { pattern, optional, setting } of named) {
		const paths = expandGlob(root, pattern);
		const parts = paths.map((path) => readVariablesFile(root, path));
		files.push(...paths, ...(paths.includes(pattern) ? [] : [pattern.slice(0, pattern.lastIndexOf('/')) || '/']));
		for (const part of parts) {
			for (const variable of part.variables) variables.set(variable.name, variable);
			faults.push(...part.faults);
		}
		if (!optional && !parts.some((part) => part.present)) faults.push(missing(setting));
	}
	return { variables, files, faults };
}

function missing({ file, line }: PlacedSetting): NodeFault {
	const detail = 'the file that is named here is missing: systemd does not start the service; write - before its path';
	return { file, line, fault: 'setting_invalid', detail };
}

/** The variables of one environment file, in its order. Throws only when this process is out of descriptors. */
export function readVariablesFile(
	root: string,
	file: string,
): { readonly present: boolean; readonly variables: readonly Variable[]; readonly faults: readonly NodeFault[] } {
	const found = readNodeFile(root, file);
	if (found.state === 'missing') return { present: false, variables: [], faults: [] };
	if (found.state === 'unreadable') return { present: true, variables: [], faults: [found.fault] };
	const assignments = parseEnvironmentFile(found.text);
	const refused = assignments.filter(({ name }) => !isVariableName(name) && concernsPulls(name));
	const detail = 'the name is none that systemd takes: it passes the line over; nothing may stand before the name';
	return {
		present: true,
		variables: assignments
			.filter(({ name }) => isVariableName(name))
			.map(({ name, value, line }) => ({ name, value, source: { file, line } })),
		faults: refused.map(({ line }) => ({ file, line, fault: 'setting_invalid', detail })),
	};
}

function unset(variables: Map<string, Variable>, word: string): void {
	const equals = word.indexOf('=');
	const name = equals < 0 ? word : word.slice(0, equals);
	if (equals < 0 || variables.get(name)?.value === word.slice(equals + 1)) variables.delete(name);
}
