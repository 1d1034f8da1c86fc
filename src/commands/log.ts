import { printable } from '../registry/redact.ts';
import { logLevels, type LogLevel } from './options.ts';

/** What a line says beside its message; undefined values are left out. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

type Line = (message: string, fields?: LogFields) => void;

/** One line for each call, when its level is asked for. */
export type Log = Readonly<Record<LogLevel, Line>> & {
	/** The most talkative level that is written. */
	readonly level: LogLevel;
};

export interface LogOptions {
	readonly level: LogLevel;
	/** Text for people; else a JSON object a line. */
	readonly text: boolean;
	/** Gets each line with its line break. */
	readonly write: (line: string) => void;
	/** Milliseconds since the epoch. */
	readonly now?: () => number;
}

/** Characters of one field that are written. */
const longestField = 500;

/** A log without buffers, files or colours. No text from outside can break its lines or reach the terminal raw. */
export function createLog({ level, text, write, now = Date.now }: LogOptions): Log {
	const rank = logLevels.indexOf(level);
	const format = text ? formatText : formatJson;
	const line =
		(of: LogLevel): Line =>
		(message, fields = {}) => {
			if (logLevels.indexOf(of) <= rank) write(`${format(of, message, clean(fields), now())}\n`);
		};
	return { level, error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') };
}

/** The log of this process: to standard error, as text when that is a terminal. */
export function processLog(level: LogLevel): Log {
	return createLog({
		level,
		text: process.stderr.isTTY,
		write: (line) => process.stderr.write(line),
	});
}

type Clean = readonly (readonly [string, string | number | boolean])[];

function clean(fields: LogFields): Clean {
	return Object.entries(fields).flatMap(([name, value]) => {
		if (value === undefined) return [];
		return [[name, typeof value === 'string' ? printable(value, longestField) : value] as const];
	});
}

function formatJson(level: LogLevel, message: string, fields: Clean, now: number): string {
	return JSON.stringify({ time: new Date(now).toISOString(), level, message, ...Object.fromEntries(fields) });
}

function formatText(level: LogLevel, message: string, fields: Clean, now: number): string {
	const time = new Date(now).toISOString().slice(11, 19);
	const said = fields.map(([name, value]) => `${name}=${quoted(String(value))}`);
	return [time, level.padEnd(5), message, ...said].join(' ');
}

function quoted(value: string): string {
	return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
