import type { CrioFacts, Placed } from '../../node/crio/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import { printable } from '../../registry/redact.ts';
import type { Runtime } from '../pullHost.ts';
import { enforces } from './shortName.ts';
import { type Change, has } from './versions.ts';

/** What is wrong with a node's settings for CRI-O whatever image is pulled: the reader's faults, and those of the version. */
export function crioFaults(facts: CrioFacts, { version }: Runtime): readonly NodeFault[] {
	const { settings } = facts;
	const since: readonly (readonly [Placed<unknown> | undefined, Change])[] = [
		[settings.pullProgressTimeout, 'pull_progress_timeout'],
		[settings.autoReloadRegistries, 'auto_reload_registries'],
		[settings.namespacedAuthDir, 'namespaced_auth_dir'],
		[settings.shortNameMode, 'short_name_mode'],
	];
	const unknown = since.flatMap(([setting, name]) =>
		setting && !has(version, name) ? [ignored(setting, `CRI-O ${printable(version, 40)} does not know ${name}`)] : [],
	);
	return [...facts.faults, ...unknown, ...dropped(facts, version), ...overruled(facts, version)];
}

function dropped({ settings }: CrioFacts, version: string): readonly NodeFault[] {
	const { insecureRegistries: insecure, registries } = settings;
	const names = insecure && insecure.value.length > 0 && has(version, 'insecure_registries_dropped');
	return [
		...(names
			? [ignored(insecure, 'insecure_registries has no effect since CRI-O 1.35; set insecure in registries.conf')]
			: []),
		...(registries && registries.value.length > 0
			? [ignored(registries, 'registries has no effect; set unqualified-search-registries in registries.conf')]
			: []),
	];
}

/** `short-name-mode` of registries.conf is not CRI-O's; it matters only where names can be ambiguous. */
function overruled(facts: CrioFacts, version: string): readonly NodeFault[] {
	const { shortNameMode: mode, search } = facts.registries;
	if (!mode || (search?.value.length ?? 0) < 2 || (mode.value === 'enforcing') === enforces(facts, version)) return [];
	const does = enforces(facts, version) ? 'refuses ambiguous names' : 'tries all registries of an ambiguous name';
	return [ignored(mode, `CRI-O does not look at short-name-mode and ${does}; its own setting is short_name_mode`)];
}

function ignored({ source }: Placed<unknown>, detail: string): NodeFault {
	return { ...source, fault: 'setting_ignored', detail };
}
