import { insecure, mirror, registry } from './conf.ts';
import type { Case } from './skopeo.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Hosts that are left out, and files that are put together. */
export const choiceCases: readonly Case[] = [
	['blocked', 0, ({ a }) => ({ image: `${a}/team/app:1`, conf: registry(`${insecure(a)}\nblocked = true`) })],
	[
		'blocked, with a mirror',
		1,
		({ a, b }) => ({
			image: `${a}/team/app:1`,
			conf: registry(`${insecure(a)}\nblocked = true`) + mirror(insecure(b)),
		}),
	],
	[
		'blocked, with another location',
		1,
		({ a }) => ({
			image: 'registry.example/team/app:1',
			conf: registry(`prefix = "registry.example"\nblocked = true\n${insecure(a)}`),
		}),
	],
	[
		'a blocked mirror',
		1,
		({ a, b }) => ({
			image: `${a}/team/app:1`,
			conf: registry(insecure(a)) + mirror(insecure(b)) + registry(`location = "${b}"\nblocked = true`),
		}),
	],
	[
		'mirrors by digest only, for a tag',
		1,
		({ a, b }) => ({
			image: `${a}/team/app:1`,
			conf: registry(`${insecure(a)}\nmirror-by-digest-only = true`) + mirror(insecure(b)),
		}),
	],
	[
		'mirrors by digest only, for a digest',
		2,
		({ a, b }) => ({
			image: `${a}/team/app@${digest}`,
			conf: registry(`${insecure(a)}\nmirror-by-digest-only = true`) + mirror(insecure(b)),
		}),
	],
	[
		'pull-from-mirror, for a tag',
		2,
		({ a, b, c }) => ({
			image: `${a}/team/app:1`,
			conf:
				registry(insecure(a)) +
				mirror(`${insecure(b)}\npull-from-mirror = "digest-only"`) +
				mirror(`${insecure(c)}\npull-from-mirror = "tag-only"`),
		}),
	],
	[
		'pull-from-mirror, for a digest',
		2,
		({ a, b, c }) => ({
			image: `${a}/team/app@${digest}`,
			conf:
				registry(insecure(a)) +
				mirror(`${insecure(b)}\npull-from-mirror = "digest-only"`) +
				mirror(`${insecure(c)}\npull-from-mirror = "tag-only"`),
		}),
	],
	[
		'one prefix twice',
		1,
		({ a, b }) => ({
			image: 'registry.example/team/app:1',
			conf:
				registry(`prefix = "registry.example"\n${insecure(a)}`) +
				registry(`prefix = "registry.example"\n${insecure(b)}`),
		}),
	],
	[
		'drop-ins, the last one wins',
		1,
		({ a, b, c }) => ({
			image: 'registry.example/team/app:1',
			conf: registry(`prefix = "registry.example"\n${insecure(a)}`),
			dropIns: {
				'20-last.conf': registry(`prefix = "registry.example"\n${insecure(c)}`),
				'10-first.conf': registry(`prefix = "registry.example"\n${insecure(b)}`),
				'30-none.txt': registry(`prefix = "registry.example"\n${insecure(a)}`),
			},
		}),
	],
	[
		'version 1, insecure',
		1,
		({ a }) => ({
			image: `${a}/team/app:1`,
			conf: `[registries.insecure]\nregistries = ["${a}"]\n`,
		}),
	],
	[
		'version 1, blocked',
		0,
		({ trusted }) => ({
			image: `${trusted}/team/app:1`,
			conf: `[registries.block]\nregistries = ["${trusted}"]\n`,
		}),
	],
	[
		'version 1, an empty list',
		1,
		({ trusted }) => ({
			image: `${trusted}/team/app:1`,
			conf: '[registries.block]\nregistries = []\n',
		}),
	],
	[
		'keys in other letters',
		1,
		({ a }) => ({
			image: 'registry.example/team/app:1',
			conf: `[[Registry]]\nPREFIX = "registry.example"\nLocation = "${a}"\nInsecure = true\n`,
		}),
	],
	['keys that nobody knows', 1, ({ a }) => ({ image: `${a}/team/app:1`, conf: registry(`${insecure(a)}\nfoo = 1`) })],
];
