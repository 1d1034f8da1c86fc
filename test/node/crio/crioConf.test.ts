import { expect, test } from 'vitest';

import type { CrioFacts } from '../../../src/node/crio/facts.ts';
import { readCrio } from '../../../src/node/crio/readCrio.ts';
import { makeNode } from '../../fakes/node.ts';

async function factsOf(files: Readonly<Record<string, string>>): Promise<CrioFacts> {
	await using node = await makeNode({ files });
	return readCrio(node.root);
}

test('the settings of pulls are found where they stand', async () => {
	const { present, settings, faults } = await factsOf({
		'etc/crio/crio.conf': `
[crio.image]
global_auth_file = "/var/lib/kubelet/config.json"
pause_image = "registry.example/pause:1"
pinned_images = ["registry.example/a", "registry.example/b*"]
pull_progress_timeout = "1m30s"
insecure_registries = ["10.0.0.0/8"]
short_name_mode = "disabled"
auto_reload_registries = true
`,
	});
	const at = (line: number) => ({ file: '/etc/crio/crio.conf', line });
	expect({ present, faults }).toEqual({ present: true, faults: [] });
	expect(settings).toEqual({
		globalAuthFile: { value: '/var/lib/kubelet/config.json', source: at(3) },
		pauseImage: { value: 'registry.example/pause:1', source: at(4) },
		pinnedImages: { value: ['registry.example/a', 'registry.example/b*'], source: at(5) },
		pullProgressTimeout: { value: 90, source: at(6) },
		insecureRegistries: { value: ['10.0.0.0/8'], source: at(7) },
		shortNameMode: { value: 'disabled', source: at(8) },
		autoReloadRegistries: { value: true, source: at(9) },
	});
});

test('of drop-ins the last one wins, whatever its name, also in directories', async () => {
	const image = (path: string) => `[crio.image]\npause_image = "registry.example/${path}"`;
	const { settings } = await factsOf({
		'etc/crio/crio.conf': `${image('main')}\nglobal_auth_file = "/a.json"`,
		'etc/crio/crio.conf.d/10-a.conf': image('a'),
		'etc/crio/crio.conf.d/20-b/x': image('b'),
		'etc/crio/crio.conf.d/15.bak': image('c'),
	});
	expect(settings.pauseImage).toEqual({
		value: 'registry.example/b',
		source: { file: '/etc/crio/crio.conf.d/20-b/x', line: 2 },
	});
	expect(settings.globalAuthFile?.value).toBe('/a.json');
});

test('a number of nanoseconds is a duration too', async () => {
	const { settings } = await factsOf({ 'etc/crio/crio.conf': '[crio.image]\npull_progress_timeout = 2000000000' });
	expect(settings.pullProgressTimeout?.value).toBeCloseTo(2);
});

test.each([
	['no TOML', '[crio.image', 'file_invalid', 1],
	['another type', '[crio.image]\npinned_images = "a"', 'file_invalid', 2],
	['a time without unit', '[crio.image]\npull_progress_timeout = "30"', 'file_invalid', 2],
	['a mode that is none', '[crio.image]\nshort_name_mode = "permissive"', 'setting_invalid', 2],
])('%s is a fault', async (_name, text, fault, line) => {
	const { faults } = await factsOf({ 'etc/crio/crio.conf.d/a': text });
	expect(faults).toMatchObject([{ file: '/etc/crio/crio.conf.d/a', line, fault }]);
});
