import { readCrioNode } from '../../../src/node/crio/readCrioNode.ts';
import { gist, magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import { NodeRoot, partsOf } from '../nodeRoot.ts';
import type { Target } from '../target.ts';

const root = new NodeRoot();

/** registries.conf, a drop-in of it, crio.conf, and the recorded short names. */
function check(input: Buffer): readonly string[] {
	const [registries = '', dropIn = '', crio = '', recorded = ''] = partsOf(input);
	root.write({
		'etc/containers/registries.conf': registries,
		'etc/containers/registries.conf.d/a.conf': dropIn,
		'etc/crio/crio.conf': crio,
		'var/cache/containers/short-name-aliases.conf': recorded,
	});
	const facts = readCrioNode(root.path);
	mustBeSmall({ ...facts, logins: [] }, 600 * input.length + 50_000);
	for (const { detail, file, line } of facts.faults) {
		mustPrint(detail, 600);
		mustPrint(file);
		must(line === undefined || line >= 1, `line ${line}`);
	}
	const { registries: found, unusable, search, aliases } = facts.registries;
	mustPrint(unusable?.value ?? '', 600);
	const prefixes = found.map(({ prefix }) => prefix);
	must(new Set(prefixes).size === prefixes.length, 'a prefix stands twice');
	return [
		`${magnitude(found.length)} ${magnitude(aliases.size)} ${magnitude(search?.value.length ?? 0)} ${gist(unusable?.value ?? '')}`,
		`${Object.keys(facts.settings).join()}`.slice(0, 90),
		gist(facts.faults[0]?.detail ?? ''),
		gist(facts.recorded.unusable?.value ?? ''),
	];
}

export const target: Target = {
	name: 'crioConfig',
	source: 'src/node/crio/registriesFile.ts, registryList.ts, registryTable.ts, aliases.ts, crioConf.ts, recorded.ts',
	writer: 'files of the node',
	shape: 'lines',
	most: 12 * 1024,
	seeds: [
		'unqualified-search-registries = ["docker.io"]\nshort-name-mode = "enforcing"\ncredential-helpers = ["containers-auth.json"]\n[[registry]]\nprefix = "*.example"\nlocation = "one.example/a"\ninsecure = true\nblocked = false\nmirror-by-digest-only = true\n[[registry.mirror]]\nlocation = "m.example:5000/x"\ninsecure = true\n[aliases]\n"app" = "r.example/team/app"\n%%\n[[registry]]\nlocation = "docker.io"\n[[registry.mirror]]\nlocation = "m"\npull-from-mirror = "tag-only"\n%%\n[crio.image]\nglobal_auth_file = "/a"\npause_image = "p"\npull_progress_timeout = "30s"\nshort_name_mode = "disabled"\ninsecure_registries = ["10.0.0.0/8"]\nauto_reload_registries = true\n%%\n[aliases]\n"x" = ""\n',
		'[registries.search]\nregistries = ["docker.io"]\n[registries.insecure]\nregistries = ["a.example"]\n[registries.block]\nregistries = ["a.example"]\n',
	],
	words: [
		'[[registry]]',
		'[[registry.mirror]]',
		'[aliases]',
		'[registries.block]',
		'prefix',
		'location',
		'insecure',
		'blocked',
		'mirror-by-digest-only',
		'pull-from-mirror',
		'"digest-only"',
		'"all"',
		'"*.example"',
		'"r.example:5000/a/"',
		'"https://x"',
		'"index.docker.io"',
		'""',
		'true',
		'[]',
		'["a"]',
		'unqualified-search-registries',
		'short-name-mode',
		'Location',
		'\n%%\n',
		'[crio.image]',
		'pull_progress_timeout',
		'10',
	],
	check,
};
