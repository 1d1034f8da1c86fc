import { explainDocument } from '../../../src/explain/document.ts';
import { readMessage } from '../../../src/explain/readMessage.ts';
import { isReason } from '../../../src/reasons/reason.ts';
import { renderReading } from '../../../src/views/terminal/readingReport.ts';
import { scenarios } from '../../explain/recorded.ts';
import { must, mustPrint, mustPrintLines } from '../contract.ts';
import type { Target } from '../target.ts';

const style = { columns: 80, colour: false, unicode: true, verbose: true };

function check(input: Buffer): readonly string[] {
	const reading = readMessage(input.toString());
	const { reason, role, stage, host, image, said, open, outerOnly } = reading;
	must(reason === null || isReason(reason), 'a reason that is not in the list');
	must(open.every(isReason), 'an open reason that is not in the list');
	mustPrint(said, 300);
	mustPrint(host ?? '', 400);
	mustPrint(image ?? '', 1200);
	mustPrintLines(renderReading(reading, style), 20_000);
	mustPrint(JSON.stringify(explainDocument(reading)), 20_000);
	return [`${reason} ${role} ${stage}`, `${host !== undefined} ${image !== undefined} ${open.join()} ${outerOnly}`];
}

/** One text of each reason and runtime. */
const first = new Map(
	scenarios.flatMap(({ reason, texts }) =>
		texts.map(({ runtimes, text }) => [`${reason} ${runtimes[0]?.split(' ')[0]}`, text] as const),
	),
);

export const target: Target = {
	name: 'kubeletMessage',
	source: 'src/explain/readMessage.ts, layers.ts, message.ts, passages.ts, frames.ts, status.ts, request.ts, rules/',
	writer: 'a kubelet that repeats what a registry said',
	most: 64 * 1024,
	seeds: [...first.values()],
	words: [
		'rpc error: code = Unknown desc = ',
		'failed to pull and unpack image "',
		'failed to resolve reference "',
		'failed to do request: ',
		'Head "https://r.example/v2/a/manifests/1": ',
		'Get "',
		'dial tcp ',
		'lookup r.example on 10.0.0.10:53: ',
		'no such host',
		'i/o timeout',
		'connection refused',
		'x509: ',
		'tls: ',
		'remote error: ',
		'StatusCode: ',
		'401',
		'429 Too Many Requests',
		'unexpected status from GET request to ',
		': ',
		'"',
		'\\"',
		'(',
		')',
		'[',
		']',
		'docker://',
		'time="x" level=error msg="',
		'err="',
		'EOF',
		'not found',
		'pulling from host ',
		'; artifact err',
	],
	check,
};
