import type { RegistryOptions } from '../fakes/registry.ts';
import { html } from '../fakes/reply.ts';
import { registryError } from '../fakes/registryError.ts';
import { nowhere } from './network.ts';
import type { Setup, Site } from './site.ts';

const mirror = { part: 'mirror' };

/** A mirror like this before a registry that has the image. */
const before = (options: Omit<RegistryOptions, 'tls'> = {}): Setup => {
	return async (site) => {
		await site.registry(options, mirror);
		await site.registry();
	};
};

const answering = (status: number) => before({ respond: () => html(status, 'mirror') });

/** A mirror whose certificate only some configurations trust. */
const privately: Setup = async (site) => {
	const tls = await site.certificate({ names: [site.nameOf('mirror')] }, site.ground.foreign);
	await site.registry({}, { ...mirror, tls });
	await site.registry();
};

/** There is nobody at the mirror's address. */
const refusing = (site: Site) => site.know('mirror', { A: [site.addressOf('mirror')] });

const refused: Setup = async (site) => {
	refusing(site);
	await site.registry();
};

/** Mirrors; the files of the node that name them are those of test/plan. */
export const mirrorSetups: Readonly<Record<string, Setup>> = {
	'cfg-colon': before(),
	'cfg-default': before(),
	'default-dir': before(),
	'mirror-403': answering(403),
	'mirror-404': before({ respond: () => registryError(404, 'MANIFEST_UNKNOWN') }),
	'mirror-500': answering(500),
	'mirror-auth-basic': async (site) => {
		const login = { user: 'user', password: 'secret' };
		await before({ auth: { basic: login } })(site);
		return { login };
	},
	'mirror-badtoml': before(),
	'mirror-blob-500': async (site) => {
		const layer = site.image.layers[0]?.digest ?? '';
		await before({ respond: ({ path }) => (path.endsWith(layer) ? html(500, 'mirror') : undefined) })(site);
	},
	'mirror-ca': privately,
	'mirror-docker-layout': async (site) => {
		await site.registry({}, { tls: await site.certificate({}, site.ground.foreign) });
	},
	'mirror-dropped-dial1s': async (site) => {
		site.know('mirror', { A: [nowhere.dropped] });
		await site.registry();
	},
	'mirror-nxdomain': async (site) => {
		site.know('mirror', { rcode: 'NXDOMAIN' });
		await site.registry();
	},
	'mirror-prefix': before({ root: '/proxy/v2' }),
	'mirror-pull-only': before(),
	'mirror-pull-only-digest': async (site) => {
		await before()(site);
		return { image: `${site.nameOf()}/team/app@${site.image.digest}` };
	},
	'mirror-refused': refused,
	'mirror-refused-upstream-404': async (site) => {
		refusing(site);
		await site.registry({ images: { 'team/app': {} } });
	},
	'mirror-refused-upstream-nxdomain': async (site) => {
		refusing(site);
		site.know('', { rcode: 'NXDOMAIN' });
	},
	'mirror-resolve-only': before(),
	'mirror-server-dead': refused,
	'mirror-server-set': before({ images: { 'team/app': {} } }),
	'mirror-skip-verify': privately,
	'mirror-untrusted': privately,
};
