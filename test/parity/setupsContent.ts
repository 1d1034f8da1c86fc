import type { ReceivedRequest } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { answerBytes } from '../fakes/range.ts';
import { html, type Pace, type Reply } from '../fakes/reply.ts';
import { registryError } from '../fakes/registryError.ts';
import type { Setup, Site } from './site.ts';

const isManifest = ({ path }: ReceivedRequest) => path.includes('/manifests/');

/** Whether a request is for the layer. */
const asksLayer = ({ image }: Site, { path }: ReceivedRequest) =>
	image.layers.some(({ digest }) => path.endsWith(`/blobs/${digest}`));

/** Requests for the layer are answered so. */
const layer = (reply: (site: Site) => Reply): Setup => {
	return async (site) => {
		await site.registry({ respond: (request) => (asksLayer(site, request) ? reply(site) : undefined) });
	};
};

/** The layer is sent on to another host, which answers so, or as it should. */
const elsewhere = (respond?: () => Reply): Setup => {
	return async (site) => {
		const { urlOf } = await site.blobHost(respond);
		await site.registry({ blobUrl: (content) => urlOf(content, site.nameOf('cdn')) });
	};
};

/** The layer's bytes travel so. */
const paced = (pace: Pace): Setup => {
	return async (site) => {
		const body = site.image.layers[0]?.body ?? '';
		await site.registry({ respond: (request) => (asksLayer(site, request) ? { status: 200, body, pace } : undefined) });
	};
};

/** A layer of 4 MB whose bytes travel so. */
const pacedBig = (pace: Pace): Setup => {
	return async (site) => {
		const image = makeImage({ layers: [Buffer.alloc(4_000_000, 'layer ')] });
		await site.registry({ images: { 'team/app': { 1: image } }, pace });
	};
};

/** A manifest request is sent on to another host, which is a registry of this kind. */
const redirected = (start: (site: Site) => Promise<string>): Setup => {
	return async (site) => {
		const origin = await start(site);
		await site.registry({
			respond: (request) =>
				isManifest(request) ? { status: 307, headers: { location: `${origin}${request.target}` } } : undefined,
		});
	};
};

const next = { part: 'next' };

const demanding = redirected(async (site) => {
	await site.registry({ auth: site.bearer(await site.tokenService()) }, next);
	return `https://${site.nameOf('next')}`;
});

/** Layers, and requests that are sent on. */
export const contentSetups: Readonly<Record<string, Setup>> = {
	'blob-307-403': elsewhere(() => html(403, 'Forbidden')),
	'blob-307-503': elsewhere(() => html(503, 'Service Unavailable')),
	'blob-307-ok': elsewhere(),
	'blob-307-refused': async (site) => {
		site.know('cdn', { A: [site.addressOf('cdn')] });
		await site.registry({ blobUrl: ({ digest }) => `https://${site.nameOf('cdn')}/${digest}` });
	},
	'blob-404': layer(() => registryError(404, 'BLOB_UNKNOWN')),
	'blob-500': layer(() => html(500, 'error')),
	'blob-config-404': async (site) => {
		await site.registry({
			respond: (request) =>
				request.path.includes('/blobs/') && !asksLayer(site, request) ? registryError(404, 'BLOB_UNKNOWN') : undefined,
		});
	},
	'blob-hdr-timeout': layer(() => 'silence'),
	'blob-html': layer(() => html(200, 'Blocked')),
	'blob-short': layer(({ image }) => ({ status: 200, body: image.layers[0]?.body.subarray(0, 1500) ?? '' })),
	'blob-stalled': paced({ stallAfter: 1500 }),
	'blob-stalled-big': pacedBig({ stallAfter: 3_000_000 }),
	'blob-trickle-big': pacedBig({ bytesPerSecond: 20_000 }),
	'blob-truncated': paced({ truncateAfter: 1500 }),
	'blob-truncated-once': async (site) => {
		const body = site.image.layers[0]?.body ?? Buffer.alloc(0);
		let asked = 0;
		await site.registry({
			respond: (request) => {
				if (!asksLayer(site, request)) return undefined;
				return asked++ === 0 ? { status: 200, body, pace: { truncateAfter: 1500 } } : answerBytes(request, body);
			},
		});
	},
	'redir-307-404': redirected(async (site) => {
		await site.registry({ respond: () => registryError(404, 'MANIFEST_UNKNOWN') }, next);
		return `https://${site.nameOf('next')}`;
	}),
	'redir-307-auth': demanding,
	'redir-307-auth-creds': async (site) => {
		await demanding(site);
		return { login: { user: 'user', password: 'secret' } };
	},
	'redir-307-ok': redirected(async (site) => {
		await site.registry({}, next);
		return `https://${site.nameOf('next')}`;
	}),
	'redir-downgrade': redirected(async (site) => {
		await site.registry({}, { ...next, port: 80, tls: null });
		return `http://${site.nameOf('next')}`;
	}),
	'redir-noloc': async (site) => {
		await site.registry({ respond: (request) => (isManifest(request) ? { status: 307 } : undefined) });
	},
};
