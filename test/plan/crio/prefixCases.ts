import { insecure, mirror, registry } from './conf.ts';
import type { Case } from './skopeo.ts';

/** Which hosts are asked, and in what order. */
export const prefixCases: readonly Case[] = [
	['nothing', 1, ({ trusted }) => ({ image: `${trusted}/team/app:1`, conf: '' })],
	['insecure', 1, ({ a }) => ({ image: `${a}/team/app:1`, conf: registry(insecure(a)) })],
	[
		'insecure with TLS that nobody trusts',
		1,
		({ foreign }) => ({
			image: `${foreign}/team/app:1`,
			conf: registry(insecure(foreign)),
		}),
	],
	['TLS that nobody trusts', 0, ({ foreign }) => ({ image: `${foreign}/team/app:1`, conf: '' })],
	[
		'mirrors in their order, then the registry',
		3,
		({ a, b, c }) => ({
			image: `${a}/team/app:1`,
			conf: registry(insecure(a)) + mirror(insecure(c)) + mirror(insecure(b)),
		}),
	],
	[
		'a mirror without insecure before one with',
		2,
		({ a, b, c }) => ({
			image: `${a}/team/app:1`,
			conf: registry(insecure(a)) + mirror(`location = "${b}"`) + mirror(insecure(c)),
		}),
	],
	[
		'insecure on an entry of the mirror’s own',
		1,
		({ a, b }) => ({
			image: `${a}/team/app:1`,
			conf: registry(insecure(a)) + mirror(`location = "${b}"`) + registry(insecure(b)),
		}),
	],
	[
		'a prefix with another location',
		1,
		({ a }) => ({
			image: 'registry.example/team/app:1',
			conf: registry(`prefix = "registry.example"\n${insecure(a)}`),
		}),
	],
	[
		'a prefix with a path, rewritten',
		2,
		({ a, b }) => ({
			image: 'registry.example/team/app:1',
			conf:
				registry(`prefix = "registry.example/team"\n${insecure(`${a}/other/place`)}`) + mirror(insecure(`${b}/cache`)),
		}),
	],
	[
		'a prefix that is a whole repository',
		1,
		({ a }) => ({
			image: 'registry.example/team/app:1',
			conf: registry(`prefix = "registry.example/team/app"\n${insecure(`${a}/elsewhere`)}`),
		}),
	],
	[
		'the longest prefix',
		1,
		({ a, b, c }) => ({
			image: 'registry.example/team/app:1',
			conf: [
				registry(`prefix = "registry.example"\n${insecure(a)}`),
				registry(`prefix = "registry.example/team"\n${insecure(b)}`),
				registry(`prefix = "registry.example/team/ap"\n${insecure(c)}`),
			].join(''),
		}),
	],
	[
		'a prefix without the port',
		1,
		({ a }) => ({
			image: `${a}/team/app:1`,
			conf: registry(`prefix = "127.0.0.1"\n${insecure('127.0.0.1')}`),
		}),
	],
	[
		'a prefix with a tag',
		0,
		({ a, b }) => ({
			image: `${a}/team/app:1`,
			conf: registry(`prefix = "${a}/team/app:1"\n${insecure(`${b}/team/app:1`)}`),
		}),
	],
	[
		'a wildcard',
		1,
		({ a }) => ({
			image: 'one.two.registry.example/team/app:1',
			conf: registry(`prefix = "*.registry.example"\n${insecure(a)}`),
		}),
	],
	[
		'a wildcard without location, with a mirror',
		2,
		({ a }) => ({
			image: `${a}/team/app:1`,
			conf: registry('prefix = "*.0.0.1"\ninsecure = true') + mirror(insecure('127.0.0.1')),
		}),
	],
	[
		'a wildcard that is longer than the domain',
		1,
		({ a, b }) => ({
			image: 'one.registry.example/team/app:1',
			conf:
				registry(`prefix = "*.registry.example"\n${insecure(a)}`) +
				registry(`prefix = "one.registry.example"\n${insecure(b)}`),
		}),
	],
	[
		'Docker Hub by its canonical name',
		1,
		({ a }) => ({
			image: 'docker.io/library/busybox:1',
			conf: registry(`prefix = "docker.io/library"\n${insecure(`${a}/hub`)}`),
		}),
	],
	[
		'a mirror that is short for another name',
		0,
		({ a }) => ({
			image: `${a}/app:1`,
			conf: registry(insecure(a)) + mirror(`location = "docker.io"`),
		}),
	],
];
