import fc from 'fast-check';

const value = fc.oneof(
	fc.constantFrom(
		'"registry.example"',
		'"registry.example/team"',
		'"*.example"',
		'"one.example:5000/a/"',
		'"docker.io"',
		'"mirror"',
		'""',
		'"/"',
		'"a:1"',
		'"digest-only"',
		'"tag-only"',
		'true',
		'false',
		'1',
		'[]',
		'["one.example"]',
		'["one.example", "two.example"]',
		'"\\u001b[31m\\u0000"',
		'{ a = "b" }',
		'[{ location = "registry.example" }]',
	),
	fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
);
const key = fc.constantFrom(
	'location',
	'prefix',
	'insecure',
	'blocked',
	'mirror-by-digest-only',
	'pull-from-mirror',
	'unqualified-search-registries',
	'short-name-mode',
	'registries',
	'app',
	'"team/app"',
	'__proto__',
	'Location',
);
const line = fc.oneof(
	{ weight: 3, arbitrary: fc.tuple(key, value).map((pair) => pair.join(' = ')) },
	fc.constantFrom('[[registry]]', '[[registry.mirror]]', '[aliases]', '[registries.block]', '[registry]'),
	fc.constantFrom(
		'[[registry]]\nlocation = "registry.example"',
		'[[registry]]\nprefix = "*.example"\nlocation = "one.example"',
	),
);

/** Texts that are, or nearly are, a registries.conf. */
export const anyRegistriesConf = fc.oneof(
	fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
	fc.string({ unit: 'binary' }),
);
