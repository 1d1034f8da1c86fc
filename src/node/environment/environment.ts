import { Secret } from '../../registry/secret.ts';
import type { NodeFault, Place } from '../fault.ts';
import type { DetectedRuntime } from '../runtime/runtime.ts';
import { changesAfterStart } from './changesAfterStart.ts';
import { type FileEnvironment, readFileEnvironment } from './fileEnvironment.ts';
import { readProcessVariables } from './processVariables.ts';
import { pullVariables, type Variable, type Variables } from './variable.ts';

/** A variable of the runtime's environment with the place that gave it. */
export interface EnvironmentSetting<T> {
	/** As it is written there: `https_proxy`, `CONTAINERD_HTTPS_PROXY`. */
	readonly name: string;
	readonly value: T;
	readonly source: Place;
}

/** What the runtime's environment says about pulls. */
export interface RuntimeEnvironment {
	/** Proxies may hold a login. */
	readonly httpProxy?: EnvironmentSetting<Secret>;
	readonly httpsProxy?: EnvironmentSetting<Secret>;
	readonly noProxy?: EnvironmentSetting<string>;
	readonly sslCertFile?: EnvironmentSetting<string>;
	/** Directories with `:` between them. */
	readonly sslCertDir?: EnvironmentSetting<string>;
	readonly godebug?: EnvironmentSetting<string>;
	/** Who said it, for people: `process 812`, `containerd.service`, `files`; `nobody` where nothing could be read. */
	readonly reader: string;
	/** Whose change may change this answer, as paths on the node. */
	readonly files: readonly string[];
	readonly faults: readonly NodeFault[];
}

/**
 * The environment of the node's runtime: that of its process where it can be read, else what its unit and environment
 * files would give it. Of each pair of names the upper case one counts, an empty value counts as none, as for Go
 * (https://pkg.go.dev/golang.org/x/net/http/httpproxy). Throws only when this process is out of descriptors.
 */
export function readRuntimeEnvironment(root: string, runtime: DetectedRuntime): RuntimeEnvironment {
	const { process } = runtime;
	const files = readFileEnvironment(root, runtime, process?.unit);
	const own = process && readProcessVariables(root, process.pid);
	const seen = own && !own.fault ? own.variables : undefined;
	const variables = seen ? placed(seen, files.variables) : files.variables;
	const fromFiles = files.unit ?? (files.variables.size > 0 ? 'files' : 'nobody');
	return {
		...settingsOf(variables),
		reader: process && seen ? `process ${process.pid}` : fromFiles,
		files: [...new Set([...files.files, ...(process ? [`/proc/${process.pid}`] : [])])],
		faults: [
			...files.faults,
			...(own?.fault ? [own.fault] : []),
			...(runtime.present && !process && fromFiles === 'nobody' ? [unseen] : []),
			...changed(root, runtime, files, seen),
		],
	};
}

const unseen: NodeFault = {
	file: '/proc',
	fault: 'file_unreadable',
	detail:
		"neither the runtime's process nor a unit that starts it is below the root, so that its proxy is unknown: " +
		"the agent needs the node's / with its /proc there, or its /etc and /usr/lib/systemd",
};

/** What the process was started with, with the place in the files where that stands. */
function placed(seen: Variables, files: Variables): Variables {
	const both = [...seen].map(([name, variable]) => {
		const inFile = files.get(name);
		return [name, inFile?.value === variable.value ? inFile : variable] as const;
	});
	return new Map(both);
}

const mostChanges = 5;
const started = 'the environment that it was started with';

/** Variables that stand otherwise in the files than in the process, where the files are younger than the process. */
function changed(root: string, { process }: DetectedRuntime, files: FileEnvironment, seen?: Variables): NodeFault[] {
	const names = pullVariables.filter((name) => !seen || seen.get(name)?.value !== files.variables.get(name)?.value);
	const places = names.flatMap((name) => {
		const inFile = files.variables.get(name);
		if (inFile) return [inFile.source];
		// It is gone from the files: a directory or a file that it stood in has changed since.
		return seen?.has(name) === true && files.unit !== undefined ? files.files.map((file) => ({ file })) : [];
	});
	const faults = changesAfterStart(root, process, [...new Set(places.map(({ file }) => file))], started);
	return faults.slice(0, mostChanges).map((fault) => ({ ...places.find(({ file }) => file === fault.file), ...fault }));
}

function settingsOf(variables: Variables): Omit<RuntimeEnvironment, 'reader' | 'files' | 'faults'> {
	const first = (...names: string[]) =>
		names.map((name) => variables.get(name)).find((one) => (one?.value ?? '') !== '');
	const httpProxy = secretOf(first('HTTP_PROXY', 'http_proxy'));
	const httpsProxy = secretOf(first('HTTPS_PROXY', 'https_proxy'));
	const noProxy = first('NO_PROXY', 'no_proxy');
	const sslCertFile = first('SSL_CERT_FILE');
	const sslCertDir = first('SSL_CERT_DIR');
	const godebug = first('GODEBUG');
	return {
		...(httpProxy && { httpProxy }),
		...(httpsProxy && { httpsProxy }),
		...(noProxy && { noProxy }),
		...(sslCertFile && { sslCertFile }),
		...(sslCertDir && { sslCertDir }),
		...(godebug && { godebug }),
	};
}

function secretOf(variable: Variable | undefined): EnvironmentSetting<Secret> | undefined {
	return variable && { ...variable, value: new Secret(variable.value) };
}
