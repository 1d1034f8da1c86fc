import type { Config } from '../config/config.ts';
import { ConfigurationError, type Fault, formatFault } from '../config/fault.ts';
import { watchConfig } from '../config/watch.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';

interface ReloadParts {
	readonly load: () => Promise<Config>;
	readonly log: Log;
	readonly store: Pick<Store, 'setConfiguration'>;
	/** The configuration that the agent starts with. */
	readonly first: Config;
}

export interface Reload {
	/** Reads the configuration again, after a reading that is under way. */
	readonly reload: () => void;
	/** Looks at the files no more. */
	stop(): void;
}

/** Faults of one reading that are told: those of a file that is all rubbish help nobody. */
const mostTold = 50;
/** Milliseconds until a configuration that was refused is read again. */
const untilRetry = 2000;

/**
 * Applies the first configuration, and each later one when a file changes or `reload` is called. One that cannot be
 * used changes nothing: its faults are logged and shown, and the agent goes on with the one before. It is read again all
 * the time, in silence while the faults stay the same: what was in its way may be no file (no descriptor was left).
 */
export async function createReload(
	{ load, log, store, first }: ReloadParts,
	apply: (config: Config) => Promise<void>,
): Promise<Reload> {
	const stop = new AbortController();
	let { files } = first;
	let since = Date.now();
	let last = Promise.resolve();
	let waiting = false;
	let told = '';
	let retry: NodeJS.Timeout | undefined;

	const use = async (config: Config) => {
		await apply(config);
		files = config.files;
		since = Date.now();
		told = '';
		store.setConfiguration({ successful: true, at: since, faults: [] });
	};
	const refuse = ({ message, faults, files: named }: ConfigurationError) => {
		files = [...new Set([...files, ...named])];
		retry = setTimeout(begin, untilRetry).unref();
		if (message === told) return;
		told = message;
		const some = faults.slice(0, mostTold);
		store.setConfiguration({ successful: false, at: Date.now(), faults: some.map(shown) });
		for (const fault of some) log.error(formatFault(fault));
		if (faults.length > mostTold) log.error('there are more faults', { faults: faults.length });
		log.warn('the agent keeps running with its old configuration', { since: new Date(since).toISOString() });
	};
	const again = async () => {
		waiting = false;
		clearTimeout(retry);
		try {
			const config = await load();
			if (stop.signal.aborted) return;
			await use(config);
			log.info('configuration reloaded', { file: config.file });
			tellRestart(first, config, log);
		} catch (error) {
			if (!(error instanceof ConfigurationError)) throw error;
			if (!stop.signal.aborted) refuse(error);
		}
	};
	const begin = () => {
		// A reading that has not begun will see what this one would.
		if (waiting || stop.signal.aborted) return;
		waiting = true;
		last = last.then(again);
	};
	const reload = () => {
		told = '';
		begin();
	};

	await use(first);
	watchConfig(() => files, reload, stop.signal);
	return { reload, stop: () => stop.abort() };
}

function shown({ file, line, column, path, wrong, remedy }: Fault) {
	const place = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
	return { file, ...place, path, fault: `${wrong}; ${remedy}` };
}

/** Says which new settings wait for a restart. */
function tellRestart(first: Config, now: Config, log: Log): void {
	const same = {
		listen: first.listen.host === now.listen.host && first.listen.port === now.listen.port,
		tls: (first.tls === undefined) === (now.tls === undefined),
		authentication: first.authentication === now.authentication,
		'node.name': first.node.name === now.node.name,
		'node.network': first.node.network === now.node.network,
	};
	for (const [setting, kept] of Object.entries(same))
		if (!kept) log.warn('a new value waits for a restart', { setting });
}
