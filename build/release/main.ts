import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryOf } from './changelog.ts';
import { imageNames } from './images.ts';
import { writePinned } from './pinned.ts';
import { releaseFaults } from './versions.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The steps of a release that are not left to the host of the workflow: what each is told, and the text that it prints. */
const steps: Readonly<Record<string, (...told: readonly string[]) => string>> = {
	/** `check v1.2.3`: nothing, unless something names another version. */
	check(tag = '') {
		const faults = releaseFaults(root, tag);
		if (faults.length > 0) throw new Error(faults.join('\n'));
		return '';
	},
	/** `notes 1.2.3`: what the changelog says. */
	notes(version = '') {
		const { text } = entryOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version) ?? {};
		if (text === undefined) throw new Error(`CHANGELOG.md has no heading for ${version}`);
		return `${text}\n`;
	},
	/** `images owner/name quay.io/owner/name`: the names to push under, each in a line. */
	images: (repository = '', second = '') => `${imageNames(repository, second).join('\n')}\n`,
	/** `manifests ghcr.io/owner/name@sha256:… DIRECTORY`: writes them there. */
	manifests(image = '', directory = '') {
		if (directory === '') throw new Error('name a directory');
		writePinned(root, image, directory);
		return '';
	},
};

const [name = '', ...told] = process.argv.slice(2);
const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
try {
	if (!step) throw new Error(`name a step: ${Object.keys(steps).join(', ')}`);
	process.stdout.write(step(...told));
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
