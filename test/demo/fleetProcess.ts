import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Directory } from '../real/directory.ts';

/** The demo of a fleet, as a person starts it. */
export interface FleetProcess {
	/** What it has printed when everything is there. */
	readonly text: string;
	readonly prometheus: number;
	/** `http://127.0.0.1:40001` */
	readonly switches: string;
	/** Ends it as Ctrl-C does; its exit code. */
	readonly end: () => Promise<unknown>;
}

/** Starts the demo with a directory before all others of PATH. It is killed when `stack` ends, if it has not ended. */
export async function startFleetProcess(stack: AsyncDisposableStack, firstOfPath: string): Promise<FleetProcess> {
	const env = { ...process.env, PATH: [firstOfPath, process.env['PATH']].join(delimiter) };
	const main = join(import.meta.dirname, 'fleet/main.ts');
	const demo = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'pipe'], env });
	stack.defer(() => void demo.kill('SIGKILL'));
	const exit = once(demo, 'exit');
	const end = async () => {
		demo.kill('SIGINT');
		return (await exit)[0] as unknown;
	};
	let errors = '';
	demo.stderr.on('data', (chunk) => (errors += String(chunk)));
	let text = '';
	for await (const chunk of demo.stdout.iterator({ destroyOnReturn: false })) {
		text += String(chunk);
		if (text.includes('Ctrl-C')) break;
	}
	demo.stdout.resume();
	const prometheus = Number(/^ *prometheus +http:\/\/127\.0\.0\.1:(\d+)\/$/m.exec(text)?.[1]);
	const switches = /^ *switches +(\S+)\/$/m.exec(text)?.[1] ?? '';
	if (!prometheus || switches === '') throw new Error(`the demo has ended, or says something else:\n${text}${errors}`);
	return { text, prometheus, switches, end };
}

/** What a program was started with. */
export interface Recorded {
	readonly args: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
}

/**
 * A program that is called `grafana` and is none: it writes down how it was started, and listens where it is told. It
 * shows what a Grafana is handed, not what one does with it.
 */
export class RecordingGrafana extends Directory {
	/** For PATH. */
	readonly bin: string;
	readonly #record = this.at('record.json');

	constructor() {
		super();
		const script = [
			`#!${process.execPath}`,
			`const { GF_SERVER_HTTP_PORT: port, GF_SERVER_HTTP_ADDR: host } = process.env;`,
			`const record = JSON.stringify({ args: process.argv.slice(2), environment: process.env });`,
			`require('node:fs').writeFileSync(${JSON.stringify(this.#record)}, record);`,
			`require('node:http').createServer((request, response) => response.end()).listen(Number(port), host);`,
		];
		this.bin = this.at('bin');
		this.write('conf/defaults.ini', '');
		chmodSync(this.write('bin/grafana', script.join('\n')), 0o755);
	}

	/** How it was started; undefined until then. */
	recorded(): Recorded | undefined {
		return existsSync(this.#record) ? (JSON.parse(readFileSync(this.#record, 'utf8')) as Recorded) : undefined;
	}
}
