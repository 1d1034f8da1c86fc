import { decodingsOf } from '../../../src/probe/decodings.ts';
import { Secrets } from '../../../src/probe/secrets.ts';
import { printable, printableUrl } from '../../../src/registry/redact.ts';
import { redactText } from '../../../src/registry/redactText.ts';
import { Secret } from '../../../src/registry/secret.ts';
import { must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const secret = 'S3CRETvalue';
/** As runtimes print it: a blank before it, a quote or a blank behind it. */
const planted = [
	` https://user:${secret}@r.example/p?X-Sig=${secret}#${secret} `,
	` "https://cdn.example/b?a=1&X-Sig=${secret}" `,
	` \\"https://cdn.example/b?sig=${secret}\\" `,
];

const password = 'S3CRET<value>&"x"';
const spelled = [
	password,
	password.toUpperCase(),
	encodeURIComponent(password),
	encodeURIComponent(encodeURIComponent(password)),
	JSON.stringify(password).slice(1, -1),
	'S3CRET&lt;value&gt;&amp;&quot;x&quot;',
	String.raw`S3CRET\u003cvalue\u003e\u0026\"x\"`,
	Buffer.from(password).toString('hex'),
];
const secrets = new Secrets();
secrets.addLogin({ username: 'robot', password: new Secret(password) });

/** Longer ones than headers can be are cut before they are looked through. */
const longest = 16 * 1024;

/** What a server says of a password that it was shown, in the middle of anything. */
function concealed(whole: string): string {
	const text = whole.slice(0, longest);
	const middle = Math.floor(text.length / 2);
	for (const said of spelled) {
		const shown = secrets.conceal(text.slice(0, middle) + said + text.slice(middle));
		must(!shown.includes(said), `${said} is told`);
	}
	const decoded = decodingsOf(text);
	must(decoded.length <= 12, 'decoded too often');
	must(
		decoded.every(({ length }) => length <= 3 * text.length),
		'what is decoded grows',
	);
	return `${decoded.length} ${secrets.conceal(text) === text}`;
}

function check(input: Buffer): readonly string[] {
	const text = input.toString();
	for (const most of [0, 1, 60, 200]) {
		const shown = printable(text, most);
		mustPrint(shown, most);
		must(printable(shown, most) === shown, 'what was made printable changes once more');
	}
	mustPrint(printableUrl(text), 500);
	const middle = Math.floor(text.length / 2);
	for (const url of planted) {
		const whole = text.slice(0, middle) + url + text.slice(middle);
		must(!redactText(whole).includes(secret), `${url} is shown`);
	}
	const redacted = redactText(text);
	must(redacted.length <= 12 * text.length + 600, 'the text grows');
	return [
		concealed(text),
		`${redacted === text} ${redacted.includes('REDACTED')} ${printableUrl(text) === '(unreadable URL)'}`,
	];
}

export const target: Target = {
	name: 'redact',
	source: 'src/registry/redact.ts, redactText.ts; src/probe/secrets.ts, concealed.ts, decodings.ts',
	writer: 'anybody',
	seeds: [
		'failed to do request: Get "https://r.example/v2/?a=b&sig=x": EOF',
		'\u001b]8;;https://a\u0007x\u001b]8;;\u0007 \u001b[1;31mred\u009b0m \u202e\ud800',
		'https://u:p@h:1/p/very?ns=docker.io&scope=a&x#y).',
		'Location: /a?x=y%253Fsig%3D1 \\u0026 ?xml ?>',
	],
	words: [
		'https://',
		'?',
		'&',
		'#',
		'@',
		'\\u0026',
		'&lt;',
		'&#60;',
		'xn--',
		'\\',
		'S3CRET',
		'REDACTED',
		'=',
		'%3f',
		'%253F',
		'\u001b[',
		'\u001b]',
		'\u0007',
		'\u009b',
		'"',
		'\\"',
		'REDACTED',
		'ns=',
		'scope=',
		'\u2026',
		'<',
		'>',
	],
	check,
};
