/** What is walked of a pull that succeeds, `role stage` each. */
export const walks = {
	/** The registry wants no token, and has the blobs itself. */
	plain: ['registry dns', 'registry tcp', 'registry tls', 'registry challenge', 'registry manifest', 'registry blob'],
	/** There is a token service, and another host has the blobs. */
	whole: [
		'registry dns',
		'registry tcp',
		'registry tls',
		'registry challenge',
		'token dns',
		'token tcp',
		'token tls',
		'token token',
		'registry manifest',
		'blob dns',
		'blob tcp',
		'blob tls',
		'blob blob',
	],
	/** The same through a proxy. */
	proxied: [
		'registry proxy',
		'registry tls',
		'registry challenge',
		'token proxy',
		'token tls',
		'token token',
		'registry manifest',
		'blob proxy',
		'blob tls',
		'blob blob',
	],
};
