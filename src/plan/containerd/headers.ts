import type { Header } from '../../node/containerd/facts.ts';
import type { NodeFault } from '../../node/fault.ts';
import { quotedWord } from '../../registry/quotable.ts';

/** The headers that the node adds to the requests to one host. */
export interface Headers {
	/** Several values of one name are joined as RFC 9110 (5.3) allows. */
	readonly headers: Readonly<Record<string, string>>;
	/** Why no request can be sent with them. */
	readonly unusable?: string;
	readonly faults: readonly NodeFault[];
}

/** What Go's client sends (https://pkg.go.dev/golang.org/x/net/http/httpguts). */
const name = /^[\w!#$%&'*+\-.^`|~]+$/;
const value = /^[^\p{Cc}]*$/u;
/** Go writes these itself, from elsewhere, and passes over what the node says. */
const own = new Set(['host', 'content-length', 'transfer-encoding', 'trailer']);

/** Puts headers together; those that cannot be sent are left out. */
export function headersOf(all: readonly Header[]): Headers {
	const joined = new Map<string, string[]>();
	const broken = all.filter(
		(header) => !name.test(header.name) || header.values.some((each) => !isValue(each.reveal())),
	);
	for (const header of all) {
		if (broken.includes(header) || header.values.length === 0 || own.has(header.name.toLowerCase())) continue;
		const values = joined.get(header.name) ?? [];
		values.push(...header.values.map((each) => each.reveal()));
		joined.set(header.name, values);
	}
	const headers = Object.fromEntries([...joined].map(([each, values]) => [each, values.join(', ')]));
	const [first] = broken;
	if (!first) return { headers, faults: [] };
	const unusable = `the header ${quotedWord(first.name, 'with a name that is not shown')} cannot be sent`;
	const faults = broken.map(({ place }): NodeFault => {
		return {
			...place,
			fault: 'setting_invalid',
			detail: 'A header of this name or value cannot be sent: containerd goes on with the next host.',
		};
	});
	return { headers, unusable, faults };
}

const isValue = (text: string) => value.test(text.replaceAll('\t', ''));
