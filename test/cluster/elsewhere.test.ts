import { expect, test } from 'vitest';

import { isElsewhere } from '../../src/cluster/elsewhere.ts';

test.each([
	'localhost',
	'registry.localhost',
	'localhost.localdomain',
	'ip6-localhost',
	'printer.local',
	'metadata.google.internal',
	'127.0.0.1',
	'127.1.2.3',
	'0.0.0.0',
	'169.254.169.254',
	'168.63.129.16',
	'224.0.0.251',
	'::1',
	'::',
	'::ffff:127.0.0.1',
	'64:ff9b::a9fe:a9fe',
	'fe80::1',
	'ff02::fb',
	'fd00:ec2::254',
	'fd00:ec2::23',
	'FD20:CE:0:0::254',
	'2002:7f00:1::',
	'::127.0.0.1',
])('%s is never asked', (hostname) => {
	expect(isElsewhere(hostname)).toBe(false);
});

test.each([
	'ghcr.io',
	'registry.corp.local',
	'local',
	'localhost.corp.example',
	'10.0.0.1',
	'2001:db8::1',
	'fd00::1',
	'2002:c000:204::1',
])('%s may be asked', (hostname) => {
	expect(isElsewhere(hostname)).toBe(true);
});
