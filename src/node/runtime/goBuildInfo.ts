import { buildInfoStretch, type ReadAt } from './elf.ts';

/** A module that a Go program is made of. */
export interface GoModule {
	readonly path: string;
	/** `v2.4.2`, `(devel)`. */
	readonly version: string;
}

/** What a Go program says of how it was built (https://pkg.go.dev/runtime/debug#BuildInfo). */
export interface GoBuildInfo {
	/** `go1.26.3`. */
	readonly goVersion: string;
	/** Package path of the main program. */
	readonly path: string;
	readonly main?: GoModule;
	/** What was built in place of a module stands under the module's own path. */
	readonly dependencies: ReadonlyMap<string, GoModule>;
	/** `-ldflags`, `GOARCH` and the like, as they stand there: quoted where they hold spaces. */
	readonly settings: ReadonlyMap<string, string>;
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const headerBytes = 32;
const alignment = 16;
/** The linker puts it near the beginning of the data. */
const mostSearched = 1024 ** 2;
/** The list of k3s, which holds all of Kubernetes, has about 60,000 characters. */
const mostText = 1024 ** 2;
const mostModules = 5000;
/** A version 0x2 of the header: the texts follow it (Go 1.18 and later). */
const inline = 2;

/**
 * The build information in a Go program for Linux, as `go version -m` shows it; undefined when there is none, or when
 * it was built by a Go older than 1.18. Throws what `read` throws.
 */
export function readGoBuildInfo(read: ReadAt): GoBuildInfo | undefined {
	const stretch = buildInfoStretch(read);
	if (!stretch) return undefined;
	const data = read(stretch.offset, Math.min(stretch.length, mostSearched));
	const at = findMagic(data);
	if (at === undefined || ((data[at + 15] ?? 0) & inline) === 0) return undefined;
	const version = readText(read, stretch.offset + at + headerBytes);
	const modules = version && readText(read, version.end);
	if (!version || !modules) return undefined;
	return { goVersion: version.text.toString('latin1'), ...parseModules(unframed(modules.text)) };
}

function findMagic(data: Buffer): number | undefined {
	for (let at = data.indexOf(magic); at >= 0; at = data.indexOf(magic, at + 1)) {
		if (at % alignment === 0 && at + headerBytes <= data.length) return at;
	}
	return undefined;
}

/** A text with its length in front, as a varint. */
function readText(read: ReadAt, offset: number): { text: Buffer; end: number } | undefined {
	const head = read(offset, 10);
	let length = 0;
	let bytes = 0;
	for (const byte of head) {
		length += (byte & 0x7f) * 2 ** (7 * bytes++);
		if (byte < 0x80) break;
	}
	if (bytes === 0 || length > mostText) return undefined;
	const text = read(offset + bytes, length);
	return text.length < length ? undefined : { text, end: offset + bytes + length };
}

/** The list of modules stands between two marks of 16 bytes. */
function unframed(text: Buffer): string {
	const framed = text.length >= 33 && text[text.length - 17] === 0x0a;
	return framed ? text.toString('utf8', 16, text.length - 16) : '';
}

/** Reads the lines `path`, `mod`, `dep`, `=>` and `build`; others are passed over. */
export function parseModules(text: string): Omit<GoBuildInfo, 'goVersion'> {
	const dependencies = new Map<string, GoModule>();
	const settings = new Map<string, string>();
	let path = '';
	let main: GoModule | undefined;
	let last: string | undefined;
	for (const line of text.split('\n', mostModules)) {
		const [word, first = '', version = ''] = line.split('\t');
		const module = { path: first, version };
		if (word === 'path') path = first;
		if (word === 'mod') main = module;
		if (word === 'dep') dependencies.set((last = first), module);
		if (word === '=>' && last !== undefined) dependencies.set(last, module);
		const equals = first.indexOf('=');
		if (word === 'build' && equals > 0) settings.set(first.slice(0, equals), line.slice(line.indexOf('=') + 1));
	}
	return { path, ...(main && { main }), dependencies, settings };
}
