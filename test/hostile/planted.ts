/** What is secret in the world of the secrets test, and must be found nowhere. */
export const planted = {
	user: 'robot',
	password: 'planted-password-1c7f',
	proxyUser: 'gate',
	proxyPassword: 'planted-proxy-88ab',
	token: 'planted.token-3e21-of-the-service',
	signature: 'planted-signature-5d90',
	realm: 'planted-realm-47c2',
	location: 'planted-location-b613',
	configured: 'planted-in-rubbish-0f5e',
	nodePassword: 'planted-on-node-92d4',
	provided: 'planted-by-provider-c05a',
	providerPrinted: 'planted-in-stderr-7e31',
	providerSetting: 'planted-in-setting-24bf',
} as const;

const secrets = Object.entries(planted).filter(([name]) => !/user$/i.test(name));

/** Every form in which a secret travels or could be told. */
function formsOf(secret: string): string[] {
	const pairs = [planted.user, planted.proxyUser].map((user) => `${user}:${secret}`);
	const encoded = [secret, ...pairs].flatMap((text) => {
		const bytes = Buffer.from(text);
		return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')];
	});
	return [secret, ...encoded];
}

/** The names of the secrets that a text gives away. */
export function givenAway(text: string): string[] {
	return secrets.filter(([, secret]) => formsOf(secret).some((form) => text.includes(form))).map(([name]) => name);
}
