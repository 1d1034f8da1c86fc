import fc from 'fast-check';
import type { Fault, NodeReport } from '../../../src/verdict/fleet/nodeReport.ts';

export const timeout: Fault = { host: 'auth.docker.io', role: 'token', stage: 'tcp', reason: 'tcp_timeout' };
export const limited: Fault = {
	host: 'registry-1.docker.io',
	role: 'registry',
	stage: 'manifest',
	reason: 'rate_limited',
};

/** A node that pulls from docker.io, or fails to. */
export function aNode(
	node: string,
	{ zone, source, fault }: { readonly zone?: string; readonly source?: string; readonly fault?: Fault } = {},
): NodeReport {
	const pull = {
		registry: 'docker.io',
		success: !fault,
		...(fault && { fault }),
		...(source !== undefined && { source }),
	};
	return { node, ...(zone !== undefined && { zone }), pulls: [pull], mirrors: [] };
}

const zone = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
const source = fc.option(fc.constantFrom('192.0.2.1', '192.0.2.2'), { nil: undefined });
const fault = fc.option(fc.constantFrom(timeout, limited), { nil: undefined });

/** Up to 14 nodes in zones and behind addresses, some of which fail. */
export const fleets = fc.array(fc.record({ zone, source, fault }), { maxLength: 14 }).map((nodes) =>
	nodes.map(({ zone: in_, source: from, fault: how }, at) =>
		aNode(`node-${at}`, {
			...(in_ !== undefined && { zone: in_ }),
			...(from !== undefined && { source: from }),
			...(how && { fault: how }),
		}),
	),
);
