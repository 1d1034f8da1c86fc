/** Addresses that no answer of a registry may make the agent send anything to, as they can stand in a URL or in DNS. */
export const forbidden: Readonly<Record<string, string>> = {
	'IPv4 link-local': '169.254.169.254',
	'IPv4 as one number': '2852039166',
	'IPv4 in hexadecimal': '0xa9fea9fe',
	'IPv4 in octal': '0251.0376.0251.0376',
	'IPv4 in three parts': '169.254.43518',
	'IPv4 in other digits': '%EF%BC%91%EF%BC%96%EF%BC%99.254.169.254',
	'IPv4 mapped into IPv6': '[::ffff:169.254.169.254]',
	'IPv4 mapped, in hexadecimal': '[::ffff:a9fe:a9fe]',
	'IPv4 behind NAT64': '[64:ff9b::a9fe:a9fe]',
	'IPv6 link-local': '[fe80::1]',
	'IPv6 link-local, the end of its range': '[febf::1]',
	'metadata of AWS over IPv6': '[fd00:ec2::254]',
	'metadata of Alibaba': '100.100.100.200',
	'metadata of Azure': '168.63.129.16',
	'metadata of Oracle': '192.0.0.192',
	'a name at a link-local address': 'v4.metadata.test',
	'a name at a link-local address, rooted': 'v4.metadata.test.',
	'a name at an IPv6 metadata address': 'v6.metadata.test',
	'a name at a good and a link-local address': 'both.metadata.test',
	'an alias of a name at a link-local address': 'alias.metadata.test',
	'loopback, where the registry is not': '127.0.0.1',
	'loopback in hexadecimal': '0x7f.1',
	'loopback by name': 'localhost',
	'IPv6 loopback': '[::1]',
	'unspecified, which is loopback': '0.0.0.0',
	'IPv6 unspecified': '[::]',
	'a name at loopback': 'loopback.metadata.test',
};

/** What the name server says about the names above. */
export const forbiddenNames = {
	'v4.metadata.test': { A: ['169.254.169.254'] },
	'v6.metadata.test': { AAAA: ['fd00:ec2::254'] },
	'both.metadata.test': { A: ['192.0.2.1', '169.254.169.254'] },
	'alias.metadata.test': { CNAME: 'v4.metadata.test' },
	'loopback.metadata.test': { A: ['127.0.0.1'] },
} as const;

/** Who names the host → what an attempt on the registry is to say. */
export const namers = {
	realm: 'registry challenge auth_challenge_unsupported',
	manifest: 'registry manifest redirect_refused',
	blob: 'registry blob redirect_refused',
	token: 'token token redirect_refused',
} as const;

export type Namer = keyof typeof namers;
