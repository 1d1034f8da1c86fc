import { describe, expect, test } from 'vitest';
import { explain } from '../../src/reasons/explain.ts';
import { isReason } from '../../src/reasons/reason.ts';
import type { Values } from '../../src/reasons/placeholder.ts';
import recorded from './recorded.json' with { type: 'json' };

/** What containerd 2.4.2 printed for a fault of this role, stage and reason, without the outermost `failed to pull …`. */
type Recorded = (typeof recorded)[number];

/** What the probe would know about the pull that printed the text. */
function valuesOf({ role, stage, text }: Recorded): Values {
	const url = /https:\/\/([^/"]+)\/(?:v2\/(team\/\w+)\/(?:manifests\/([^":]+|sha256:\w+)|blobs\/(sha256:\w+)))?/.exec(
		text,
	);
	const host = url?.[1] ?? /([\w-]+\.lab\.test)\//.exec(text)?.[1] ?? 'registry.test';
	const image = /([\w-]+\.lab\.test\/[\w/]+:\w+)/.exec(text)?.[1];
	const found = {
		repository: url?.[2],
		reference: url?.[3],
		digest: url?.[4],
		nameserver: /lookup \S+ on ([\d.]+):53/.exec(text)?.[1],
		address: /(?:dial tcp |->)(\[[^\]]+\]|[\d.]+):443/.exec(text)?.[1]?.replace(/[[\]]/g, ''),
		proxy: /proxyconnect tcp: dial tcp (\S+): /.exec(text)?.[1]?.replace(/^/, 'http://'),
		answer: /: (\d{3} [A-Z][A-Za-z ]+)/.exec(text)?.[1],
	};
	const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
	return { role, ...(stage ? { stage } : {}), registry: host, host, image: image ?? `${host}/team/app:1`, ...known };
}

/** `…` in our text stands for anything; a message of the registry may follow on lines of its own. */
function matches(prints: string, text: string): boolean {
	const pattern = prints
		.split('…')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^${pattern}(\n.*)*$`).test(text);
}

const byReason = Map.groupBy(recorded, ({ reason }) => reason);

describe('what a runtime was recorded to print is what the table says', () => {
	test.each([...byReason.keys()])('%s', (reason) => {
		if (!isReason(reason)) throw new Error(`${reason} is not a reason`);
		const texts = byReason.get(reason) ?? [];
		const missed = texts.filter((one) => !matches(explain(reason, valuesOf(one)).prints, one.text));
		expect(missed.length).toBeLessThan(texts.length);
	});
});
