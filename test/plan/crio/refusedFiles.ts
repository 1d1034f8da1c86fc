import { mirror, registry } from './conf.ts';

/** What is wrong with a file, and its text. */
export type RefusedFile = readonly [name: string, text: string];

/** Texts of registries.conf with which nothing can be pulled. */
export const refusedFiles: readonly RefusedFile[] = [
	['no TOML', '[[registry'],
	['a location with a scheme', registry('location = "https://registry.example"')],
	['an entry without names', registry('insecure = true')],
	['a prefix without location', registry('prefix = "registry.example"')],
	['a wildcard with a path', registry('prefix = "*.example.com/a"\nlocation = "a.example"')],
	['a mirror without location', registry('location = "a.example"') + mirror('insecure = true')],
	['pull-from-mirror at the registry', registry('location = "a.example"\npull-from-mirror = "all"')],
	[
		'pull-from-mirror with another word',
		registry('location = "a.example"') + mirror('location = "b"\npull-from-mirror = "no"'),
	],
	[
		'pull-from-mirror beside mirror-by-digest-only',
		registry('location = "a.example"\nmirror-by-digest-only = true') +
			mirror('location = "b"\npull-from-mirror = "all"'),
	],
	[
		'entries that contradict each other',
		registry('location = "a.example"\nblocked = true') + registry('prefix = "b"\nlocation = "a.example"'),
	],
	['version 1 and 2 together', '[registries.search]\nregistries = ["a"]\n' + registry('location = "a.example"')],
	['a search registry with a path', 'unqualified-search-registries = ["a.example/b"]'],
	['a mode that is none', 'short-name-mode = "maybe"'],
	['an alias to a short name', '[aliases]\na = "b"'],
	['an alias with a tag', '[aliases]\na = "a.example/b:1"'],
	['an alias of a full name', '[aliases]\n"a.example/b" = "a.example/c"'],
	['a number for a text', registry('location = 1')],
	['a text for a flag', registry('location = "a.example"\ninsecure = "true"')],
	['a table for an array of tables', '[registry]\nlocation = "a.example"'],
];

/** Drop-ins with which nothing can be pulled. */
export const refusedDropIns: readonly RefusedFile[] = [
	['version 1 in a drop-in', '[registries.search]\nregistries = ["a"]\n'],
	['a drop-in that is no TOML', '='],
];
