import { quotedChoice, quotedLocation, quotedWord } from '../../registry/quotable.ts';
import type { NodeFault } from '../fault.ts';
import type { CrioMirror, CrioRegistry } from './facts.ts';
import { locationIn } from './location.ts';
import { InvalidSetting, type Settings } from './settings.ts';

const registryKeys = [
	'prefix',
	'location',
	'insecure',
	'blocked',
	'mirror-by-digest-only',
	'mirror',
	'pull-from-mirror',
] as const;
const mirrorKeys = ['location', 'insecure', 'pull-from-mirror'] as const;
const mostMirrors = 200;

/**
 * One `[[registry]]` as containers/image reads it (containers-registries.conf(5)); what it passes over is put to
 * `faults`. Throws `InvalidSetting` for what it refuses.
 */
export function readRegistry(settings: Settings, faults: NodeFault[]): CrioRegistry {
	const location = locationIn(settings, 'location');
	const prefix = locationIn(settings, 'prefix') || location;
	checkNames(settings, prefix, location);
	if (settings.text('pull-from-mirror')?.value) {
		throw new InvalidSetting('pull-from-mirror belongs into [[registry.mirror]]', settings.line);
	}
	const digestOnly = settings.flag('mirror-by-digest-only')?.value ?? false;
	const tables = settings.tables('mirror') ?? [];
	if (tables.length > mostMirrors) throw new InvalidSetting(`more than ${mostMirrors} mirrors`, settings.line);
	const blocked = settings.flag('blocked');
	noteUnknown(settings, registryKeys, faults);
	for (const table of tables) noteUnknown(table, mirrorKeys, faults);
	noteNeverMatching(settings, prefix, faults);
	return {
		prefix,
		location,
		insecure: settings.flag('insecure')?.value ?? false,
		blocked: blocked?.value ?? false,
		mirrors: tables.map((table) => readMirror(table, digestOnly)),
		source: settings.place(),
		blockedAt: blocked?.source ?? settings.place(),
	};
}

function readMirror(settings: Settings, digestOnly: boolean): CrioMirror {
	const location = locationIn(settings, 'location');
	if (location === '') throw new InvalidSetting('the mirror has no location', settings.line);
	const pull = settings.text('pull-from-mirror')?.value ?? '';
	if (digestOnly && pull !== '') {
		throw new InvalidSetting('pull-from-mirror and mirror-by-digest-only exclude each other', settings.line);
	}
	if (pull !== '' && pull !== 'all' && pull !== 'digest-only' && pull !== 'tag-only') {
		const choice = 'all, digest-only, tag-only';
		throw new InvalidSetting(
			`pull-from-mirror must be one of ${choice}, not ${quotedChoice(pull, 'what stands there')}`,
			settings.line,
		);
	}
	const insecure = settings.flag('insecure')?.value ?? false;
	return { location, insecure, pull: digestOnly ? 'digest-only' : pull || 'all', source: settings.place() };
}

function checkNames({ line }: Settings, prefix: string, location: string): void {
	const wildcard = prefix.startsWith('*.');
	if (prefix === '') throw new InvalidSetting('the registry has neither prefix nor location', line);
	if (location === '' && !wildcard) {
		throw new InvalidSetting('the registry has no location; only a prefix like *.example.com may go without', line);
	}
	if (wildcard && /[/@:]/.test(prefix)) {
		throw new InvalidSetting(
			`${quotedLocation(prefix, 'the prefix')} has more behind the wildcard than a host, like *.example.com`,
			line,
		);
	}
}

/** Prefixes that are allowed and match no image, since names are compared in their canonical form. */
function noteNeverMatching(settings: Settings, prefix: string, faults: NodeFault[]): void {
	const why = whyNeverMatching(prefix);
	if (why === undefined) return;
	const source = settings.has('prefix') ? settings.text('prefix')?.source : settings.text('location')?.source;
	const detail = `the prefix ${quotedLocation(prefix, 'of this entry')} matches no image: ${why}; CRI-O never uses this entry`;
	faults.push({ ...(source ?? settings.place()), fault: 'setting_ignored', detail });
}

function whyNeverMatching(prefix: string): string | undefined {
	const path = prefix.includes('/') ? prefix.slice(prefix.lastIndexOf('/')) : '';
	if (prefix.includes('@') || path.includes(':')) return 'it is compared with names without tag and digest';
	if (prefix.includes('*') && !/^\*\.[^*]*$/.test(prefix))
		return 'a wildcard stands at the beginning only: *.example.com';
	if (/^index\.docker\.io(?:\/|$)/.test(prefix)) return 'images of Docker Hub are named docker.io';
	return undefined;
}

function noteUnknown(settings: Settings, known: readonly string[], faults: NodeFault[]): void {
	for (const { value, source } of settings.unknown(known)) {
		faults.push({
			...source,
			fault: 'setting_ignored',
			detail: `there is no setting ${quotedWord(value, 'of such a name')} here`,
		});
	}
}
