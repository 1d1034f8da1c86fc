import { InvalidToml, readTomlDocument, type TomlTable, type TomlValue } from '../../../src/node/toml.ts';
import { allowing, gist, magnitude, must, mustBeSmall } from '../contract.ts';
import type { Target } from '../target.ts';

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	const found = allowing(() => readTomlDocument(text), InvalidToml);
	const lines = text.split('\n').length;
	if (found instanceof InvalidToml) {
		must(found.line >= 1 && found.line <= lines + 1, `line ${found.line} of ${lines}`);
		must(found.message.length < 1000, 'a long message');
		return [gist(found.message)];
	}
	const { top, headers } = found;
	mustBeSmall(top, 100 * text.length + 500);
	must(
		headers.every(({ line, keys }) => line >= 1 && line <= lines && keys.length > 0),
		'a header from elsewhere',
	);
	const kinds = new Set<string>();
	look(top, lines, kinds);
	return [`${[...kinds].toSorted().join()} ${magnitude(headers.length)}`];
}

function look(table: TomlTable, lines: number, kinds: Set<string>): void {
	for (const value of table.values()) lookAt(value, lines, kinds);
}

function lookAt({ value, line }: TomlValue, lines: number, kinds: Set<string>): void {
	must(line >= 1 && line <= lines, `a value in line ${line} of ${lines}`);
	if (value instanceof Map) look(value, lines, kinds);
	else if (Array.isArray(value)) for (const one of value as readonly TomlValue[]) lookAt(one, lines, kinds);
	kinds.add(value instanceof Map ? 'table' : Array.isArray(value) ? 'list' : typeof value);
}

export const target: Target = {
	name: 'toml',
	source: 'src/node/toml.ts',
	writer: 'files of the node',
	shape: 'lines',
	// The parser takes 10 ms for each 1,000 characters.
	most: 16 * 1024,
	seeds: [
		'a = 1\nb.c = "x\\ty\\u00e9"\n[d]\ne = [1, 0x10, -3.5e1, inf, nan, true]\n[[f]]\ng = { h = \'i\', j.k = 1979-05-27T07:32:00Z }\n[[f]]\n[f.l]\n',
		'a = """\none\\\n  two"""\nb = \'\'\'x\'\'\'\n"quoted key" = 07:32:00\n\'\' = 1_000\n',
		'[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "/etc/containerd/certs.d"\n',
	],
	words: [
		'[',
		']',
		'[[',
		']]',
		'=',
		'.',
		',',
		'"',
		"'",
		'"""',
		"'''",
		'{',
		'}',
		'#',
		'\\',
		'\\u00e9',
		'\\U0001F600',
		'0x',
		'0b1',
		'1e5',
		'inf',
		'nan',
		'true',
		'false',
		'1979-05-27',
		'07:32:00',
		'a',
		'\r\n',
		'\n',
		' ',
	],
	check,
};
