import type { PageInput } from '../../src/views/page/input.ts';
import { aTarget, aTargetOf, anObservation, broke, certified, dialled, now, resolved, worked } from './builders.ts';
import { aPlan } from './plans.ts';
import { aPod } from './podExplanations.ts';
import { aPage } from './states.ts';

/** Markup of every kind that a text could break out with. */
export const evil = `</bdi></style></title><script>alert(1)</script>"'><img src=x onerror=alert(2)><a href="javascript:alert(3)">&amp;`;

/** A page on which every text that can come from outside is `text`. */
export function allSaying(text: string): PageInput {
	const target = aTarget({
		registry: text,
		host: text,
		via: 'mirror',
		image: { domain: text, repository: text, tag: text },
		insecure: true,
	});
	const records = [
		worked('registry', text, 'dns', 0.01, { ...resolved([text], [text], [text]), source: text }),
		worked('registry', text, 'tcp', 0.01, dialled([text], [text])),
		worked('registry', text, 'tls', 0.01, { ...certified(3, text), version: text }),
		worked('registry', text, 'challenge', 0.01, { scheme: 'bearer', realm: text, clockSkewSeconds: 400 }),
		broke('token', text, 'token', {
			reason: 'auth_rejected',
			detail: text,
			facts: { ratelimit: { remaining: 1, limit: 100, windowSeconds: 60, source: text } },
		}),
	];
	const page = aPage([[target, anObservation(target, records)]], { node: text });
	return {
		...page,
		pods: [
			aPod({
				namespace: text,
				pod: text,
				container: text,
				image: text,
				registry: text,
				state: text,
				host: text,
				summary: text,
				evidence: [{ at: now / 1000, source: 'kubelet', text }],
				changed: [{ at: now / 1000, text }],
				remedy: `${text}\n${text}`,
				pullSecrets: [{ name: text, success: false }],
			}),
		],
		plan: aPlan([target], text),
		agent: {
			nodeFaults: [{ file: text, line: 3, fault: 'setting_invalid', detail: text }],
			configuration: { successful: false, at: now, faults: [{ file: text, path: text, fault: text }] },
			scheduleLagSeconds: 0,
			repeats: { stall: 0, lag: 0 },
		},
	};
}

/** Names that are written from right to left, beside others. */
export function rightToLeft(): PageInput {
	const name = '\u05de\u05d0\u05d2\u05e8.\u05d3\u05d5\u05d2\u05de\u05d4';
	const target = aTargetOf(name);
	const broken = broke('registry', name, 'tcp', { reason: 'tcp_refused', detail: `${name}: \u0631\u0641\u0636 5000` });
	return aPage(
		[
			[target, anObservation(target, [worked('registry', name, 'dns', 0.004, resolved(['10.1.1.1'])), broken])],
			[aTargetOf('\u0633\u062c\u0644.\u0645\u062b\u0627\u0644')],
		],
		{ node: '\u05e9\u05e8\u05ea-17' },
	);
}
