import { insecure, mirror, registry } from './conf.ts';
import type { Case } from './skopeo.ts';

/** What certs.d holds. */
export const certificateCases: readonly Case[] = [
	[
		'an authority of the registry’s own',
		1,
		({ foreign }, { foreignCa }) => ({
			image: `${foreign}/team/app:1`,
			conf: '',
			certificates: { [`${foreign}/ca.crt`]: foreignCa },
		}),
	],
	[
		'an authority under another name',
		0,
		({ foreign }, { foreignCa }) => ({
			image: `${foreign}/team/app:1`,
			conf: '',
			certificates: { [`${foreign}/ca.pem`]: foreignCa },
		}),
	],
	[
		'an authority of the mirror’s own',
		2,
		({ trusted, foreign }, { foreignCa }) => ({
			image: `${trusted}/team/app:1`,
			conf: registry(`location = "${trusted}"`) + mirror(`location = "${foreign}"`),
			certificates: { [`${foreign}/ca.crt`]: foreignCa },
		}),
	],
	[
		'an authority that is none',
		1,
		({ trusted }) => ({
			image: `${trusted}/team/app:1`,
			conf: '',
			certificates: { [`${trusted}/ca.crt`]: 'none\n' },
		}),
	],
	['no client certificate', 0, ({ mutual }) => ({ image: `${mutual}/team/app:1`, conf: '' })],
	[
		'a client certificate',
		1,
		({ mutual }, { client }) => ({
			image: `${mutual}/team/app:1`,
			conf: '',
			certificates: { [`${mutual}/client.cert`]: client.cert, [`${mutual}/client.key`]: client.key },
		}),
	],
	[
		'a client certificate without its key, at a mirror',
		1,
		({ trusted, a }, { client }) => ({
			image: `${trusted}/team/app:1`,
			conf: registry(`location = "${trusted}"`) + mirror(insecure(a)),
			certificates: { [`${a}/client.cert`]: client.cert },
		}),
	],
	[
		'a key without its certificate',
		0,
		({ trusted }, { client }) => ({
			image: `${trusted}/team/app:1`,
			conf: '',
			certificates: { [`${trusted}/client.key`]: client.key },
		}),
	],
	[
		'a client certificate with another key',
		0,
		({ trusted }, { client, foreignCa }) => ({
			image: `${trusted}/team/app:1`,
			conf: '',
			certificates: { [`${trusted}/client.cert`]: foreignCa, [`${trusted}/client.key`]: client.key },
		}),
	],
];
