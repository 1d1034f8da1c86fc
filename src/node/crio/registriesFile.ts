import { quotedChoice, quotedWord } from '../../registry/quotable.ts';
import type { NodeFault } from '../fault.ts';
import { readToml } from '../toml.ts';
import { type Aliases, readAliases } from './aliases.ts';
import type { CrioRegistry, Placed } from './facts.ts';
import { hostsOf } from './location.ts';
import { readRegistries, readVersion1 } from './registryList.ts';
import { InvalidSetting, Settings } from './settings.ts';

const keys = [
	'registry',
	'unqualified-search-registries',
	'credential-helpers',
	'short-name-mode',
	'additional-layer-store-auth-helper',
	'aliases',
	'registries',
] as const;
const version2Keys = keys.filter((key) => key !== 'registries');
const version1Lists = ['search', 'insecure', 'block'] as const;

/** What one registries.conf, or one drop-in, says. */
export interface RegistriesFile {
	readonly registries: readonly CrioRegistry[];
	readonly search?: Placed<readonly string[]>;
	readonly credentialHelpers?: Placed<readonly string[]>;
	readonly shortNameMode?: Placed<string>;
	readonly aliases: Aliases;
	/** What its reader passes over. */
	readonly faults: readonly NodeFault[];
}

/**
 * Reads one file of containers-registries.conf(5), of version 1 or 2; a drop-in must be of version 2. Throws
 * `InvalidToml` or `InvalidSetting` where containers/image refuses the file.
 */
export function readRegistriesFile(text: string, file: string, dropIn: boolean): RegistriesFile {
	const settings = new Settings(readToml(text), file);
	const faults: NodeFault[] = settings.unknown(keys).map(({ value, source }) => ({
		...source,
		fault: 'setting_ignored',
		detail: `there is no setting ${quotedWord(value, 'of such a name')} here`,
	}));
	const version1 = version1In(settings);
	if (version1 && dropIn) throw new InvalidSetting('it is of version 1; a drop-in must be of version 2', version1.line);
	if (version1 && saysAnything(settings)) {
		throw new InvalidSetting('it mixes version 1, [registries.…], with settings of version 2', version1.line);
	}
	const search = version1
		? version1.table('search')?.texts('registries')
		: settings.texts('unqualified-search-registries');
	const credentialHelpers = settings.texts('credential-helpers');
	const shortNameMode = modeIn(settings);
	settings.text('additional-layer-store-auth-helper');
	return {
		registries: version1 ? readVersion1(version1) : readRegistries(settings.tables('registry') ?? [], faults),
		...(search && { search: hostsOf(search) }),
		...(credentialHelpers && { credentialHelpers }),
		...(shortNameMode && { shortNameMode }),
		aliases: readAliases(settings),
		faults,
	};
}

/** The table of version 1 where it says anything. */
function version1In(settings: Settings): Settings | undefined {
	const table = settings.table('registries');
	return version1Lists.some((list) => table?.table(list)?.texts('registries')) ? table : undefined;
}

/** Whether any setting of version 2 is there; an empty text counts as none. */
function saysAnything(settings: Settings): boolean {
	const texts: readonly string[] = ['short-name-mode', 'additional-layer-store-auth-helper'];
	return version2Keys.some((key) => (texts.includes(key) ? settings.text(key)?.value : settings.has(key)));
}

function modeIn(settings: Settings): Placed<string> | undefined {
	const mode = settings.text('short-name-mode');
	if (!mode || mode.value === '') return undefined;
	if (['enforcing', 'permissive', 'disabled'].includes(mode.value)) return mode;
	const choice = 'enforcing, permissive, disabled';
	const found = quotedChoice(mode.value, 'what stands there');
	throw new InvalidSetting(`short-name-mode must be one of ${choice}, not ${found}`, mode.source.line ?? 1);
}
