import type { ImageIndex, PlatformEntry } from './manifest.ts';

/** What a node runs, in the words of Go: `linux`, `amd64`, `arm64`, `arm` with `v7`. */
export interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant?: string;
}

/**
 * The manifest of an index that containerd would take for a node, or undefined when it would find none
 * (https://github.com/containerd/platforms: `Only`). Better variants go before lesser ones (arm v7 before v6 before v5,
 * arm64 before 32-bit arm, amd64 before 386); an entry that names no platform is the last resort. Attestations
 * (`unknown/unknown`) never match.
 */
export function choosePlatform(index: ImageIndex, platform: Platform): PlatformEntry | undefined {
	const wanted = acceptable(normalize(platform)).map(textOf);
	const rank = (entry: PlatformEntry) => {
		if (entry.os === undefined || entry.architecture === undefined) return wanted.length;
		if (entry.osFeatures) return -1;
		return wanted.indexOf(textOf(normalize({ ...entry, os: entry.os, architecture: entry.architecture })));
	};
	const ranked = index.platforms.map((entry) => ({ entry, rank: rank(entry) })).filter((it) => it.rank >= 0);
	return ranked.sort((a, b) => a.rank - b.rank)[0]?.entry;
}

function textOf({ os, architecture, variant = '' }: Platform): string {
	return JSON.stringify([os, architecture, variant]);
}

/** All platforms whose binaries run here, best first. */
function acceptable(platform: Platform): Platform[] {
	const { os, architecture, variant = '' } = platform;
	if (architecture === 'amd64') return [...lesser(platform, 1).map(normalize), { os, architecture: '386' }];
	if (architecture === 'arm') return lesser(platform, 5);
	if (architecture !== 'arm64') return [platform];
	const variants = arm64Variants(variant || 'v8');
	const own = variants.map((known) => normalize({ os, architecture, variant: known }));
	return own.length === 0 ? [platform] : [...own, ...lesser({ os, architecture: 'arm', variant: 'v8' }, 5)];
}

/** `v7`, `v6`, `v5`: the same architecture from its own variant down to the last. */
function lesser(platform: Platform, last: number): Platform[] {
	const own = Number(/^v(\d)$/.exec(platform.variant ?? '')?.[1] ?? Number.NaN);
	const below = Number.isNaN(own) ? 0 : Math.max(0, own - last);
	const variants = Array.from({ length: below }, (_, at) => `v${own - 1 - at}`);
	return [platform, ...variants.map((variant) => ({ ...platform, variant }))];
}

/** v9.x runs v9.x and below, then v8.(x+5) and below; v8.x runs v8.x and below. */
function arm64Variants(variant: string): string[] {
	const [, major, digits = '0'] = /^v([89])(?:\.(\d))?$/.exec(variant) ?? [];
	const minor = Number(digits);
	const down = (from: number, name: string) =>
		Array.from({ length: from + 1 }, (_, at) => (at === from ? name : `${name}.${from - at}`));
	if (major === '8') return down(minor, 'v8');
	return major === '9' && minor <= 7 ? [...down(minor, 'v9'), ...down(Math.min(minor + 5, 9), 'v8')] : [];
}

const otherNames: Readonly<Record<string, Omit<Platform, 'os'>>> = {
	i386: { architecture: '386', variant: '' },
	x86_64: { architecture: 'amd64' },
	'x86-64': { architecture: 'amd64' },
	aarch64: { architecture: 'arm64' },
	armhf: { architecture: 'arm', variant: 'v7' },
	armel: { architecture: 'arm', variant: 'v6' },
};

function normalize(platform: Platform): Platform {
	const named = platform.architecture.toLowerCase();
	const other = Object.hasOwn(otherNames, named) ? otherNames[named] : undefined;
	const architecture = other?.architecture ?? named;
	const variant = normalizeVariant(architecture, other?.variant ?? platform.variant?.toLowerCase() ?? '');
	return { os: platform.os.toLowerCase() || 'linux', architecture, variant };
}

function normalizeVariant(architecture: string, variant: string): string {
	if (architecture === 'amd64') return variant === 'v1' ? '' : variant;
	if (architecture === 'arm64') {
		if (['8', 'v8', 'v8.0'].includes(variant)) return '';
		return ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant;
	}
	if (architecture !== 'arm') return variant;
	return variant === '' ? 'v7' : /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}
