import { printable, printableUrl } from '../../../src/registry/redact.ts';
import { redactText } from '../../../src/registry/redactText.ts';
import { must, mustPrint } from '../contract.ts';
import type { Target } from '../target.ts';

const secret = 'S3CRETvalue';
/** As runtimes print it: a blank before it, a quote or a blank behind it. */
const planted = [
	` https://user:${secret}@r.example/p?X-Sig=${secret}#${secret} `,
	` "https://cdn.example/b?a=1&X-Sig=${secret}" `,
	` \\"https://cdn.example/b?sig=${secret}\\" `,
];

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
	return [`${redacted === text} ${redacted.includes('REDACTED')} ${printableUrl(text) === '(unreadable URL)'}`];
}

export const target: Target = {
	name: 'redact',
	source: 'src/registry/redact.ts, redactText.ts',
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
