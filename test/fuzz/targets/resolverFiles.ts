import { readHosts } from '../../../src/node/hosts.ts';
import { readIpLiteral } from '../../../src/node/ipLiteral.ts';
import { readNsswitch } from '../../../src/node/nsswitch.ts';
import { readResolvConf } from '../../../src/node/resolvConf.ts';
import { namesToAsk } from '../../../src/probe/resolve/names.ts';
import { magnitude, must, mustBeSmall, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	return [resolvConf(text), hosts(text), nsswitch(text)];
}

function resolvConf(text: string): string {
	const found = readResolvConf(text, 'node.corp.test');
	must(found.nameservers.length > 0 && found.nameservers.length <= 3, `${found.nameservers.length} nameservers`);
	must(
		found.nameservers.every(({ address, port }) => readIpLiteral(address) !== undefined && port >= 1 && port <= 65_535),
		'a nameserver that is none',
	);
	must(found.search.length <= 100, `${found.search.length} search domains`);
	must([found.ndots, found.timeout, found.attempts].every(Number.isSafeInteger), 'an option that is no number');
	must(found.ndots <= 15 && found.timeout >= 1 && found.attempts >= 1, 'an option that is out of bounds');
	for (const { detail } of found.faults) mustPrint(detail, 300);
	for (const word of found.unknown) mustPrint(word, 60);
	const asked = namesToAsk('registry', found);
	must(
		asked.every((name) => Buffer.byteLength(name) <= 253),
		'a name that DNS cannot carry',
	);
	const { rotate, useTcp, singleRequest, trustAd, noReload } = found;
	return `resolv ${found.nameservers.length} ${magnitude(found.search.length)} ${magnitude(found.unknown.length)} ${[rotate, useTcp, singleRequest, trustAd, noReload].join()}`;
}

function hosts(text: string): string {
	const { hosts: known, faults } = readHosts(text);
	mustBeSmall(known, 60 * text.length + 100);
	must(
		[...known.values()].flat().every((address) => readIpLiteral(address) === address),
		'an address that is none',
	);
	must(faults.length <= 10, `${faults.length} faults`);
	for (const { detail } of faults) mustPrint(detail, 300);
	return `hosts ${magnitude(known.size)} ${faults.length}`;
}

function nsswitch(text: string): string {
	const { sources, libc } = readNsswitch(text);
	if (libc !== undefined) mustPrint(libc, 120);
	return `nsswitch ${sources.join()} ${libc?.slice(0, 30)}`;
}

export const target: Target = {
	name: 'resolverFiles',
	source: 'src/node/resolvConf.ts, hosts.ts, nsswitch.ts',
	writer: 'files of the node',
	shape: 'lines',
	most: 4 * 1024 * 1024,
	seeds: [
		'# x\nnameserver 10.0.0.10\nnameserver fe80::1%eth0\nnameserver 127.0.0.1:5353\nsearch a.test b.test.\noptions ndots:5 timeout:2 attempts:3 rotate use-vc single-request trust-ad no-reload edns0',
		'domain corp.test\nlookup file bind\nsortlist x\noptions inet6 ndots:-1',
		'127.0.0.1 localhost Node # x\n::1 localhost.\n::ffff:1.2.3.4 a b c\nx y',
		'passwd: files\nhosts: files [NOTFOUND=return] mdns4_minimal dns myhostname\nhosts:\tdb [!SUCCESS=continue UNAVAIL=return]',
	],
	words: [
		'nameserver',
		'search',
		'domain',
		'options',
		'ndots:',
		'timeout:',
		'attempts:',
		'rotate',
		'edns0',
		'hosts:',
		'files',
		'dns',
		'[NOTFOUND=return]',
		'[',
		']',
		'=',
		'!',
		'127.0.0.1',
		'::1',
		'%eth0',
		'#',
		';',
		' ',
		'\t',
		'.',
	],
	check,
};
