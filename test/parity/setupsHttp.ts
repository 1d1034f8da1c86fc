import { digestOf, makeImage } from '../fakes/image.ts';
import { answers } from '../fakes/misbehaving.ts';
import type { ReceivedRequest } from '../fakes/http.ts';
import { html, json, type Reply } from '../fakes/reply.ts';
import { registryError } from '../fakes/registryError.ts';
import type { Setup } from './site.ts';

/** Every request is answered so. */
const always = (reply: Reply): Setup => {
	return async (site) => void (await site.registry({ respond: () => reply }));
};

const isManifest = ({ path }: ReceivedRequest) => path.includes('/manifests/');

/** Requests for manifests are answered so; `undefined` leaves one alone. */
const manifests = (reply: (request: ReceivedRequest) => Reply | undefined): Setup => {
	return async (site) => {
		await site.registry({ respond: (request) => (isManifest(request) ? reply(request) : undefined) });
	};
};

/** Only the first request for a manifest is answered so. */
const once = (reply: Reply): Setup => {
	return async (site) => {
		let asked = 0;
		await site.registry({ respond: (request) => (isManifest(request) && asked++ === 0 ? reply : undefined) });
	};
};

const denied = (message: string) => json(403, { errors: [{ code: 'DENIED', message }] });
const unavailable = (status: number) => html(status, 'not available');
const healthy: Setup = async (site) => void (await site.registry());

const emptyQuota = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' };

/** The answers of a registry to HTTP, from status codes to none. */
export const httpSetups: Readonly<Record<string, Setup>> = {
	'http-403': always(denied("client with IP '10.77.0.1' is not allowed access")),
	'http-403-manifest': manifests(() => denied('requested access to the resource is denied')),
	'http-404-html': always(html(404, '404 Not Found')),
	'http-404-name': manifests(() => registryError(404, 'NAME_UNKNOWN')),
	'http-408': always({ status: 408, body: '' }),
	'http-429-abuse': always({ status: 429, headers: { 'content-type': 'text/plain' }, body: '429 Too Many Requests' }),
	'http-429-get': async (site) => {
		const { digest, mediaType, body } = site.image;
		const headers = { 'content-type': mediaType, 'docker-content-digest': digest, ...emptyQuota };
		const answer = { status: 200, headers, body };
		const respond = (request: ReceivedRequest) => {
			if (!isManifest(request)) return undefined;
			return request.method === 'HEAD' ? answer : registryError(429, 'TOOMANYREQUESTS', null, emptyQuota);
		};
		await site.registry({ respond });
	},
	'http-502': always(unavailable(502)),
	'http-502-once': once(unavailable(502)),
	'http-503': always(unavailable(503)),
	'http-eof': manifests(() => 'close'),
	'http-eof-once': once('close'),
	'http-hdr-timeout': manifests(() => 'silence'),
	'http-head-405': manifests(({ method }) => (method === 'HEAD' ? { status: 405 } : undefined)),
	'http-head-503': manifests(({ method }) => (method === 'HEAD' ? { status: 503 } : undefined)),
	'http-head-nodigest': async (site) => {
		const { mediaType, body } = site.image;
		const answer = { status: 200, headers: { 'content-type': mediaType }, body };
		await site.registry({ respond: ({ path }) => (path.endsWith('/manifests/1') ? answer : undefined) });
	},
	'http-junk': async (site) => await site.misbehave(answers('SSH-2.0-x\r\n')),
	'http-reset': manifests(() => 'reset'),
	'manifest-digest': async (site) => {
		const manifest = makeImage({ layers: [Buffer.alloc(3000, 'layer ')] });
		const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': manifest.digest };
		const body = Buffer.concat([manifest.body, Buffer.from('\n')]);
		const images = { 'team/app': { 1: manifest } };
		await site.registry({
			images,
			respond: (request) => {
				if (!isManifest(request)) return undefined;
				return { status: 200, headers, body: request.method === 'HEAD' ? manifest.body : body };
			},
		});
	},
	'manifest-huge': async (site) => {
		const { mediaType, body } = site.image;
		const huge = Buffer.concat([body, Buffer.alloc(5 * 1024 * 1024, ' ')]);
		const headers = { 'content-type': mediaType, 'docker-content-digest': digestOf(huge) };
		await site.registry({
			respond: (request) => (isManifest(request) ? { status: 200, headers, body: huge } : undefined),
		});
	},
	'ok-digest': async (site) => {
		await site.registry();
		return { image: `${site.nameOf()}/team/app@${site.image.digest}` };
	},
	'platform-missing': async (site) => {
		const arm = makeImage({ platforms: ['linux/s390x'] });
		await site.registry({ images: { 'team/arm': { 1: arm } } });
		return { image: `${site.nameOf()}/team/arm:1` };
	},
	'platform-single-arm': async (site) => {
		await site.registry({ images: { 'team/armsingle': { 1: makeImage() } } });
		return { image: `${site.nameOf()}/team/armsingle:1` };
	},
	'portal-302': async (site) => {
		await site.registry({ respond: () => html(200, 'Log in') }, { part: 'portal' });
		const location = `https://${site.nameOf('portal')}/login`;
		await site.registry({ respond: () => ({ status: 302, headers: { location } }) });
	},
	'portal-511': always(html(511, 'Network Authentication Required')),
	'real-404-repo': async (site) => {
		await healthy(site);
		return { image: `${site.nameOf()}/team/none:1` };
	},
	'real-404-tag': async (site) => {
		await healthy(site);
		return { image: `${site.nameOf()}/team/app:nope` };
	},
	'ref-upper': async (site) => {
		await healthy(site);
		return { image: `${site.nameOf()}/team/App:1` };
	},
};
