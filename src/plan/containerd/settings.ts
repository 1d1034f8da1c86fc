import type { ContainerdFacts, CriSettings } from '../../node/containerd/facts.ts';
import type { NodeFault, Place } from '../../node/fault.ts';
import { chooseSections } from './sections.ts';
import { has } from './traits.ts';

/** What containerd's own configuration comes to, for one version. */
export interface EffectiveSettings {
	/** Absent where no file says anything about pulls. */
	readonly settings?: CriSettings;
	/** Why containerd pulls no image at all with these settings. */
	readonly refused?: string;
	readonly faults: readonly NodeFault[];
}

/** The settings that a version makes of the files, and what is wrong with them. */
export function effectiveSettings(facts: ContainerdFacts, version: string): EffectiveSettings {
	const { settings, sections, faults } = chooseSections(facts, version);
	if (!settings) return { faults };
	const mistyped = sections.find((section) => section.mistyped)?.mistyped;
	const refusal = mistyped ?? contradiction(settings, version);
	if (!refusal) return { settings, faults: [...faults, ...withoutEffect(settings, version)] };
	const detail = `containerd ${version} refuses these settings, and pulls nothing: ${refusal.why}.`;
	return { settings, refused: detail, faults: [...faults, { ...refusal.place, fault: 'setting_invalid', detail }] };
}

interface Refusal {
	readonly place: Place;
	readonly why: string;
}

/** What containerd's own check refuses (`ValidateImageConfig`, before 2.0 `ValidatePluginConfig`). */
function contradiction(settings: CriSettings, version: string): Refusal | undefined {
	const { configPath, imagePullProgressTimeout, mirrors, configs } = settings;
	const named = configPath !== undefined && configPath.value !== '';
	const byDefault = has(version, 'defaultDirectories') && !has(version, 'mirrorsBesideDefault') && !configPath;
	const [mirror] = mirrors.values();
	if (mirror && (named || byDefault))
		return { place: mirror.place, why: '"mirrors" cannot be set beside "config_path"' };
	const tls = [...configs.values()].find((config) => config.tls);
	if (tls && named && !has(version, 'withoutLegacyTls')) {
		return { place: tls.place, why: '"configs" with "tls" cannot be set beside "config_path"' };
	}
	if (imagePullProgressTimeout && imagePullProgressTimeout.value === undefined && has(version, 'progressTimeout')) {
		return { place: imagePullProgressTimeout.place, why: '"image_pull_progress_timeout" is no duration' };
	}
	return undefined;
}

function withoutEffect({ configs }: CriSettings, version: string): NodeFault[] {
	if (!has(version, 'withoutLegacyTls')) return [];
	const detail = `containerd ${version} knows no "tls" here any more: certificates belong into hosts.toml.`;
	return [...configs.values()].flatMap(({ tls }) => (tls ? [{ ...tls.place, fault: 'setting_ignored', detail }] : []));
}
