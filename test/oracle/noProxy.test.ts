import { expect, test } from 'vitest';

import { endpointOf } from '../../src/registry/endpoint.ts';
import { bypassesProxy } from '../../src/registry/noProxy.ts';
import { readTable } from './table.ts';

interface Row {
	readonly noProxy: string;
	readonly url: string;
	readonly proxied: boolean;
}

const { go, rows } = readTable<Row>('noProxy');

test.each(rows)(`${go} with NO_PROXY=$noProxy for $url: $proxied`, ({ noProxy, url, proxied }) => {
	// A URL of the standard for the web has no zone; a target's host has.
	const zone = /%25(\w+)\]/.exec(url)?.[1];
	const endpoint = endpointOf(new URL(zone === undefined ? url : url.replace(`%25${zone}`, '')));
	const hostname = `${endpoint?.hostname}${zone === undefined ? '' : `%${zone}`}`;
	expect(endpoint && !bypassesProxy({ ...endpoint, hostname }, noProxy)).toBe(proxied);
});
