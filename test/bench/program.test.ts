import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startedBy } from '../../bench/program.ts';

test('the agent is started with the flags and the environment of the image', () => {
	const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
	const { command, environment } = startedBy(scripts['start:image'] ?? '', '/made/registry-probe.mjs');
	expect(command.at(-1)).toBe('/made/registry-probe.mjs');
	const image = readFileSync('Dockerfile', 'utf8');
	for (const flag of command.slice(1, -1)) expect(image).toContain(`"${flag}"`);
	for (const [name, value] of Object.entries(environment)) expect(image).toContain(`ENV ${name}=${value}`);
});

test.each(['', 'node other.mjs', 'dist/registry-probe.mjs', 'env node dist/registry-probe.mjs'])(
	'%j is refused',
	(script) => {
		expect(() => startedBy(script, '/made')).toThrow('start:image');
	},
);
