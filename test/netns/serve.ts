import { type BlobOptions, startBlobHost } from '../fakes/blob.ts';
import { type DnsAnswer, startDns } from '../fakes/dns.ts';
import type { HttpServer } from '../fakes/http.ts';
import { type ProxyOptions, startProxy } from '../fakes/proxy.ts';
import { startRegistry } from '../fakes/registry.ts';
import type { Pace, Reply } from '../fakes/reply.ts';
import { startTokenService } from '../fakes/token.ts';
import { answerCalls } from './channel.ts';
import { image } from './image.ts';

/** Key and certificate in PEM. */
interface Tls {
	readonly key: string;
	readonly cert: string;
}

/** Which server of test/fakes runs here. All listen where clients expect them: 443, 53, 3128. */
export type Start =
	/** Answers with the realm. */
	| { readonly start: 'token'; readonly tls: Tls; readonly name: string }
	/** Answers with the URL of each blob by its digest. */
	| { readonly start: 'blob'; readonly tls: Tls; readonly name: string }
	| {
			readonly start: 'registry';
			readonly tls: Tls;
			readonly realm: string;
			readonly blobs: ReadonlyMap<string, string>;
	  }
	| { readonly start: 'dns'; readonly addresses: readonly string[]; readonly answers: Answers }
	| { readonly start: 'proxy'; readonly hosts: Readonly<Record<string, string>> };

export type Answers = Readonly<Record<string, DnsAnswer>>;

/** How the server misbehaves from now on; what is not named is as it was at the start. */
export interface Change {
	/** In place of every answer. */
	readonly respond?: Reply;
	readonly pace?: Pace;
	readonly tls?: Tls;
	/** Over those of the start. */
	readonly answers?: Answers;
	/** What the proxy demands. */
	readonly login?: ProxyOptions['login'];
}

export type Message =
	| Start
	| { readonly change: Change }
	/** The names that the nameserver was asked for since it was last asked this. */
	| { readonly asked: 'names' };

/** A registry takes every token: the service that gave it runs in another process. */
class EveryToken extends Set<string> {
	override has(token: string): boolean {
		return token !== '';
	}
}

type Apply = (change: Change) => void;

const respondTo = { reply: undefined as Reply | undefined };
const respond = () => respondTo.reply;
const asked = new Set<string>();
const everywhere = { address: '::', port: 443 };

function changeable(server: HttpServer, tls: Tls): Apply {
	return (change) => server.changeTls(change.tls ?? tls);
}

async function startBlob({ tls, name }: Start & { start: 'blob' }): Promise<[Apply, unknown]> {
	const options: { -readonly [key in keyof BlobOptions]: BlobOptions[key] } = {
		...everywhere,
		tls,
		blobs: image.blobs,
		respond,
	};
	const host = await startBlobHost(options);
	const withTls = changeable(host, tls);
	const apply: Apply = (change) => {
		withTls(change);
		if (change.pace) options.pace = change.pace;
		else delete options.pace;
	};
	return [apply, new Map([...image.blobs.values()].map((content) => [content.digest, host.urlOf(content, name)]))];
}

async function startNames({ addresses, answers }: Start & { start: 'dns' }): Promise<[Apply, unknown]> {
	let current = answers;
	const answer = ({ name }: { readonly name: string }) => {
		asked.add(name);
		return current[name];
	};
	// One server an address: it answers from the address that was asked.
	for (const address of addresses) await startDns({ address, port: 53, answers: answer });
	return [(change) => (current = { ...answers, ...change.answers }), undefined];
}

async function startThe(wish: Start): Promise<[Apply, unknown]> {
	if (wish.start === 'dns') return await startNames(wish);
	if (wish.start === 'blob') return await startBlob(wish);
	if (wish.start === 'proxy') {
		const options: { -readonly [key in keyof ProxyOptions]: ProxyOptions[key] } = {
			...everywhere,
			port: 3128,
			hosts: wish.hosts,
			respond,
		};
		await startProxy(options);
		return [({ login }) => (login ? (options.login = login) : delete options.login), undefined];
	}
	const { tls } = wish;
	if (wish.start === 'token') {
		const service = await startTokenService({ ...everywhere, tls, respond });
		return [changeable(service, tls), service.realm(wish.name)];
	}
	const { realm, blobs } = wish;
	const auth = { bearer: { realm, service: 'registry', tokens: new EveryToken() } };
	const images = { 'team/app': { 1: image } };
	const blobUrl = ({ digest }: { digest: string }) => blobs.get(digest);
	return [changeable(await startRegistry({ ...everywhere, tls, auth, images, blobUrl, respond }), tls), undefined];
}

let apply: Apply = () => undefined;
answerCalls<Message>(async (message) => {
	if ('asked' in message) {
		const names = [...asked];
		asked.clear();
		return names;
	}
	if ('change' in message) {
		respondTo.reply = message.change.respond;
		return apply(message.change);
	}
	const [changes, value] = await startThe(message);
	apply = changes;
	return value;
});
