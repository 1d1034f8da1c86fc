import { isRecord, parseJson } from '../../registry/json.ts';
import { printable } from '../../registry/redact.ts';
import { redactText } from '../../registry/redactText.ts';
import { ApiFailure, asFailure } from '../apiFailure.ts';
import { asItIs, type Concealing } from '../concealing.ts';
import { secretsIn } from './urlLogin.ts';

/** One series of an instant query, at one time. */
export interface SeriesSample {
	/** With `__name__`. */
	readonly labels: Readonly<Record<string, unknown>>;
	readonly value: number;
}

/** What a Prometheus answered. */
export interface PrometheusAnswer {
	readonly samples: readonly SeriesSample[];
	/** Its own words about what may be missing; safe to show. */
	readonly warnings: readonly string[];
}

/** Characters of an answer: 1,000 nodes with 200 series of 400 characters. */
const mostOfAnswer = 256 * 1024 * 1024;
const mostWarnings = 5;

/**
 * One instant query (https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries). A login in the URL is sent
 * as Basic, and taken out of what is answered. Throws `ApiFailure`.
 */
export async function askPrometheus(
	url: URL,
	query: string,
	{ signal, concealing }: { readonly signal: AbortSignal; readonly concealing: Concealing },
): Promise<PrometheusAnswer> {
	const { username, password, origin, host, pathname } = url;
	const conceal = username === '' && password === '' ? asItIs : concealing(secretsIn(url));
	try {
		const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
		const answer = await fetch(`${origin}${pathname.replace(/\/$/, '')}/api/v1/query`, {
			method: 'POST',
			body: new URLSearchParams({ query }),
			headers: { ...(username !== '' && { authorization: `Basic ${login}` }) },
			redirect: 'error',
			signal,
		});
		return readPrometheusAnswer(answer.status, parseJson(await bodyOf(answer)), conceal);
	} catch (error) {
		if (error instanceof ApiFailure) throw error;
		// fetch tells what happened one level below.
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		throw new ApiFailure(`no answer of Prometheus at ${host}: ${asFailure(cause, conceal).message}`);
	}
}

async function bodyOf({ body }: Response): Promise<string> {
	const decoder = new TextDecoder();
	const pieces: string[] = [];
	let length = 0;
	for await (const chunk of body ?? []) {
		pieces.push(decoder.decode(chunk as Uint8Array, { stream: true }));
		length += pieces.at(-1)?.length ?? 0;
		if (length > mostOfAnswer) throw new ApiFailure(`the answer has more than ${mostOfAnswer} characters`);
	}
	return pieces.join('') + decoder.decode();
}

/**
 * What the body of an answer says, its words through `conceal`. Throws `ApiFailure` for what is no answer of a Prometheus, or an
 * error of it.
 */
export function readPrometheusAnswer(status: number, body: unknown, conceal = asItIs): PrometheusAnswer {
	const answer = isRecord(body) ? body : {};
	const data = isRecord(answer['data']) ? answer['data'] : {};
	if (answer['status'] !== 'success' || !Array.isArray(data['result'])) {
		const said = typeof answer['error'] === 'string' ? conceal(answer['error']) : 'this is not the API of a Prometheus';
		throw new ApiFailure(`Prometheus answers ${status}: ${said}`);
	}
	const warnings: readonly unknown[] = Array.isArray(answer['warnings']) ? answer['warnings'] : [];
	const told = warnings.filter((warning) => typeof warning === 'string').slice(0, mostWarnings);
	return {
		samples: concealed((data['result'] as readonly unknown[]).flatMap(sampleOf), conceal),
		warnings: told.map((warning) => `Prometheus warns: ${printable(redactText(conceal(warning)), 300)}`),
	};
}

function sampleOf(series: unknown): readonly SeriesSample[] {
	if (!isRecord(series) || !isRecord(series['metric']) || !Array.isArray(series['value'])) return [];
	const written: unknown = series['value'][1];
	const value = typeof written === 'string' ? Number(written) : Number.NaN;
	return Number.isNaN(value) ? [] : [{ labels: series['metric'], value }];
}

/** The same texts stand in many labels. A name of a series is compared and never shown. */
function concealed(samples: readonly SeriesSample[], conceal: (text: string) => string): readonly SeriesSample[] {
	if (conceal === asItIs) return samples;
	const known = new Map<unknown, unknown>();
	const cleaned = (text: unknown) => {
		if (!known.has(text)) known.set(text, typeof text === 'string' ? conceal(text) : text);
		return known.get(text);
	};
	return samples.map(({ labels, value }) => {
		const entries = Object.entries(labels).map(([name, text]) => [name, name === '__name__' ? text : cleaned(text)]);
		return { labels: Object.fromEntries(entries) as SeriesSample['labels'], value };
	});
}
